import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { generateReaders } from '../support/loan-years';
import { dataOf, startLocalCloud, type LocalCloud } from '../support/local-cloud';
import { startCountingWire } from './support/counting-wire';
import { readCollection } from './support/read-database';
import { bind, fault } from './support/readers';
import { AS_OF } from './report-engine/support/setting';
import {
  beatUntil,
  bindAndOptIn,
  importIdOf,
  later,
  nextBeat,
  openReports,
  openYear,
  patronOf,
  putImport,
  SEASON,
  startYear,
  statusOf,
  storedReports,
} from './support/report-season';

jest.setTimeout(120_000);

const MINUTE = 60_000;
const readers = [...generateReaders({ readers: 8, year: 2026, scale: 2, snapshotAt: AS_OF })].map(
  ({ readerId: ref, ...reader }) => ({ ref, ...reader }),
);
let cloud: LocalCloud;
let wire: Awaited<ReturnType<typeof startCountingWire>>;

beforeAll(async () => {
  cloud = await startLocalCloud();
  wire = await startCountingWire(() => cloud.url());
  await cloud.restart({ TCB_CONTEXT_CNFG: JSON.stringify({ URL: wire.url }) });
}, 120_000);
afterAll(async () => {
  await wire.close();
  await cloud.stop();
});
beforeEach(async () => {
  wire.quiet();
  cloud.link.set('none');
  await cloud.reset();
  await openYear(cloud, AS_OF);
});

const patronsLeft = async (): Promise<Set<string>> => {
  const left = await readCollection<{ _id: string; patron: string }>(cloud.url(), 'report_loans');
  return new Set(left.map(({ patron }) => patron));
};

describe('an import that staff put in while a run is under way', () => {
  it.each([
    ['another', readers.slice(0, 4)],
    ['the same', readers],
  ])(
    'takes nothing of the one that is counted with it, where %s comes as the count begins',
    async (_, again) => {
      await putImport(cloud, readers);
      await startYear(cloud);
      // without the catalogue the count does not come to its end
      cloud.link.set('offline');
      wire.onBody(importIdOf(again), 2, () => beatUntil(cloud, 'counting'));
      const part = { season: SEASON, import: importIdOf(again), part: 0, readers: again };
      expect(await cloud.order('report.putLoans', part)).toEqual(fault('BUSY', true));
      expect(await patronsLeft()).toEqual(new Set(readers.map(({ ref }) => patronOf(cloud, ref))));
      cloud.link.set('none');
      await beatUntil(cloud, 'ready');
      expect(await statusOf(cloud)).toMatchObject({ counted: readers.length });
      // and nothing of either stays of who has not opted in
      expect(await patronsLeft()).toEqual(new Set());
    },
  );

  it.each([
    ['the first one', []],
    ['one that takes the place of another', readers.slice(0, 3)],
  ])('is the one that is counted and kept: %s', async (_, before) => {
    if (before.length > 0) await putImport(cloud, before);
    await bindAndOptIn(cloud, ['reader-5']);
    await startYear(cloud);
    wire.onBody('"counting', 1, () => putImport(cloud, readers));
    await beatUntil(cloud, 'ready');
    expect(await statusOf(cloud)).toMatchObject({ counted: readers.length });
    expect((await openReports(cloud)).get('o-reader-5')).toMatchObject({
      ...{ source: 'import', sourceCount: readers[5]!.loans.length },
    });
  });
});

it('a publication that staff put off at the moment at which it was to be waits until then', async () => {
  const at = (ms: number): string => new Date(cloud.clock.now() + ms).toISOString();
  const postpone = async (publishAt: string): Promise<void> => {
    dataOf(await cloud.order('report.season', { season: SEASON, publishAt }));
  };
  await postpone(at(0));
  await startYear(cloud);
  const publishAt = at(30 * MINUTE);
  wire.onBody('"published', 1, () => postpone(publishAt));
  await beatUntil(cloud, 'ready');
  await nextBeat(cloud);
  expect(await statusOf(cloud)).toMatchObject({ stage: 'ready', publishAt });
  later(cloud, 30 * MINUTE);
  await nextBeat(cloud);
  expect((await statusOf(cloud)).stage).toBe('published');
});

describe('imports for late readers', () => {
  beforeEach(async () => {
    await putImport(cloud, readers.slice(0, 3));
    await startYear(cloud);
    await beatUntil(cloud, 'ready');
    await bindAndOptIn(cloud, ['reader-4', 'reader-5']);
  });

  it('are both used where two are accepted at once', async () => {
    const [one, other] = [readers.slice(4, 5), readers.slice(5, 6)];
    wire.onBody('lateImports', 1, () => putImport(cloud, other));
    await putImport(cloud, one);
    expect(await statusOf(cloud)).toMatchObject({ lateImports: 2 });
  });

  it('keep as long as the reports what is put in again while they are made', async () => {
    const late = readers.slice(4, 6);
    const id = await putImport(cloud, late);
    const part = { season: SEASON, import: id, part: 0, readers: late };
    dataOf(await cloud.order('report.putLoans', part));
    await nextBeat(cloud);
    expect((await openReports(cloud)).size).toBe(2);
    const loans = late.reduce((sum, one) => sum + one.loans.length, 0);
    const counts = { parts: 1, readers: late.length, loans };
    dataOf(await cloud.order('report.imported', { season: SEASON, import: id, ...counts }));
    const left = await readCollection<{ _id: string; expiresAt: number }>(cloud.url(), 'report_loans');
    expect(left.length).toBeGreaterThan(1);
    for (const { expiresAt } of left)
      expect(expiresAt).toBeGreaterThan(cloud.clock.now() + 1_000 * 86_400_000);
  });
});

describe('a year that is closed while somebody opts in', () => {
  const close = () => cloud.order('report.close', { season: SEASON });
  const optIn = () => cloud.call('report.optIn', {}, 'o-1');
  beforeEach(async () => {
    await bind(cloud, 'twenty', 'o-1');
    dataOf(await cloud.call('report.overview', {}, 'o-1'));
  });

  it('is not there for who goes by what was read before, or comes in the middle', async () => {
    dataOf(await close());
    expect(await optIn()).toEqual(fault('NOT_FOUND'));
    await openYear(cloud, AS_OF);
    wire.onBody('"gather', 1, close);
    expect(await optIn()).toEqual(fault('NOT_FOUND'));
    expect(await storedReports(cloud)).toEqual([]);
  });

  it('stays, as it was, for who was faster', async () => {
    const publishAt = new Date(cloud.clock.now() + MINUTE).toISOString();
    dataOf(await cloud.order('report.season', { season: SEASON, publishAt }));
    wire.onBody('"report.close', 1, optIn);
    expect(await close()).toEqual(fault('BAD_REQUEST'));
    expect(await statusOf(cloud)).toMatchObject({ stage: 'open', optedIn: 1, publishAt });
  });
});
