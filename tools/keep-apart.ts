import { build, type BuildOptions, type Plugin } from 'esbuild';
import fs from 'node:fs/promises';
import path from 'node:path';

/** What is large and seldom needed, and imports nothing of what a function is made of. */
const PACKAGES = /^(?:pinyin-pro|opencc-js\/.+)$/;
const CONTENT = /[\\/]content[\\/]faq[\\/][^\\/]+\.json$/;
/** Beside `index.js`. */
const FOLDER = './apart/';

/**
 * Keeps such packages and content out of `index.js`: files of their own beside it, which the function reads when it
 * first imports them. An instance that is never asked a question does not pay for the answers (ADR 19).
 */
export const keepApart: Plugin = {
  name: 'keep-apart',
  setup(pass) {
    /** By the name of the file that is made of it: a package or a file of content. */
    const sources = new Map<string, string>();
    const apart = (file: string, source: string) => {
      sources.set(file, source);
      return { path: `${FOLDER}${file}`, external: true };
    };
    pass.initialOptions.metafile = true;
    pass.onResolve({ filter: PACKAGES }, ({ path: name }) => apart(`${name.replaceAll('/', '-')}.js`, name));
    pass.onResolve({ filter: /\.json$/ }, ({ path: name, resolveDir }) => {
      const file = path.join(resolveDir, name);
      return CONTENT.test(file) ? apart(path.basename(file), file) : undefined;
    });
    pass.onEnd(async ({ metafile }) => {
      for (const [output, { imports }] of Object.entries(metafile?.outputs ?? {})) {
        const files = imports.map(({ path: file }) => file).filter((file) => file.startsWith(FOLDER));
        for (const file of new Set(files)) {
          const target = path.join(path.dirname(output), file);
          await write(sources.get(path.basename(file))!, target, pass.initialOptions);
        }
      }
    });
  },
};

async function write(source: string, target: string, options: BuildOptions): Promise<void> {
  await fs.mkdir(path.dirname(target), { recursive: true });
  if (path.isAbsolute(source)) return fs.copyFile(source, target);
  const { outdir: _outdir, plugins: _plugins, ...same } = options;
  await build({ ...same, entryPoints: [source], outfile: target, metafile: false });
}
