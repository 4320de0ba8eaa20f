import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';

export interface Product {
  url: string;
  /** All that it has printed. */
  output(): string;
  /** One of the `/local/…` switches, or `/call`. */
  post(path: string, body: object): Promise<unknown>;
  stop(): Promise<void>;
}

const repository = path.join(__dirname, '..', '..', '..');
const READY = /Shutong is ready at (http:\/\/127\.0\.0\.1:\d+)/;
/** Building functions, catalogue and preview on a busy machine. */
const READY_WITHIN_MS = 90_000;

/** Starts the product as `npm start` does, on a free port and with data of its own. */
export async function startProduct(options: string[] = []): Promise<Product> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'shutong-e2e-'));
  const port = await freePort();
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'local/start.ts', '--port', String(port), '--data-dir', dataDir, ...options],
    { cwd: repository, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const url = await new Promise<string>((resolve, reject) => {
    const fail = (why: string): void => {
      child.kill('SIGKILL');
      reject(new Error(`the product did not start (${why}):\n${output}`));
    };
    const timer = setTimeout(fail, READY_WITHIN_MS, `not ready after ${READY_WITHIN_MS} ms`);
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const ready = READY.exec(output)?.[1];
      if (!ready) return;
      clearTimeout(timer);
      resolve(ready);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    void exited.then((code) => {
      clearTimeout(timer);
      fail(`exit code ${code}`);
    });
  });
  return {
    url,
    output: () => output,
    async post(where, body) {
      const response = await fetch(url + where, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${where} answered ${response.status}: ${text}`);
      return text === '' ? undefined : (JSON.parse(text) as unknown);
    },
    async stop() {
      child.kill('SIGTERM');
      await exited;
      fs.rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
