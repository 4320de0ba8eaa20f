import fs from 'node:fs';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { startPreview } from '../../local/preview';

export interface ServedFixture {
  url: string;
  /** The copy of the fixture that is served; tests may edit it. */
  root: string;
  logged: string[];
  /** What /call was asked, with the body as text. */
  calls: string[];
  /** What was uploaded. */
  uploads: { query: Record<string, string>; bytes: Buffer }[];
  close(): Promise<void>;
}

/** The fixture app, copied to a folder of its own, behind the preview and a small `/call` and `/upload`. */
export async function serveFixture(options: { watch?: boolean } = {}): Promise<ServedFixture> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'shutong-preview-'));
  const root = path.join(folder, 'miniprogram');
  fs.cpSync(path.join(__dirname, 'fixture-app'), root, { recursive: true });
  const logged: string[] = [];
  const calls: string[] = [];
  const uploads: ServedFixture['uploads'] = [];
  const preview = await startPreview({
    miniprogramRoot: root,
    outDir: path.join(folder, 'out'),
    watch: options.watch ?? false,
    log: (line) => logged.push(line),
  });
  const server = http.createServer((req, res) => {
    preview.handle(req, res).then(
      (mine) => {
        if (!mine) answerCall(req, res, calls, uploads);
      },
      (error: unknown) => {
        logged.push(String(error));
        res.writeHead(500).end();
      },
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    root,
    logged,
    calls,
    uploads,
    async close() {
      await preview.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

function answerCall(
  req: IncomingMessage,
  res: ServerResponse,
  calls: string[],
  uploads: ServedFixture['uploads'],
): void {
  const chunks: Buffer[] = [];
  req.on('data', (chunk: Buffer) => chunks.push(chunk));
  req.on('end', () => {
    const text = Buffer.concat(chunks).toString();
    const { pathname, searchParams } = new URL(req.url ?? '', 'http://local');
    if (pathname === '/upload') {
      uploads.push({ query: Object.fromEntries(searchParams), bytes: Buffer.concat(chunks) });
      res.end(JSON.stringify({ fileID: `cloud://local/${searchParams.get('path') ?? ''}` }));
      return;
    }
    if (req.url !== '/call') {
      res.writeHead(404).end();
      return;
    }
    calls.push(text);
    const broken = (JSON.parse(text) as { function: string }).function === 'broken';
    res.writeHead(broken ? 500 : 200, { 'content-type': 'application/json' });
    res.end(
      JSON.stringify(broken ? { errCode: -504002, errMsg: 'functions execute fail' } : { ok: true, data: 7 }),
    );
  });
}
