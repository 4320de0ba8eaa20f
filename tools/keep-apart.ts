import { build, type BuildOptions, type Plugin } from 'esbuild';
import fs from 'node:fs/promises';
import path from 'node:path';
import { keepAscii } from './keep-ascii';

/** What is large and seldom needed, and imports nothing that the rest of a function imports too. */
const PACKAGES =
  /^(?:pinyin-pro|opencc-js\/.+|axios|jsonwebtoken|web-streams-polyfill|xml2js|@cloudbase\/wx-cloud-client-sdk)$/;
/** The same, but these share modules with each other: one file for both. */
const TOGETHER = { file: 'cloudbase-ai.js', names: ['@cloudbase/ai', '@cloudbase/app'] };
const CONTENT = /[\\/]content[\\/]faq[\\/][^\\/]+\.json$/;
/** Beside `index.js`. */
const FOLDER = './apart/';
/** Of what is being resolved here, so that it is not asked for again. */
const ASKED = { asked: true };

/** What a file apart is made of: another file, or a text whose imports are found from a folder. */
type Source = string | { contents: string; resolveDir: string };

/**
 * Keeps such packages and content out of `index.js`: files of their own beside it, which the function reads when it
 * first imports them. An instance that is never asked a question does not pay for the answers (ADR 19).
 */
export const keepApart: Plugin = {
  name: 'keep-apart',
  setup(pass) {
    /** By the name of the file that is made of it. */
    const sources = new Map<string, Source>();
    const apart = (file: string, source: Source) => {
      const known = sources.get(file) ?? source;
      if (JSON.stringify(known) !== JSON.stringify(source))
        return { errors: [{ text: `${file} would be both ${nameOf(known)} and ${nameOf(source)}` }] };
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
    pass.onResolve(
      { filter: new RegExp(`^(?:${TOGETHER.names.join('|')})$`) },
      ({ path: name, resolveDir }) => ({
        path: name,
        namespace: 'together',
        pluginData: { resolveDir },
      }),
    );
    pass.onLoad({ filter: /.*/, namespace: 'together' }, ({ path: name, pluginData }) => ({
      contents: `module.exports = require(${JSON.stringify(TOGETHER.file)})[${JSON.stringify(name)}]();`,
      pluginData: pluginData as unknown,
      resolveDir: (pluginData as { resolveDir: string }).resolveDir,
    }));
    pass.onResolve({ filter: /.*/, namespace: 'together' }, ({ path: file, resolveDir }) => {
      const lines = TOGETHER.names
        .map((name) => JSON.stringify(name))
        .map((name) => `exports[${name}] = () => require(${name});`);
      return apart(file, { contents: lines.join('\n'), resolveDir });
    });
    pass.onResolve({ filter: /\.json$/ }, ({ path: name, resolveDir }) => {
      const file = path.join(resolveDir, name);
      return CONTENT.test(file) ? apart(path.basename(file), file) : undefined;
    });
    pass.onEnd(async ({ metafile }) => {
      /** By name: where a function has it already. */
      const made = new Map<string, string>();
      for (const [output, { imports }] of Object.entries(metafile?.outputs ?? {})) {
        const files = imports.map(({ path: file }) => file).filter((file) => file.startsWith(FOLDER));
        for (const file of new Set(files)) {
          const target = path.join(path.dirname(output), file);
          const same = made.get(file);
          await fs.mkdir(path.dirname(target), { recursive: true });
          if (same) await fs.copyFile(same, target);
          else await write(sources.get(path.basename(file))!, target, pass.initialOptions);
          made.set(file, target);
        }
      }
    });
  },
};

const nameOf = (source: Source): string => (typeof source === 'string' ? source : source.resolveDir);

async function write(source: Source, target: string, options: BuildOptions): Promise<void> {
  if (typeof source === 'string' && source.endsWith('.json')) return fs.copyFile(source, target);
  const { outdir: _outdir, entryPoints: _entryPoints, stdin: _stdin, ...same } = options;
  const input = typeof source === 'string' ? { entryPoints: [source] } : { stdin: source };
  await build({ ...same, ...input, outfile: target, plugins: [keepAscii] });
}
