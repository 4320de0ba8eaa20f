import { build, type Plugin } from 'esbuild';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { makeOnce } from '../../tools/build-once';

/** Each file goes on to look beside itself, although it now lies within another one. */
const keepFolders: Plugin = {
  name: 'keep-folders',
  setup({ initialOptions, onLoad }) {
    const entry = (initialOptions.entryPoints as string[])[0];
    onLoad({ filter: /\.ts$/, namespace: 'file' }, ({ path: file }) => {
      let source = fs.readFileSync(file, 'utf8');
      if (file !== entry) source = source.replace('require.main === module', 'false');
      if (file !== entry && source.includes('require.main'))
        throw new Error(`${file} would take itself for the program`);
      const folder = JSON.stringify(path.dirname(file));
      const contents = source.includes('__dirname') ? `const __dirname = ${folder};${source}` : source;
      return { contents, loader: 'ts' };
    });
  },
};

/**
 * Makes of a TypeScript file one script that plain Node.js runs at once; tests that start a program more than once
 * need not compile it each time.
 * @param file absolute
 * @returns where the script lies
 */
export async function bundleProgram(file: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [file],
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    packages: 'external',
    plugins: [keepFolders],
    logLevel: 'warning',
  });
  const [{ contents } = { contents: undefined }] = outputFiles;
  if (contents === undefined) throw new Error(`nothing was made of ${file}`);
  const hash = createHash('sha256').update(contents).digest('hex').slice(0, 24);
  const folder = await makeOnce(`program-${hash}`, (outDir) =>
    fs.promises.writeFile(path.join(outDir, 'main.cjs'), contents),
  );
  return path.join(folder, 'main.cjs');
}
