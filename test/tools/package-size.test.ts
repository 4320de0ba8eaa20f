import fs from 'node:fs';
import path from 'node:path';
import { bundleProgram } from '../support/bundle-program';
import { ROOT, runProgram, writeTree, type Ended } from './support';

const created: string[] = [];
let program: string;

function packageSize(files: Record<string, string>): Ended {
  const project = writeTree({
    'miniprogram/app.json': '{}',
    'budget.json': JSON.stringify({ mainKB: 2, subpackageKB: 1 }),
    ...files,
  });
  created.push(project);
  const past = new Date('2026-01-01T00:00:00Z');
  fs.utimesSync(path.join(project, 'miniprogram/app.json'), past, past);
  return runProgram(program, ['--project', project, '--budget', path.join(project, 'budget.json')]);
}

beforeAll(async () => {
  program = await bundleProgram(path.join(ROOT, 'tools/package-size.ts'));
});
afterEach(() => {
  for (const tree of created.splice(0)) fs.rmSync(tree, { recursive: true, force: true });
});

const REPORT = 'dist/official/packages.json';

describe('package-size', () => {
  it('passes packages that just fit', () => {
    const { status, stdout } = packageSize({
      [REPORT]: JSON.stringify({ main: 2048, 'packages/report': 1024 }),
    });
    expect(stdout).toBe('main: 2.0 KB of 2 KB\npackages/report: 1.0 KB of 1 KB\n');
    expect(status).toBe(0);
  });

  it.each([
    ['the main package', { main: 2049, 'packages/report': 1 }, 'main: 2.0 KB of 2 KB: over the budget\n'],
    [
      'a subpackage',
      { main: 1, 'packages/report': 1500 },
      'packages/report: 1.5 KB of 1 KB: over the budget\n',
    ],
  ])('fails when %s is over its budget', (_, sizes, expected) => {
    const { status, stderr } = packageSize({ [REPORT]: JSON.stringify(sizes) });
    expect(stderr).toBe(expected);
    expect(status).toBe(1);
  });

  it('fails when nothing was measured', () => {
    const { status, stderr } = packageSize({});
    expect(stderr).toContain('first run: npm run gates -- compile');
    expect(status).toBe(1);
  });

  it('fails when a file is newer than the measurement', () => {
    const project = writeTree({ [REPORT]: '{"main":1}', 'miniprogram/app.json': '{}' });
    created.push(project);
    const past = new Date('2026-01-01T00:00:00Z');
    fs.utimesSync(path.join(project, REPORT), past, past);
    const { status, stderr } = runProgram(program, ['--project', project]);
    expect(stderr).toContain('app.json is newer than the sizes');
    expect(status).toBe(1);
  });
});
