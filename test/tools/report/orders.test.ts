import { afterEach, describe, expect, it } from '@jest/globals';
import type { SampleCard } from '../../../contracts/report/shared';
import { parseArguments } from '../../../tools/report/arguments';
import { importLoans } from '../../../tools/report/orders/import-loans';
import { openSeason } from '../../../tools/report/orders/open-season';
import type { Order } from '../../../tools/report/orders/order';
import { publish, withdraw } from '../../../tools/report/orders/publish';
import { startReports } from '../../../tools/report/orders/start-reports';
import { Refused } from '../../../tools/staff/says';
import { CUT, fault, ok } from '../../support/fake-staff';
import { run, startFakeCloud, status } from './support';
import type { FakeCloud, Status } from './support';

const SEASON = 'academic-2025';

describe('the orders of the annual report', () => {
  let cloud: FakeCloud;
  afterEach(() => cloud.close());
  const start = async (acts: Parameters<typeof startFakeCloud>[0] = {}): Promise<void> => {
    cloud = await startFakeCloud(acts);
  };
  const order = (...argv: string[]) => run([...argv, '--local', cloud.url, '--by', '馆员甲']);
  const inputs = (action: string) =>
    cloud.orders.filter((each) => each.action === action).map(({ input }) => input);

  it('open a year, and say when it is published, in Beijing time', async () => {
    await start();
    expect((await order('season', SEASON)).out).toContain('open: readers can opt in / 已开启：读者可以参加');
    await order('season', '--season', SEASON, '--publish-at', '2026-09-10 08:00');
    await order('season', SEASON, '--publish-at', '2026-09-10T08:00:00Z');
    await order('season', SEASON, '--publish-at', 'none');
    await order('season', SEASON, '--no-returns', '--since', '2025-10-01');
    const common = { by: '馆员甲', season: SEASON };
    expect(inputs('report.season')).toEqual([
      common,
      { ...common, publishAt: '2026-09-10T08:00:00+08:00' },
      { ...common, publishAt: '2026-09-10T08:00:00Z' },
      { ...common, publishAt: null },
      { ...common, returnsKnown: false, importSince: '2025-10-01' },
    ]);
    for (const time of ['2026-02-30', 'tomorrow', '2026-09-10 25:00']) {
      expect((await order('season', SEASON, '--publish-at', time)).code).toBe(2);
    }
    for (const day of ['2026-02-31', '2026-09-01', 'soon']) {
      expect((await order('season', SEASON, '--since', day)).code).toBe(2);
    }
    for (const season of ['2025', 'academic-25', 'school-2025']) {
      expect((await order('season', season)).code).toBe(2);
    }
    expect((await order('season')).code).toBe(2);
    expect(inputs('report.season')).toHaveLength(5);
  });

  it.each<[what: string, over: Partial<Status>, said: string[]]>([
    ['an open year', {}, ['no import', '12 readers opted in', 'Next / 下一步: history:import, if']],
    [
      'one with an import',
      { import: { id: 'a'.repeat(16), readers: 30_000, loans: 1_000_000, whole: true } },
      ['1,000,000 loans of 30,000 readers', `when the year is over: report:start ${SEASON}`],
    ],
    [
      'one whose import is not whole',
      { import: { id: 'a'.repeat(16), readers: 0, loans: 0, whole: false } },
      ['is not whole', 'the same history:import again'],
    ],
    [
      'one that goes on',
      { stage: 'counting', counted: 1_234, asOf: '2026-09-21T01:00:00Z', movedAt: '2026-09-21T01:59:00Z' },
      [
        'counting the library’s figures / 正在统计全馆数字',
        'snapshot of / 快照时间 2026-09-21 09:00:00 +08:00',
        'loans of 1,234 readers counted',
        'wait; the job goes on each minute',
      ],
    ],
    [
      'one that does not go on',
      { stage: 'computing', movedAt: '2026-09-21T01:30:00Z' },
      ['no step for more than 15 minutes'],
    ],
    [
      'one in trouble',
      { stage: 'gathering', trouble: 'LIBRARY_UNREACHABLE', movedAt: '2026-09-21T01:00:00Z' },
      ['trouble: the library’s system does not answer (LIBRARY_UNREACHABLE)', 'see to the trouble above'],
    ],
    ['one in a trouble without words', { stage: 'gathering', trouble: 'ODD' }, ['trouble: ODD / 受阻：ODD']],
    [
      'one that is ready',
      { stage: 'ready', states: { waiting: 0, made: 10, noSource: 1, signIn: 3, unreachable: 1, denied: 0 } },
      ['10 made, 0 waiting, 1 without any source', `report:preview ${SEASON}, then report:publish`],
    ],
    [
      'one that is published later',
      { stage: 'ready', publishAt: '2026-09-22T00:00:00Z' },
      ['to be published at / 定于发布 2026-09-22 08:00:00 +08:00', 'published by itself'],
    ],
    [
      'a published one',
      {
        stage: 'published',
        states: { waiting: 2, made: 10, noSource: 0, signIn: 0, unreachable: 0, denied: 0 },
      },
      ['nothing: late reports are being made'],
    ],
  ])('show how far %s is and what to do next', async (_, over, said) => {
    await start({ 'report.status': () => ok(status(over)) });
    const { code, out } = await order('status', SEASON);
    expect(code).toBe(0);
    for (const text of said) expect(out).toContain(text);
    expect(JSON.parse((await order('status', SEASON, '--json')).out)).toEqual(status(over));
  });

  it('start a year as of a time, publish it, take it back', async () => {
    let stage: Status['stage'] = 'open';
    const go = (next: Status['stage']) => () => ok(status({ stage: (stage = next) }));
    await start({
      'report.status': () => ok(status({ stage })),
      'report.start': go('gathering'),
      'report.publish': go('published'),
      'report.withdraw': go('ready'),
    });
    expect((await order('start', SEASON, '--as-of', '2026-09-01')).out).toContain(
      'asking the library for loans',
    );
    const again = await order('start', SEASON);
    expect([again.code, again.error]).toEqual([1, expect.stringContaining('is gathering, not open')]);
    expect((await order('publish', SEASON)).error).toContain('is gathering, not ready');
    stage = 'ready';
    expect((await order('publish', SEASON)).out).toContain('published / 已发布');
    expect((await order('withdraw', SEASON)).out).toContain('ready, not published');
    expect((await order('withdraw', SEASON)).code).toBe(1);
    const common = { by: '馆员甲', season: SEASON };
    expect(inputs('report.start')).toEqual([{ ...common, asOf: '2026-09-01T00:00:00+08:00' }]);
    expect([inputs('report.publish'), inputs('report.withdraw')]).toEqual([[common], [common]]);
  });

  it('close a year that nobody has to do with, and say what is in the way of another', async () => {
    let over: Partial<Status> = { optedIn: 0 };
    await start({ 'report.status': () => ok(status(over)), 'report.close': () => ok({}) });
    expect((await order('close', SEASON)).out).toContain('academic-2025 is gone');
    for (const [next, said] of [
      [{ stage: 'gathering' }, 'is gathering, not open'],
      [{ optedIn: 12 }, '12 readers have opted in'],
      [{ optedIn: 0, import: { id: 'a'.repeat(16), readers: 1, loans: 1, whole: true } }, 'has an import'],
    ] as [Partial<Status>, string][]) {
      over = next;
      const refused = await order('close', SEASON);
      expect([refused.code, refused.error]).toEqual([1, expect.stringContaining(said)]);
    }
    expect(inputs('report.close')).toEqual([{ by: '馆员甲', season: SEASON }]);
  });

  it('ask in other words before a year is published at a time that has passed', async () => {
    const asked = async (time: string): Promise<string> => {
      let words = '';
      await openSeason({
        args: parseArguments(['season', SEASON, '--publish-at', time])!,
        call: async () => status(),
        out: () => undefined,
        tell: () => undefined,
        today: '2026-09-21',
        now: () => Date.parse('2026-09-21T10:00:00+08:00'),
        interruption: () => new AbortController().signal,
        confirm: async ({ en }) => void (words = en),
      });
      return words;
    };
    expect(await asked('2026-09-21 09:59')).toContain('without a look at the preview');
    expect(await asked('2026-09-21 10:01')).not.toContain('preview');
  });

  it('change nothing when the answer is no', async () => {
    await start();
    const orders: [Order, string[], Status['stage']][] = [
      [openSeason, ['season', SEASON], 'open'],
      [startReports, ['start', SEASON], 'open'],
      [publish, ['publish', SEASON], 'ready'],
      [withdraw, ['withdraw', SEASON], 'published'],
      [importLoans, ['import', 'docs/report/loans-template.csv', '--season', SEASON], 'open'],
    ];
    for (const [give, argv, stage] of orders) {
      const asked: string[] = [];
      const actions: string[] = [];
      const given = give({
        args: parseArguments(argv)!,
        // Reads are answered; what changes something must not come.
        call: async (action) => {
          actions.push(action);
          if (action !== 'report.status') throw new Error(`${action} was not to be given`);
          return status({ stage });
        },
        out: () => undefined,
        tell: () => undefined,
        today: '2026-09-21',
        now: () => 0,
        interruption: () => new AbortController().signal,
        confirm: async ({ en, zh }) => {
          asked.push(en, zh);
          throw new Refused({ en: 'no', zh: '否' });
        },
      });
      await expect(given).rejects.toThrow('no / 否');
      expect(asked).toEqual([expect.stringContaining(SEASON), expect.stringContaining(SEASON)]);
    }
  });

  it('say of a year whose only import came late that there is one', async () => {
    await start({ 'report.status': () => ok(status({ stage: 'ready', lateImports: 1 })) });
    const { out } = await order('status', SEASON);
    expect(out).toContain('1 import for late readers');
    expect(out).not.toContain('no import');
  });

  it('show the library’s year and samples, as text and as JSON', async () => {
    const cards: SampleCard[] = [
      { kind: 'totals', loans: 1_200, titles: 900, authors: 3, months: MONTHS },
      { kind: 'persona', persona: 'night-owl' },
    ];
    const preview = {
      year: {
        window: status().window,
        asOf: '2026-09-01T00:00:00Z',
        readers: 3_000,
        loans: 12_000,
        titles: 8_000,
        months: MONTHS,
        classes: [{ clc: 'I', loans: 6_000 }],
        unknownClass: 3_000,
        types: [
          {
            readerType: '本科生',
            readers: 4,
            histogram: [
              [1, 2],
              [5, 2],
            ],
          },
        ],
        top: [{ bibId: 'b-1', borrowers: 99, clc: 'I' }],
      },
      made: 50,
      samples: [{ tier: 'full', cards }],
    };
    await start({ 'report.preview': () => ok(preview) });
    const { code, out } = await order('preview', SEASON);
    expect(code).toBe(0);
    for (const text of [
      '12,000 loans of 3,000 readers, 8,000 titles',
      `2025-09  ${'█'.repeat(40)} 120`,
      `2025-10  ${'█'.repeat(20)}${' '.repeat(20)} 60`,
      `I  ${'█'.repeat(40)} 6,000  Literature / 文学`,
      'class not known / 类别不明',
      '本科生: 4 readers, half of them with up to 1 loans',
      '99  b-1  I',
      'Sample 1 / 样例 1: a reader with many loans',
      'totals: 1,200 loans, 900 titles, 3 authors',
      'persona: night-owl',
    ]) {
      expect(out).toContain(text);
    }
    expect(out).not.toContain('\u001b');
    expect(JSON.parse((await order('preview', SEASON, '--json')).out)).toEqual(preview);
    await cloud.close();
    let made = 0;
    let withoutYear = 'notCounted';
    await start({ 'report.preview': () => ok({ withoutYear, made, samples: [] }) });
    const empty = await order('preview', SEASON);
    expect(empty.out).toContain('not counted yet');
    withoutYear = 'noImport';
    expect((await order('preview', SEASON)).out).toContain('没有导入时只知道已参加读者的借阅');
    expect(empty.out).toContain('There are no reports yet.');
    made = 49;
    expect((await order('preview', SEASON)).out).toContain(
      'No samples: 49 reports are made, and of fewer than 50',
    );
  });

  it('say of a year that is not there what opens it, and of a lost answer what is known', async () => {
    let isThere = false;
    await start({
      'report.status': () => (isThere ? ok(status({ stage: 'published' })) : fault('NOT_FOUND')),
      'report.withdraw': () => CUT,
      'report.season': () => fault('BAD_REQUEST'),
    });
    const { code, error } = await order('status', SEASON);
    expect([code, error]).toEqual([1, expect.stringContaining('this year has not been opened')]);
    isThere = true;
    const refused = await order('season', SEASON, '--since', '2025-10-01');
    expect([refused.code, refused.error]).toEqual([
      1,
      expect.stringContaining('cannot change once loans were counted'),
    ]);
    const lost = await order('withdraw', SEASON);
    expect([lost.code, lost.error]).toEqual([3, expect.stringContaining('not known whether it was done')]);
    expect(inputs('report.withdraw')).toHaveLength(1);
    expect((await order('status', SEASON, '--env', 'x')).code).toBe(2);
    expect((await run(['status', SEASON])).error).toContain('where? --local URL or --env ENV_ID');
    const help = await run(['status', '--help']);
    expect([help.code, help.out]).toEqual([0, expect.stringContaining('history:import')]);
  });
});

const MONTHS = Array.from({ length: 12 }, (_, i) => ({
  month: i < 4 ? `2025-${String(i + 9).padStart(2, '0')}` : `2026-${String(i - 3).padStart(2, '0')}`,
  loans: i === 0 ? 120 : 60,
}));
