import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startShutong } from '../../support/start-shutong';

export interface Product {
  url: string;
  /** One of the `/local/…` switches, or `/call`. */
  post(path: string, body: object): Promise<unknown>;
  stop(): Promise<void>;
}

/** Starts the product as `npm start` does, on a free port and with data of its own. */
export async function startProduct(options: string[] = []): Promise<Product> {
  const dataDir = await fs.mkdtemp(path.join(os.tmpdir(), 'shutong-e2e-'));
  const { url, process: server, ended } = await startShutong(['--data-dir', dataDir, ...options]);
  return {
    url,
    async post(where, body) {
      const response = await fetch(url + where, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${where} answered ${response.status}: ${text}`);
      return JSON.parse(text) as unknown;
    },
    async stop() {
      server.kill('SIGTERM');
      await ended;
      await fs.rm(dataDir, { recursive: true, force: true });
    },
  };
}
