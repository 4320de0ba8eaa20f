import fs from 'node:fs';
import path from 'node:path';
import { bundleProgram } from '../support/bundle-program';
import { ROOT, runProgram, writeTree, type Ended } from './support';

const created: string[] = [];
let program: string;
const GOOD = {
  'reader/index.js': 'exports.main = async () => 1;',
  'reader/config.json': '{}',
  'reader/package.json': '{}',
};

/** Loads built functions under the Node.js of the tests; tools/official/test does it under the cloud's. */
function loadBundles(files: Record<string, string>): Ended {
  const functions = writeTree(files);
  created.push(functions);
  return runProgram(program, ['--functions', functions, '--node', process.execPath]);
}

beforeAll(async () => {
  program = await bundleProgram(path.join(ROOT, 'tools/load-bundles.ts'));
});
afterEach(() => {
  for (const tree of created.splice(0)) fs.rmSync(tree, { recursive: true, force: true });
});

describe('load-bundles', () => {
  it('passes a self-contained function', () => {
    const { status, stdout } = loadBundles(GOOD);
    expect(stdout).toBe(`Node.js ${process.version}\nreader loads\n`);
    expect(status).toBe(0);
  });

  it.each([
    [
      'exports no main',
      { 'reader/index.js': 'exports.handler = 1;' },
      'index.js exports no function named main',
    ],
    ['throws at load', { 'reader/index.js': 'throw new Error("no");' }, 'does not load'],
    [
      'needs a package from outside',
      { 'reader/index.js': 'require("valibot");' },
      "Cannot find module 'valibot'",
    ],
    [
      'needs a package from outside when it first uses it',
      { 'reader/apart/later.js': 'require("valibot");' },
      "Cannot find module 'valibot'",
    ],
    ['has content that is not JSON', { 'reader/apart/later.json': '{' }, 'JSON'],
    ['has a config.json that is not JSON', { 'reader/config.json': '{' }, 'JSON'],
  ])('fails a function that %s', (_, broken, expected) => {
    const { status, stderr } = loadBundles({ ...GOOD, ...broken });
    expect(stderr).toContain('reader: ');
    expect(stderr).toContain(expected);
    expect(status).toBe(1);
  });

  it.each(['index.js', 'config.json', 'package.json'])('fails a function without %s', (missing) => {
    const { [`reader/${missing}` as keyof typeof GOOD]: _, ...rest } = GOOD;
    const { status, stderr } = loadBundles(rest);
    expect(stderr).toContain(missing === 'index.js' ? 'Cannot find module' : `${missing} is missing`);
    expect(status).toBe(1);
  });

  it('fails when nothing was built', () => {
    const { status, stderr } = loadBundles({});
    expect(stderr).toContain('first run: npm run build');
    expect(status).toBe(1);
  });
});
