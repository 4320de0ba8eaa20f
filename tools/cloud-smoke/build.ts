import { build } from 'esbuild';
import fs from 'node:fs/promises';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');

/** Bundles the function `smoke`. Not below dist/cloudfunctions: it is deployed by hand and taken away again. */
export async function buildSmoke({ outDir = path.join(ROOT, 'dist/cloud-smoke') } = {}): Promise<string> {
  const folder = path.join(outDir, 'smoke');
  await build({
    entryPoints: [path.join(__dirname, 'smoke/index.ts')],
    outfile: path.join(folder, 'index.js'),
    bundle: true,
    platform: 'node',
    target: 'node18',
    format: 'cjs',
    logLevel: 'warning',
  });
  await fs.copyFile(path.join(__dirname, 'smoke/config.json'), path.join(folder, 'config.json'));
  const manifest = { name: 'smoke', version: '1.0.0', private: true, main: 'index.js', dependencies: {} };
  await fs.writeFile(path.join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return folder;
}

if (require.main === module) {
  buildSmoke().then(
    (folder) => process.stdout.write(`built ${folder}\n`),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 1;
    },
  );
}
