import path from 'node:path';
import { build } from 'esbuild';

const browser = path.join(__dirname, '..', 'browser');

/** Bundles the browser side of the preview: the runtime, the frame, and the barcode decoder that loads on first use. */
export async function buildRuntime(outDir: string): Promise<void> {
  await build({
    entryPoints: {
      runtime: path.join(browser, 'main.ts'),
      frame: path.join(browser, 'frame', 'main.ts'),
    },
    bundle: true,
    format: 'iife',
    target: 'es2022',
    outdir: outDir,
    minifySyntax: true,
    sourcemap: 'linked',
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
  });
  await build({
    entryPoints: { 'barcode-decoder': path.join(browser, 'barcode-decoder.ts') },
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    outdir: outDir,
    minify: true,
    logLevel: 'silent',
  });
}
