import { buildSync } from 'esbuild';
import path from 'node:path';

let code: string | undefined;

/** The worker's code as one script: workers run plain Node, without the TypeScript loader of this process. */
export function buildWorker(): string {
  code ??= buildSync({
    entryPoints: [path.join(__dirname, 'worker-entry.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node18',
    format: 'cjs',
  }).outputFiles[0]?.text;
  if (code === undefined) throw new Error('esbuild wrote no worker');
  return code;
}
