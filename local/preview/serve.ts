import http from 'node:http';
import path from 'node:path';
import { startPreview } from './index';

/**
 * The preview without a cloud, for work on looks: `npx tsx local/preview/serve.ts [folder of the mini program] [port]`.
 * Calls of cloud functions fail as on a phone whose cloud does not answer.
 */
async function main(): Promise<void> {
  const [root = 'miniprogram', port = '8090'] = process.argv.slice(2);
  const log = (line: string): void => {
    process.stdout.write(`${line}\n`);
  };
  const outDir = path.join('.cache', 'preview');
  const preview = await startPreview({ miniprogramRoot: root, outDir, watch: true, log });
  const server = http.createServer((req, res) => {
    preview.handle(req, res).then(
      (mine) => {
        if (mine) return;
        res.writeHead(503, { 'content-type': 'application/json' });
        res.end(JSON.stringify({ errCode: -504002, errMsg: 'no cloud: use npm start' }));
      },
      (error: unknown) => {
        log(String(error));
        res.writeHead(500).end();
      },
    );
  });
  server.listen(Number(port), '127.0.0.1', () => {
    log(`preview at http://127.0.0.1:${port}`);
  });
  process.once('SIGTERM', () => {
    void preview.close().then(() => server.close());
  });
}

void main();
