import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MAX_PART_LOANS, MAX_PART_READERS } from '../../contracts/report/staff';
import { dataOf, startLocalCloud, type LocalCloud } from '../support/local-cloud';
import { fault } from './support/readers';
import { readCollection } from './support/read-database';
import {
  beatUntil,
  bindAndOptIn,
  openReports,
  openYear,
  putImport,
  SEASON,
  startYear,
  statusOf,
} from './support/report-season';

jest.setTimeout(120_000);

const IMPORT = 'abcdef0123456789';
const NOW = '2027-01-03T12:00:00+08:00';
const loan = { loanId: 'l1', title: 'One', loanedAt: '2026-03-01' };
const reader = { ref: 'r1', loans: [loan] };
let cloud: LocalCloud;

beforeAll(async () => {
  cloud = await startLocalCloud();
}, 120_000);
afterAll(() => cloud.stop());
const begin = async (): Promise<void> => {
  await cloud.reset();
  await openYear(cloud, NOW);
};

const order = (action: string, input: object): Promise<unknown> =>
  cloud.callAsPlatform('staff', { action, input: { by: 'desk-1', season: SEASON, ...input } });
const part = (input: object) =>
  order('report.putLoans', { import: IMPORT, part: 0, readers: [reader], ...input });
const whole = (input: object) =>
  order('report.imported', { import: IMPORT, parts: 1, readers: 1, loans: 1, ...input });
const ok = expect.objectContaining({ ok: true }) as unknown;

describe('bad input', () => {
  // nothing of it is taken, so that nothing has to be put back
  beforeAll(begin);

  const orders = [
    'season',
    'status',
    'putLoans',
    'importParts',
    'imported',
    'start',
    'preview',
    'publish',
    'withdraw',
    'close',
  ];

  it.each(orders)('report.%s is refused without an order, a name or a year', async (name) => {
    const action = `report.${name}`;
    for (const input of [undefined, null, 7, {}, { by: 'x' }, { by: ' ', season: SEASON }])
      expect(await cloud.callAsPlatform('staff', { action, input })).toEqual(fault('BAD_REQUEST'));
    for (const season of [
      'calendar-26',
      'fiscal-2026',
      'calendar-2026 ',
      'calendar-1969',
      'academic-9999',
      {},
    ])
      expect(await order(action, { season, ...extras(name) })).toEqual(fault('BAD_REQUEST'));
  });

  it.each(orders.slice(1))('report.%s of a year that nobody has opened is refused', async (name) => {
    const input = { season: 'academic-2025', ...extras(name) };
    expect(await order(`report.${name}`, input)).toEqual(fault('NOT_FOUND'));
  });

  /** What an order needs beside the year. */
  function extras(name: string): object {
    if (name === 'putLoans') return { import: IMPORT, part: 0, readers: [reader] };
    if (name === 'importParts') return { import: IMPORT };
    if (name === 'imported') return { import: IMPORT, parts: 1, readers: 1, loans: 1 };
    return {};
  }

  it.each([
    ['no readers', { readers: [] }],
    [
      'too many readers',
      { readers: Array.from({ length: MAX_PART_READERS + 1 }, (_, i) => ({ ref: `r${i}`, loans: [] })) },
    ],
    [
      'too many loans of several',
      {
        readers: ['a', 'b'].map((ref) => ({
          ref,
          loans: Array.from({ length: MAX_PART_LOANS / 2 + 1 }, () => loan),
        })),
      },
    ],
    [
      'too many loans of one',
      { readers: [{ ref: 'a', loans: Array.from({ length: MAX_PART_LOANS + 1 }, () => loan) }] },
    ],
    ['a reader twice', { readers: [reader, reader] }],
    ['no reference', { readers: [{ ...reader, ref: '' }] }],
    ['a long reference', { readers: [{ ...reader, ref: 'x'.repeat(129) }] }],
    ['a loan without a number', { readers: [{ ref: 'a', loans: [{ title: 'One' }] }] }],
    ['a title without end', { readers: [{ ref: 'a', loans: [{ ...loan, title: 'x'.repeat(2_001) }] }] }],
    ['a part beyond the last', { part: 10_000 }],
    ['another digest', { import: 'ABCDEF' }],
  ])('a part with %s is refused, and nothing of it is kept', async (_, input) => {
    expect(await part(input)).toEqual(fault('BAD_REQUEST'));
    expect(await readCollection(cloud.url(), 'report_loans')).toEqual([]);
  });

  it.each([
    ['that begins in more than a year', { season: 'calendar-2062' }],
    ['that ended more than five years ago', { season: 'calendar-2020' }],
    ['with imports from a day that no calendar has', { importSince: '2026-02-31' }],
    ['with imports from a day after its end', { importSince: '2027-01-01' }],
  ])('a year %s is not opened or changed', async (_, input) => {
    expect(await order('report.season', input)).toEqual(fault('BAD_REQUEST'));
    const years = await readCollection<{ _id: string; importSince?: string }>(cloud.url(), 'report_seasons');
    expect(years.map(({ _id, importSince }) => [_id, importSince])).toEqual([[SEASON, undefined]]);
  });

  it.each([
    ['a snapshot to come', { asOf: '2027-01-03T12:10:00+08:00' }],
    ['a snapshot before the year', { asOf: '2025-12-31T23:59:59+08:00' }],
    ['a snapshot that is none', { asOf: 'yesterday' }],
  ])('a start with %s is refused', async (_, input) => {
    expect(await order('report.start', input)).toEqual(fault('BAD_REQUEST'));
    expect((await statusOf(cloud)).stage).toBe('open');
  });
});

