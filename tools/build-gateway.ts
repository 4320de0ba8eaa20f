import { build } from 'esbuild';
import path from 'node:path';
import { BUNDLE } from './build-functions';

const ROOT = path.resolve(__dirname, '..');

/**
 * Writes the gateway as one self-contained file that a library's server runs
 * with nothing but Node.js: `node main.cjs --config gateway.json`.
 * @returns where it lies
 */
export async function buildGateway({
  outfile = path.join(ROOT, 'dist/gateway/main.cjs'),
} = {}): Promise<string> {
  // A library's own machine runs a Node.js that is still looked after, not that of WeChat's cloud.
  await build({ entryPoints: [path.join(ROOT, 'gateway/main.ts')], outfile, ...BUNDLE, target: 'node20' });
  return outfile;
}

if (require.main === module) {
  buildGateway().then(
    (file) => process.stdout.write(`built the gateway: ${path.relative(ROOT, file)}\n`),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 1;
    },
  );
}
