import { afterEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { ok, startFakeStaff } from './support/staff';
import type { FakeStaff } from './support/staff';

const MAIN = path.join(__dirname, '../../../tools/onboarding/main.ts');
const GROUPS = Array.from({ length: 5_000 }, (_, n) => ({
  ...{ college: '历史学院', grade: `${n}级`, begun: 8, passed: 6, waived: 0 },
}));

describe('an order whose reader has seen enough, as `| head` has', () => {
  let staff: FakeStaff;
  afterEach(() => staff.close());

  it('goes to its end in silence', async () => {
    staff = await startFakeStaff({
      'onboarding.statistics': () => ok({ asOf: '2026-11-20T17:30:05.120Z', groups: GROUPS, items: [] }),
    });
    const child = spawn(process.execPath, ['--import', 'tsx', MAIN, 'stats', '--local', staff.url]);
    let error = '';
    child.stderr.on('data', (chunk: Buffer) => (error += chunk.toString()));
    child.stdout.once('data', () => child.stdout.destroy());
    const [code] = (await once(child, 'close')) as [number];
    expect([code, error]).toEqual([0, '']);
  }, 60_000);

  // Only Linux has a device that is always full.
  (existsSync('/dev/full') ? it : it.skip)(
    'tells it from an output that cannot be written',
    async () => {
      staff = await startFakeStaff({
        'onboarding.statistics': () => ok({ asOf: '2026-11-20T17:30:05.120Z', groups: GROUPS, items: [] }),
      });
      const full = await open('/dev/full', 'w');
      const child = spawn(process.execPath, ['--import', 'tsx', MAIN, 'stats', '--local', staff.url], {
        stdio: ['ignore', full.fd, 'pipe'],
      });
      let error = '';
      child.stderr!.on('data', (chunk: Buffer) => (error += chunk.toString()));
      const [code] = (await once(child, 'close')) as [number];
      await full.close();
      expect([code, error]).toEqual([3, 'the output cannot be written (ENOSPC) / 无法写出结果（ENOSPC）\n']);
    },
    60_000,
  );
});