describe('an import', () => {
  beforeEach(begin);

  it('is whole when all its parts are there and sum up to what was announced', async () => {
    expect(await whole({})).toEqual(fault('BAD_REQUEST'));
    expect(await part({ part: 1 })).toEqual(ok);
    expect(await whole({})).toEqual(fault('BAD_REQUEST'));
    expect(await whole({ parts: 2 })).toEqual(fault('BAD_REQUEST'));
    expect(await part({ part: 0, readers: [{ ref: 'r2', loans: [] }] })).toEqual(ok);
    expect(dataOf((await order('report.importParts', { import: IMPORT })) as never)).toEqual({
      parts: [0, 1],
    });
    for (const wrong of [{ parts: 1 }, { parts: 3 }, { parts: 2, loans: 2 }, { parts: 2, readers: 3 }])
      expect(await whole({ readers: 2, ...wrong })).toEqual(fault('BAD_REQUEST'));
    expect(await whole({ parts: 2, readers: 2 })).toEqual(ok);
    // its answer was lost
    expect(await whole({ parts: 2, readers: 2 })).toEqual(ok);
    expect(await statusOf(cloud)).toMatchObject({
      import: { id: IMPORT, readers: 2, loans: 1, whole: true },
    });
  });

  it('the same part again changes nothing', async () => {
    await part({});
    await part({});
    expect(await readCollection(cloud.url(), 'report_loans')).toHaveLength(1);
    expect(await whole({})).toEqual(ok);
  });

  it('nobody finds the library’s reference of a reader in it', async () => {
    await part({ readers: [{ ...reader, ref: 'reference-of-a-reader' }] });
    const all = JSON.stringify([
      await readCollection(cloud.url(), 'report_loans'),
      await readCollection(cloud.url(), 'audit'),
      cloud.logs,
    ]);
    expect(all).not.toContain('reference-of-a-reader');
    expect(all).not.toContain('"One"');
  });

  it('that was put in long ago is not counted in part', async () => {
    await putImport(cloud, [reader]);
    cloud.clock.set(cloud.clock.now() + 60 * 86_400_000);
    await cloud.beat();
    expect(await order('report.start', {})).toEqual(fault('BAD_REQUEST'));
    await putImport(cloud, [reader]);
    expect(await order('report.start', {})).toEqual(ok);
  });

  it('waits while the loans of others are being counted', async () => {
    await putImport(cloud, [reader]);
    await startYear(cloud);
    cloud.link.set('offline');
    // without the catalogue there is nothing to recommend yet
    await beatUntil(cloud, 'counting');
    expect(await part({})).toEqual(fault('BUSY', true));
    expect(await whole({})).toEqual(fault('BAD_REQUEST'));
    cloud.link.set('none');
    await beatUntil(cloud, 'ready');
    expect(await part({})).toEqual(ok);
    expect(await whole({})).toEqual(ok);
    // nobody opted in, so nothing of it was kept
    expect(await readCollection(cloud.url(), 'report_loans')).toEqual([]);
  });

  it('is read as it says itself, and the one before as it was until then', async () => {
    const readAs = async () => {
      const { returnsKnown, importSince } = await statusOf(cloud);
      return { returnsKnown, importSince };
    };
    const since = { returnsKnown: false, importSince: '2026-02-01' };
    expect(await part({})).toEqual(ok);
    // not whole, or from a day after the year: nothing of it changes
    expect(await whole({ ...since, loans: 2 })).toEqual(fault('BAD_REQUEST'));
    expect(await whole({ importSince: '2027-01-01' })).toEqual(fault('BAD_REQUEST'));
    expect(await readAs()).toEqual({ returnsKnown: true });
    expect(await whole(since)).toEqual(ok);
    expect(await readAs()).toEqual(since);
    expect(await whole({ returnsKnown: true, importSince: null })).toEqual(ok);
    expect(await readAs()).toEqual({ returnsKnown: true });
    await startYear(cloud);
    await beatUntil(cloud, 'ready');
    // late readers' is read as those before
    expect(await part({})).toEqual(ok);
    expect(await whole(since)).toEqual(fault('BAD_REQUEST'));
    expect(await readAs()).toEqual({ returnsKnown: true });
    expect(await whole({})).toEqual(ok);
  });

  it('how it is to be read may be said until it is counted', async () => {
    expect(await order('report.season', { returnsKnown: false, importSince: '2026-02-01' })).toEqual(ok);
    await putImport(cloud, [reader, { ref: 'r2', loans: [{ ...loan, loanedAt: '2026-01-31' }] }]);
    await bindAndOptIn(cloud, ['r1', 'r2']);
    await startYear(cloud);
    await beatUntil(cloud, 'ready');
    // of two it could be told whose they are
    const preview = dataOf(await cloud.order('report.preview', { season: SEASON }));
    expect(preview).toMatchObject({ made: 2, samples: [] });
    // the loan of January is not known to be all that there was
    const reports = [...(await openReports(cloud)).values()];
    expect(reports.map(({ tier }) => tier).sort()).toEqual(['few', 'none']);
    expect(await order('report.season', { returnsKnown: true })).toEqual(fault('BAD_REQUEST'));
    expect(await order('report.season', { importSince: null })).toEqual(fault('BAD_REQUEST'));
    expect(await order('report.season', { publishAt: null })).toEqual(ok);
  });
});

