import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { deferModels } from '../../tools/defer-models';
import { keepApart } from '../../tools/keep-apart';
import { sdksLoadOnFirstUse } from '../../tools/load-on-first-use';
import { ROOT, writeTree } from './support';

let root: string;
beforeAll(async () => {
  root = writeTree({});
  await build({
    ...{ bundle: true, platform: 'node', format: 'cjs', logLevel: 'silent' },
    stdin: { contents: "export { init } from '@cloudbase/node-sdk';", resolveDir: ROOT },
    outfile: path.join(root, 'index.js'),
    plugins: [sdksLoadOnFirstUse, deferModels, keepApart],
  });
});
afterAll(() => fs.rmSync(root, { recursive: true, force: true }));

/** Runs a script with the SDK that was initialised, far from any packages, and tells what it prints. */
function run(script: string): unknown {
  const begin = `
    const app = require('./index.js').init({ env: 'e', secretId: 'a', secretKey: 'b' });
    const isRead = () => Object.keys(require.cache).some((file) => file.includes('wx-cloud-client-sdk'));`;
  const output = execFileSync(process.execPath, ['-e', `${begin}\nconsole.log(JSON.stringify(${script}))`], {
    cwd: root,
    encoding: 'utf8',
  });
  return JSON.parse(output);
}

describe('the client of data models', () => {
  it('is not made by initialising the SDK, nor by asking the database', () => {
    expect(run(`[isRead(), typeof app.database().collection('books').doc, isRead()]`)).toEqual([
      false,
      'function',
      false,
    ]);
  });

  it('is made when it is first used, and is the one that the SDK made', () => {
    const used = `[typeof app.models.$runSQL, isRead(), typeof app.models.books.get]`;
    expect(run(used)).toEqual(['function', true, 'function']);
  });

  it('leaves the client of SQL as it was', () => {
    expect(run(`[typeof app.rdb().from, isRead()]`)).toEqual(['function', true]);
  });
});
