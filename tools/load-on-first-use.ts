import type { Plugin } from 'esbuild';
import { readFile } from 'node:fs/promises';

/** What the SDKs of the cloud are made of, as TypeScript has compiled it. */
const OF_THE_SDKS = /[\\/]node_modules[\\/]@cloudbase[\\/][^\\/]+[\\/].*\.js$/;

/** An import as TypeScript writes it in CommonJS: `const x_1 = __importDefault(require("x"));`. */
const IMPORT = /^(?:const|var) (\w+_\d+) = ((?:__import(?:Default|Star)\()?require\("[^"]+"\)\)?);$/gm;

/**
 * The SDKs load at start what a function never calls: models, AI, containers, tokens, XML. Here each of their modules
 * waits until it is first needed, as with the "inline requires" of other bundlers, which spares half of a cold start
 * (bench/function-start.ts). What runs is the same code; only when it is read is another.
 */
export const sdksLoadOnFirstUse: Plugin = {
  name: 'sdks-load-on-first-use',
  setup(build) {
    let [seen, deferred] = [0, 0];
    build.onStart(() => {
      [seen, deferred] = [0, 0];
    });
    build.onLoad({ filter: OF_THE_SDKS }, async ({ path }) => {
      const module = loadOnFirstUse(await readFile(path, 'utf8'));
      seen++;
      deferred += module.deferred;
      return { contents: module.code, loader: 'js' };
    });
    build.onEnd(() =>
      seen > 0 && deferred === 0
        ? {
            errors: [
              {
                text: `${seen} modules of the SDKs, and no import as TypeScript writes it: see ${__filename}`,
              },
            ],
          }
        : {},
    );
  },
};

/** Makes the imports of a module that TypeScript has compiled to CommonJS wait for their first use. */
export function loadOnFirstUse(code: string): { code: string; deferred: number } {
  const names: string[] = [];
  const declared = code.replace(IMPORT, (_, name: string, load: string) => {
    names.push(name);
    return `let ${name}$loaded; const ${name}$load = () => (${name}$loaded ??= ${load});`;
  });
  if (names.length === 0) return { code, deferred: 0 };
  // TypeScript names an import whenever it uses it, so that a use is the name and nothing else.
  const use = new RegExp(`(?<![\\w$.])(?:${names.join('|')})(?![\\w$])`, 'g');
  // In brackets, for what comes before: `new x_1.Y()`.
  return { code: declared.replace(use, (name) => `(${name}$load())`), deferred: names.length };
}
