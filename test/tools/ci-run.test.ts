import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { ROOT, writeTree } from './support';

const created: string[] = [];

/** Stands in for npm and npx: every command passes but those named; jest reports what is given. */
const command = (failing: string, report: object | undefined): string => `#!/usr/bin/env bash
for argument in "$@"; do
  case "$argument" in
    --outputFile=*) ${report ? `echo '${JSON.stringify(report)}' > "\${argument#*=}"` : 'true'} ;;
  esac
done
case "$*" in ${failing || 'none'}) exit 1 ;; esac
exit 0
`;

/** Runs .ci/run in a repository of its own; returns its last line and whether it passed. */
function ci(
  failing: string,
  report: object | undefined,
): { last: string; output: string; status: number | null } {
  const tree = writeTree({
    '.ci/run': fs.readFileSync(path.join(ROOT, '.ci/run'), 'utf8'),
    'bin/npm': command(failing, report),
    'bin/npx': command(failing, report),
    // as if Zebra were installed, so that nothing is asked of apt
    'bin/zebrasrv': command('', undefined),
    'bin/yaz-iconv': command('', undefined),
    'package-lock.json': '{}',
  });
  created.push(tree);
  for (const name of ['.ci/run', 'bin/npm', 'bin/npx', 'bin/zebrasrv', 'bin/yaz-iconv'])
    fs.chmodSync(path.join(tree, name), 0o755);
  for (const args of [
    ['init', '-q'],
    ['add', 'package-lock.json'],
  ])
    spawnSync('git', args, { cwd: tree });
  const { stdout, status } = spawnSync(path.join(tree, '.ci/run'), {
    cwd: '/',
    encoding: 'utf8',
    env: { ...process.env, PATH: `${path.join(tree, 'bin')}:${process.env['PATH'] ?? ''}` },
  });
  return { last: stdout.trimEnd().split('\n').at(-1)!, output: stdout, status };
}

const totals = (passed: number, failed: number, broken = 0): object => ({
  numPassedTests: passed,
  numFailedTests: failed,
  numRuntimeErrorTestSuites: broken,
  numPendingTests: 0,
  numTodoTests: 0,
});

afterEach(() => {
  for (const tree of created.splice(0)) fs.rmSync(tree, { recursive: true, force: true });
});

describe('.ci/run', () => {
  it('adds the tests of both jest runs to one for each gate', () => {
    const { last, output, status } = ci('', totals(100, 0));
    const gates = output.match(/: passed in \d+ s$/gm)!.length;
    expect(last).toBe(`${200 + gates} passed, 0 failed`);
    expect(status).toBe(0);
  });

  it('runs every gate although one fails, and fails', () => {
    const good = ci('', totals(1, 0)).output.match(/: passed in \d+ s$/gm)!.length;
    const { last, output, status } = ci("'run --silent lint'", totals(1, 0));
    expect(output).toContain('== lint: FAILED');
    expect(last).toBe(`${2 + good - 1} passed, 1 failed`);
    expect(status).toBe(1);
  });

  it('counts failed tests and files that could not run', () => {
    const { last, status } = ci('', totals(10, 2, 1));
    expect(last).toMatch(/^\d+ passed, 6 failed$/);
    expect(status).toBe(1);
  });

  it('names what failed once more before the last line', () => {
    const failed = { fullName: 'a loan is renewed', status: 'failed', failureMessages: ['Expected: 2'] };
    const testResults = [{ name: 'loans.test.ts', status: 'failed', assertionResults: [failed] }];
    const { output } = ci('', { ...totals(10, 1), testResults });
    expect(output.trimEnd().split('\n').slice(-3).join('\n')).toMatch(/Expected: 2\n\n\d+ passed, 2 failed$/);
  });

  it('fails when jest leaves no totals, or fails with none', () => {
    expect(ci('', undefined).last).toMatch(/ passed, 2 failed$/);
    expect(ci("'test '*", totals(5, 0)).last).toMatch(/ passed, 1 failed$/);
  });
});
