import net from 'node:net';
import { randomInt } from 'node:crypto';

/** Systems hand out ports from here on to whoever asks for any. */
const HANDED_OUT_FROM = 32_768;

/** A port that nobody has, and that stays free while the server that is given it is started anew. */
export async function findLastingPort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, HANDED_OUT_FROM);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
