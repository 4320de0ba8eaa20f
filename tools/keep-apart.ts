import { build, type BuildOptions, type Plugin } from 'esbuild';
import fs from 'node:fs/promises';
import path from 'node:path';

/** What is large and seldom needed, and imports nothing that the rest of a function imports too. */
const PACKAGES =
  /^(?:pinyin-pro|opencc-js\/.+|axios|jsonwebtoken|web-streams-polyfill|xml2js|@cloudbase\/(?:wx-cloud-client-sdk|ai|app))$/;
const CONTENT = /[\\/]content[\\/]faq[\\/][^\\/]+\.json$/;
/** Beside `index.js`. */
const FOLDER = './apart/';
/** Of what is being resolved here, so that it is not asked for again. */
const ASKED = { asked: true };

/**
 * Keeps such packages and content out of `index.js`: files of their own beside it, which the function reads when it
 * first imports them. An instance that is never asked a question does not pay for the answers (ADR 19).
 */
export const keepApart: Plugin = {
  name: 'keep-apart',
  setup(pass) {
    /** By the name of the file that is made of it. */
    const sources = new Map<string, string>();
    const apart = (file: string, source: string) => {
      const known = sources.get(file) ?? source;
      if (known !== source) return { errors: [{ text: `${file} would be both ${known} and ${source}` }] };
      sources.set(file, source);
      return { path: `${FOLDER}${file}`, external: true };
    };
    pass.initialOptions.metafile = true;
    pass.onResolve({ filter: PACKAGES }, async ({ path: name, pluginData, ...from }) => {
      if (pluginData === ASKED) return undefined;
      const { importer, resolveDir, kind } = from;
      // as its importer would find it: there may be several versions
      const { path: source, errors } = await pass.resolve(name, {
        importer,
        resolveDir,
        kind,
        pluginData: ASKED,
      });
      return errors.length > 0 ? { errors } : apart(`${name.replaceAll('/', '-')}.js`, source);
    });
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
  if (source.endsWith('.json')) return fs.copyFile(source, target);
  const { outdir: _outdir, plugins: _plugins, ...same } = options;
  await build({ ...same, entryPoints: [source], outfile: target, metafile: false });
}
