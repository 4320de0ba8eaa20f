/**
 * The SIP2 server of the tests as a program, for trying out `library:check` or
 * the app: tsx test/support/sip2-server/main.ts --port 6001 [--charset gbk]
 * [--login user:password] [--max-connections 8] [--delay-ms 12] [--crowd 1000]
 */
import { parseArgs } from 'node:util';
import { startSip2Server } from '.';
import type { ServerOptions } from '.';
import { BARCODES, CARDS } from './seed';

const CHARSETS = ['utf-8', 'gbk', 'gb18030'] as const;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '6001' },
      charset: { type: 'string', default: 'utf-8' },
      login: { type: 'string' },
      'max-connections': { type: 'string' },
      'delay-ms': { type: 'string', default: '0' },
      crowd: { type: 'string', default: '0' },
    },
  });
  const charset = CHARSETS.find((one) => one === values.charset);
  if (!charset) throw new Error(`--charset ${values.charset}: one of ${CHARSETS.join(', ')}`);
  const [user, password] = values.login?.split(':') ?? [];
  const options: ServerOptions = {
    port: Number(values.port),
    charset,
    delayMs: Number(values['delay-ms']),
    crowd: Number(values.crowd),
    ...(user !== undefined && password !== undefined && { login: { user, password } }),
    ...(values['max-connections'] !== undefined && { maxConnections: Number(values['max-connections']) }),
  };
  const server = await startSip2Server(options);
  process.stdout.write(
    `SIP2 server at 127.0.0.1:${server.port}, institution TEST, ${charset}\n` +
      `readers: ${Object.entries(CARDS)
        .map(([name, { cardNumber, pin }]) => `${name} ${cardNumber}/${pin}`)
        .join(', ')}\n` +
      `copies: ${BARCODES.renewable.join(', ')} (lent), ${BARCODES.onShelf} (on the shelf)\n`,
  );
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close());
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
