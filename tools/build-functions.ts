import { build, type BuildOptions } from 'esbuild';
import fs from 'node:fs/promises';
import path from 'node:path';
import { buildOnce } from './build-once';
import { deferModels } from './defer-models';
import { keepApart } from './keep-apart';
import { keepAscii } from './keep-ascii';
import { sdksLoadOnFirstUse } from './load-on-first-use';

const ROOT = path.resolve(__dirname, '..');
const SOURCE = path.join(ROOT, 'cloudfunctions');

/** What makes the bundles, from the root of the repository. */
const FUNCTION_BUNDLERS = [
  'tools/build-functions.ts',
  'tools/defer-models.ts',
  'tools/keep-apart.ts',
  'tools/keep-ascii.ts',
  'tools/load-on-first-use.ts',
];

/** What the bundles of the functions are made of, beside packages: folders, from the root of the repository. */
export const FUNCTION_SOURCES = [
  'cloudfunctions',
  'content/faq',
  'contracts',
  'library-systems',
  'miniprogram/lib',
];

/** How a function is bundled for the cloud's Node.js 18. */
export const BUNDLE = {
  bundle: true,
  platform: 'node',
  target: 'node18',
  format: 'cjs',
  // Identifiers stay, so that a stack trace in the cloud's log names our functions.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  plugins: [sdksLoadOnFirstUse, keepAscii],
  logLevel: 'warning',
} satisfies BuildOptions;

/**
 * Writes one self-contained CommonJS folder a function, exactly what is
 * uploaded: `index.js`, what it reads on first use in `apart/`, `config.json`, `package.json`. Whatever has an
 * `index.ts` and a `config.json` below cloudfunctions/ is a function.
 * @returns the names of the functions
 */
export async function buildFunctions({ outDir = path.join(ROOT, 'dist/cloudfunctions') } = {}): Promise<
  string[]
> {
  const names = await functionNames();
  // what an old build kept apart must not be deployed either
  await Promise.all(names.map((name) => fs.rm(path.join(outDir, name), { recursive: true, force: true })));
  // In one build, which reads what they share once.
  await build({
    entryPoints: names.map((name) => ({ in: path.join(SOURCE, name, 'index.ts'), out: `${name}/index` })),
    outdir: outDir,
    ...BUNDLE,
    plugins: [...BUNDLE.plugins, deferModels, keepApart],
  });
  await Promise.all(names.map((name) => describeFunction(name, path.join(outDir, name))));
  await removeOthers(outDir, names);
  return names;
}

/**
 * The same, made only where nothing was made of these sources yet.
 * @returns the folder; others read it, too, and it may be removed after a day
 */
export const builtFunctions = (): Promise<string> =>
  buildOnce('functions', [...FUNCTION_SOURCES, ...FUNCTION_BUNDLERS], (outDir) => buildFunctions({ outDir }));

async function functionNames(): Promise<string[]> {
  const entries = await fs.readdir(SOURCE, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const isFunction = await Promise.all(
    folders.map(async (name) => {
      const files = await fs.readdir(path.join(SOURCE, name));
      return files.includes('index.ts') && files.includes('config.json');
    }),
  );
  return folders.filter((_, index) => isFunction[index]).sort();
}

async function describeFunction(name: string, outDir: string): Promise<void> {
  await fs.copyFile(path.join(SOURCE, name, 'config.json'), path.join(outDir, 'config.json'));
  const manifest = { name, version: '1.0.0', private: true, main: 'index.js', dependencies: {} };
  await fs.writeFile(path.join(outDir, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** A function that was renamed or removed must not be deployed by an old build. */
async function removeOthers(outDir: string, names: readonly string[]): Promise<void> {
  for (const entry of await fs.readdir(outDir)) {
    if (!names.includes(entry)) await fs.rm(path.join(outDir, entry), { recursive: true });
  }
}

if (require.main === module) {
  buildFunctions().then(
    (names) => process.stdout.write(`built functions: ${names.join(', ')}\n`),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 1;
    },
  );
}
