import { afterEach, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { keepApart } from '../../tools/keep-apart';
import { writeTree } from './support';

const created: string[] = [];
afterEach(() => {
  for (const tree of created.splice(0)) fs.rmSync(tree, { recursive: true, force: true });
});

/** Bundles `one/index.js` of a folder as a function. @returns its folder */
async function bundle(files: Record<string, string>): Promise<string> {
  const root = writeTree(files);
  created.push(root);
  await build({
    ...{ bundle: true, platform: 'node', format: 'cjs', logLevel: 'silent', plugins: [keepApart] },
    entryPoints: [{ in: path.join(root, 'index.ts'), out: 'one/index' }],
    outdir: path.join(root, 'out'),
  });
  fs.rmSync(path.join(root, 'node_modules'), { recursive: true, force: true });
  return path.join(root, 'out/one');
}

interface Loaded {
  later: () => Promise<unknown>;
  seen: () => string[];
}
const load = (folder: string): Loaded => createRequire(__filename)(path.join(folder, 'index.js')) as Loaded;

describe('what is kept apart', () => {
  it('is read when it is first imported, far from where it came from, as its importer would have found it', async () => {
    const folder = await bundle({
      'index.ts': `import { readdirSync } from 'node:fs';
        export const seen = () => readdirSync(__dirname + '/apart').sort();
        export const later = async () => [(await import('sdk')).default(), (await import('./content/faq/a.json')).default];`,
      'content/faq/a.json': '["词"]',
      'node_modules/sdk/index.js': `module.exports = () => require('axios').version`,
      'node_modules/sdk/node_modules/axios/index.js': `exports.version = 'old'`,
      'node_modules/axios/index.js': `exports.version = 'new'`,
    });
    const { later, seen } = load(folder);
    expect(seen()).toEqual(['a.json', 'axios.js']);
    expect(fs.readFileSync(path.join(folder, 'index.js'), 'utf8')).not.toMatch(/词|'old'|"old"/);
    expect(await later()).toEqual(['old', ['词']]);
  });

  it('is never one of two versions', async () => {
    const failed = bundle({
      'index.ts': `import 'sdk'; import 'axios';`,
      'node_modules/sdk/index.js': `require('axios')`,
      'node_modules/sdk/node_modules/axios/index.js': '',
      'node_modules/axios/index.js': '',
    });
    await expect(failed).rejects.toThrow(/axios\.js would be both .*node_modules/);
  });

  it('is one file for what shares modules, and reads only what is imported of it', async () => {
    const folder = await bundle({
      'index.ts': `import { readdirSync } from 'node:fs';
        export const seen = () => readdirSync(__dirname + '/apart').sort();
        export const later = async () => [(await import('@cloudbase/app')).set(7), (await import('@cloudbase/ai')).get()];`,
      'node_modules/@cloudbase/ai/index.js': `exports.get = () => require('shared').value`,
      'node_modules/@cloudbase/app/index.js': `exports.set = (value) => void (require('shared').value = value)`,
      'node_modules/shared/index.js': '',
    });
    const { later, seen } = load(folder);
    expect(seen()).toEqual(['cloudbase-ai.js']);
    expect(await later()).toEqual([undefined, 7]);
  });

  it('leaves everything else in its place', async () => {
    const folder = await bundle({
      'index.ts': `import other from 'other'; import data from './data.json'; export const later = async () => [other, data];`,
      'data.json': '1',
      'node_modules/other/index.js': `module.exports = 2`,
    });
    expect(fs.readdirSync(folder)).toEqual(['index.js']);
    expect(await load(folder).later()).toEqual([2, 1]);
  });
});
