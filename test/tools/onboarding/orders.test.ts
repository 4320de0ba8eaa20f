import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as v from 'valibot';
import { OnboardingSettings } from '../../../contracts/onboarding/settings';
import { CUT, fault, ok, run, startFakeStaff } from './support/staff';
import type { FakeStaff } from './support/staff';

const ROW = {
  readerCode: '0000-0000-0001',
  readerType: '本科生',
  college: '历史学院',
  grade: '2026级',
  passedAt: '2026-11-20T10:00:00+08:00',
  mark: 95,
  unlock: 'unlocked',
};

describe('the orders of staff', () => {
  let folder: string;
  let staff: FakeStaff;
  const start = async (acts: Parameters<typeof startFakeStaff>[0]): Promise<void> => {
    staff = await startFakeStaff(acts);
  };
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'shutong-orders-'));
  });
  afterEach(async () => {
    await staff.close();
    await rm(folder, { recursive: true });
  });
  const order = (...argv: string[]) => run([...argv, '--local', staff.url, '--by', '馆员甲']);

  it('let a reader off by the code as it is read out, and take that back; a reason is needed', async () => {
    await start({ 'onboarding.waive': () => ok({}) });
    expect((await order('waive', '7k2m 9qxt ol4i', '--reason', '转学生')).code).toBe(0);
    expect((await order('waive', '7K2M-9QXT-0141', '--off', '--reason', '弄错了')).code).toBe(0);
    expect(staff.orders.map(({ input }) => input)).toEqual([
      { by: '馆员甲', reader: '7K2M-9QXT-0141', reason: '转学生', on: true },
      { by: '馆员甲', reader: '7K2M-9QXT-0141', reason: '弄错了', on: false },
    ]);
    for (const argv of [
      ['7K2M-9QXT-0141'],
      ['7K2M', '--reason', 'x'],
      ['--reason', 'x'],
      ['7K2M-9QXT-0141', '--reason', ' '],
    ]) {
      expect((await order('waive', ...argv)).code).toBe(2);
    }
    expect(staff.orders).toHaveLength(2);
  });

  it('give extra time from 0 to 180 minutes', async () => {
    await start({ 'onboarding.extraTime': () => ok({}) });
    expect((await order('extra-time', '7K2M-9QXT-0141', '15', '--reason', '视障')).code).toBe(0);
    expect(staff.orders[0]!.input).toMatchObject({ minutes: 15 });
    for (const minutes of ['181', '-1', '1.5', 'x', '']) {
      expect((await order('extra-time', '7K2M-9QXT-0141', '--reason', 'x', '--', minutes)).code).toBe(2);
    }
  });

  it('say of a reader who is not there that it is so, with an exit code', async () => {
    await start({});
    const { code, error } = await order('waive', '7K2M-9QXT-0141', '--reason', 'x');
    expect(code).toBe(1);
    expect(error).toContain('there is no such reader');
  });

  it('export to a file of the owner only, page by page, with nothing that a spreadsheet would run', async () => {
    await start({
      'onboarding.export': ({ after }: { after?: string }) =>
        after === undefined
          ? ok({ rows: [ROW, { ...ROW, college: '=HYPERLINK("http://x")' }], next: 'page-2' })
          : ok({ rows: [{ ...ROW, grade: '＝1' }] }),
    });
    const file = path.join(folder, 'passes.csv');
    const { code, out } = await order('export', '--out', file, '--reason', '学期统计');
    expect(code).toBe(0);
    expect(out).toContain('3 readers');
    const text = await readFile(file, 'utf8');
    expect(text).toBe(
      [
        '\ufeffreader_code,reader_type,college,grade,passed_at,mark,unlock',
        '0000-0000-0001,本科生,历史学院,2026级,2026-11-20T10:00:00+08:00,95,unlocked',
        `0000-0000-0001,本科生,"'=HYPERLINK(""http://x"")",2026级,2026-11-20T10:00:00+08:00,95,unlocked`,
        `0000-0000-0001,本科生,历史学院,'＝1,2026-11-20T10:00:00+08:00,95,unlocked`,
        '',
      ].join('\r\n'),
    );
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['passes.csv']);
    const again = await order('export', '--out', file, '--reason', '学期统计');
    expect(again.code).toBe(1);
    expect(again.error).toContain('exists already and is not overwritten');
    expect(await readFile(file, 'utf8')).toBe(text);
    expect(await readdir(folder)).toEqual(['passes.csv']);
  });

  it('leave no half of an export', async () => {
    await start({
      'onboarding.export': ({ after }: { after?: string }) =>
        after === undefined ? ok({ rows: [ROW], next: 'page-2' }) : fault('INTERNAL'),
    });
    expect((await order('export', '--out', path.join(folder, 'passes.csv'), '--reason', 'x')).code).toBe(3);
    expect(await readdir(folder)).toEqual([]);
  });

  it('show the statistics, and judge no question by a few answers', async () => {
    const item = { version: 1, module: 'hours', asked: 200 };
    await start({
      'onboarding.statistics': () =>
        ok({
          asOf: '2026-11-20T17:30:05.120Z',
          groups: [{ college: '历史学院', grade: '2026级', begun: 8, passed: 6, waived: 0 }],
          items: [
            { ...item, id: 'wrong-key', difficulty: 0.4, discrimination: -0.2 },
            { ...item, id: 'hard', difficulty: 0.1, discrimination: 0.3 },
            { ...item, id: 'few', asked: 3, difficulty: 0, discrimination: -1 },
            { ...item, id: 'same', difficulty: 0.5 },
          ],
        }),
    });
    const { out, code } = await order('stats');
    expect(code).toBe(0);
    expect(out).toContain('As of 2026-11-21 01:30:05 +08:00 / 截至 2026-11-21 01:30:05 +08:00');
    expect(out).toContain('8\t6 (75%)\t0\t2026级\t历史学院');
    expect(out).toMatch(/wrong-key v1\tlook at it/);
    expect(out).toMatch(/hard v1\tvery hard/);
    expect(out).toMatch(/few v1\ttoo few/);
    expect(out).toContain('200\t0.50\t–\tsame v1\t');
  });

  it('change the settings by a file that is sound, and say what changes', async () => {
    await start({
      'onboarding.settings': ({ settings }: { settings?: unknown }) =>
        ok({
          settings: settings ?? {
            requiredOf: [],
            services: [],
            passMark: 80,
            minutes: 30,
            pauseAfter: 3,
            pauseMinutes: 10,
            mustRead: true,
          },
        }),
    });
    const file = path.join(folder, 'settings.json');
    await writeFile(
      file,
      JSON.stringify({ services: [], passMark: 90, requiredOf: [{ fromEntryYear: 2026 }] }),
    );
    const { code, error } = await order('settings', file);
    expect(code).toBe(0);
    expect(error).toContain('passMark: 80 → 90');
    expect(error).not.toContain('minutes');
    expect(staff.orders).toHaveLength(2);
    await writeFile(file, JSON.stringify({ passMark: 30, windw: {} }));
    const wrong = await order('settings', file);
    expect(wrong.code).toBe(1);
    expect(wrong.error).toContain('"passMark" 列: at least 50');
    expect(wrong.error).toContain('"windw" 列: there is no such setting / 没有这个设置');
    expect(wrong.error).toContain('2 problems');
    await writeFile(file, JSON.stringify({ passMark: '80', requiredOf: [{ readerTypes: ['UG'] }] }));
    const unlike = await order('settings', file);
    expect(unlike.error).toContain('"passMark" 列: expected a number, without quotation marks');
    expect(unlike.error).toContain('"requiredOf.0.fromEntryYear" 列: is missing / 缺少这一项');
    expect(staff.orders.filter(({ input }) => input['settings'] !== undefined)).toHaveLength(1);
  });

  it('say of a read without a clear answer that nothing was changed; of a change, that it is not known', async () => {
    const settings = path.join(folder, 'settings.json');
    await writeFile(settings, '{}');
    let ready = false;
    await start({
      'onboarding.settings': ({ settings: given }: { settings?: unknown }) =>
        given || !ready
          ? CUT
          : ok({ settings: { ...v.parse(OnboardingSettings, {}), passMark: 90, requiredOf: [] } }),
      'onboarding.statistics': () => fault('INTERNAL'),
      'onboarding.preview': () => ok({}),
    });
    for (const argv of [['settings'], ['settings', settings], ['stats'], ['preview']]) {
      const { code, error } = await order(...argv);
      expect(code).toBe(3);
      expect(error).toContain('nothing was changed; try again');
      expect(error).not.toContain('not known');
    }
    ready = true;
    const { code, error } = await order('settings', settings);
    expect(code).toBe(3);
    expect(error).toContain('not known whether it was done');
    expect(staff.orders.filter(({ input }) => input['settings'] !== undefined)).toHaveLength(1);
  });

  it('tell a cloud that is away from one whose answer was lost', async () => {
    await start({ 'onboarding.waive': () => CUT });
    const lost = await order('waive', '7K2M-9QXT-0141', '--reason', 'x');
    expect(lost.code).toBe(3);
    expect(lost.error).toContain('not known whether it was done');
    expect(staff.orders).toHaveLength(1);
    const { url } = staff;
    await staff.close();
    const away = await run(['waive', '7K2M-9QXT-0141', '--reason', 'x', '--local', url]);
    expect(away.code).toBe(3);
    expect(away.error).toContain('cannot be reached');
    await start({});
  });

  it('change nothing in the cloud without a yes, and need its keys', async () => {
    await start({});
    const cloud = ['waive', '7K2M-9QXT-0141', '--reason', 'x', '--env', 'some-env'];
    const no = await run(cloud, { answer: 'n' });
    expect(no.asked[0]).toContain('Let reader 7K2M-9QXT-0141 off the onboarding?');
    expect([no.code, no.error]).toEqual([1, 'Nothing was done. / 没有执行。']);
    expect((await run(cloud)).code).toBe(2);
    const keyless = await run([...cloud, '--yes']);
    expect(keyless.code).toBe(2);
    expect(keyless.error).toContain('TENCENTCLOUD_SECRETID');
    for (const argv of [
      ['fly'],
      ['stats', '--env', 'a', '--local', staff.url],
      ['stats', '--local', 'http://example.com'],
      ['stats', '--colour'],
    ]) {
      expect((await run(argv)).code).toBe(2);
    }
    expect((await run([])).out).toContain('npm run onboarding:ORDER');
  });
});