describe('the order of a year', () => {
  beforeEach(begin);

  it('is start, ready, published, and back', async () => {
    expect(await order('report.publish', {})).toEqual(fault('BAD_REQUEST'));
    expect(await order('report.withdraw', {})).toEqual(fault('BAD_REQUEST'));
    // before the year has ended, and everybody can see that
    const asOf = '2026-06-30T15:59:59.000Z';
    expect(await order('report.start', { asOf })).toEqual(ok);
    expect(await statusOf(cloud)).toMatchObject({ stage: 'gathering', asOf, window: { to: '2026-12-31' } });
    expect(await order('report.start', {})).toEqual(fault('BAD_REQUEST'));
    expect(await order('report.publish', {})).toEqual(fault('BAD_REQUEST'));
    await beatUntil(cloud, 'ready');
    expect(await order('report.withdraw', {})).toEqual(fault('BAD_REQUEST'));
    expect(await order('report.publish', {})).toEqual(ok);
    expect(await order('report.publish', {})).toEqual(fault('BAD_REQUEST'));
    expect(await order('report.season', { publishAt: NOW })).toEqual(fault('BAD_REQUEST'));
    expect(await order('report.withdraw', {})).toEqual(ok);
  });

  it('is not taken up while the library cannot say where it is', async () => {
    cloud.link.set('offline');
    await cloud.restart();
    expect(await order('report.start', {})).toEqual(fault('LIBRARY_UNREACHABLE', true));
    cloud.link.set('none');
    expect((await statusOf(cloud)).stage).toBe('open');
  });

  it('may be opened twice, and several years stand beside each other', async () => {
    await openYear(cloud, NOW);
    expect(await order('report.season', { season: 'academic-2025' })).toEqual(ok);
    const years = await readCollection<{ _id: string }>(cloud.url(), 'report_seasons');
    expect(years.map(({ _id }) => _id)).toEqual(['academic-2025', SEASON]);
  });

  it('may be closed while nobody has opted in and no import is whole', async () => {
    expect(await part({})).toEqual(ok);
    expect(await order('report.close', {})).toEqual(ok);
    expect(await order('report.status', {})).toEqual(fault('NOT_FOUND'));
    const audit = await readCollection<{ _id: string; action: string }>(cloud.url(), 'audit');
    expect(audit.map(({ action }) => action)).toContain('report.close');
    await openYear(cloud, NOW);
    // what had arrived of an import was given up with the year
    expect(dataOf((await order('report.importParts', { import: IMPORT })) as never)).toEqual({ parts: [] });
    await putImport(cloud, [reader]);
    expect(await order('report.close', {})).toEqual(fault('BAD_REQUEST'));
    await startYear(cloud);
    expect(await order('report.close', {})).toEqual(fault('BAD_REQUEST'));
  });

  it('may not be closed once somebody has opted in', async () => {
    await bindAndOptIn(cloud, ['r1']);
    expect(await order('report.close', {})).toEqual(fault('BAD_REQUEST'));
    expect(await statusOf(cloud)).toMatchObject({ stage: 'open', optedIn: 1 });
  });

  it('is written down with who gave it, and looking at reports is too', async () => {
    await putImport(cloud, [reader]);
    await startYear(cloud);
    await beatUntil(cloud, 'ready');
    for (const action of ['report.preview', 'report.publish', 'report.withdraw']) await order(action, {});
    const audit = await readCollection<{ _id: string; by: string; action: string }>(cloud.url(), 'audit');
    expect(new Set(audit.map(({ by }) => by))).toEqual(new Set(['desk-1']));
    expect([...new Set(audit.map(({ action }) => action))].sort()).toEqual([
      ...['report.imported', 'report.preview', 'report.publish', 'report.putLoans', 'report.season'],
      ...['report.start', 'report.withdraw'],
    ]);
  });
});
