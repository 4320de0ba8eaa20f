import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import * as v from 'valibot';
import type { ReaderAction } from '../../contracts';
import { spanOf } from '../../cloudfunctions/features/report/season-span';
import { ReportBooksOutput, ReportOpenOutput, ReportOverviewOutput } from '../../contracts/report/actions';
import type { Stage } from '../../cloudfunctions/stores/report-seasons';
import { listBooks } from '../../cloudfunctions/features/report/engine/list-books';
import { posterOf } from '../../cloudfunctions/features/report/engine/show-to-others';
import { dataOf, startLocalCloud, type LocalCloud } from '../support/local-cloud';
import { AS_OF, manyLoans, readingOf, reportOf } from './report-engine/support/setting';
import { bind, fault, READERS } from './support/readers';
import { LOANS, openReports, SEASON, type Reports } from './support/reports';

jest.setTimeout(120_000);

let cloud: LocalCloud;
let reports: Reports;

beforeAll(async () => {
  cloud = await startLocalCloud();
  reports = await openReports(cloud);
}, 120_000);
afterAll(() => cloud.stop());

const overview = async (openid: string) =>
  v.parse(ReportOverviewOutput, dataOf(await cloud.call('report.overview', {}, openid)));
const optIn = async (openid: string, sensitive = false) =>
  dataOf(await cloud.call('report.optIn', { sensitive }, openid));
const open = (openid: string, season?: string) =>
  cloud.call('report.open', season === undefined ? {} : { season }, openid);
const dispute = async (openid: string) =>
  dataOf(await cloud.call('report.dispute', { season: SEASON }, openid));
const window = { kind: 'calendar', year: 2026, from: '2026-01-01', to: '2026-12-31' };

describe('opting in', () => {
  it('needs a card', async () => {
    for (const [action, input] of [
      ['report.overview', {}],
      ['report.optIn', {}],
      ['report.optOut', { confirm: true }],
    ] as const) {
      expect(await cloud.send({ action, input }, 'o-nobody')).toEqual(fault('CARD_NOT_BOUND'));
    }
  });

  it('needs a year that the library has opened', async () => {
    await bind(cloud, 'twenty', 'o-1');
    expect(await overview('o-1')).toEqual({
      ...{ sources: { library: true, seen: false }, past: [], hasReports: false },
    });
    expect(await cloud.call('report.optIn', {}, 'o-1')).toEqual(fault('NOT_FOUND'));
    expect(await open('o-1')).toEqual(fault('NOT_FOUND'));
  });

  it('is for the newest year, once, whoever asks at once; asking again changes what keywords may speak of', async () => {
    await reports.putSeason({ _id: 'calendar-2025', stage: 'open' });
    await reports.putSeason({ stage: 'open', openedAt: 1, publishAt: Date.parse('2027-01-10T00:00:00Z') });
    expect((await overview('o-1')).season).toEqual({
      ...{ id: SEASON, window, stage: 'collecting', publishAt: '2027-01-10T00:00:00.000Z' },
    });
    await Promise.all(Array.from({ length: 10 }, () => optIn('o-1')));
    const first = await reports.find('o-1');
    expect(first).toMatchObject({
      step: 'gather',
      tries: 0,
      state: 'waiting',
      disputes: 0,
      sensitive: false,
    });
    expect(first.due).toBe(first.since);
    expect(JSON.stringify(first)).not.toContain(`"${READERS.twenty.ref}"`);
    expect(first.patron).toMatch(/^[\w-]{43}$/);
    cloud.clock.set(cloud.clock.now() + 60_000);
    const { own } = await optIn('o-1', true);
    // how far it is, is told when the year has been collected
    expect(own).toEqual({ since: new Date(first.since).toISOString(), sensitive: true });
    const { changedAt, expiresAt, ...same } = await reports.find('o-1');
    expect({ ...first, ...same }).toEqual({ ...first, sensitive: true });
    expect(expiresAt - changedAt).toBe(first.expiresAt - first.changedAt);
    expect(changedAt).toBeGreaterThan(first.changedAt);
  });

  it.each<[Stage, string]>([
    ['open', 'collecting'],
    ['gathering', 'collecting'],
    ['counting', 'making'],
    ['discarding', 'making'],
    ['computing', 'making'],
    ['ready', 'making'],
    ['published', 'published'],
  ])('is told in the stage %s that the year is %s', async (stage, told) => {
    await reports.putSeason({ stage });
    const { season, own } = await overview('o-1');
    expect(season?.stage).toBe(told);
    expect(own?.state).toBe(told === 'collecting' ? undefined : 'waiting');
  });

  it('says why there is none, in the library’s words where it refuses', async () => {
    await reports.end('o-1', 'denied', '请到服务台');
    expect((await overview('o-1')).own).toMatchObject({ state: 'denied', libraryText: '请到服务台' });
    expect(await open('o-1', SEASON)).toEqual(fault('NOT_FOUND'));
  });
});

describe('a report', () => {
  beforeAll(async () => {
    await bind(cloud, 'none', 'o-2');
    await optIn('o-2');
    await reports.keepLoans('o-2', LOANS);
    await reports.make('o-2');
  });

  it('is opened by its owner once its year is published, and not before', async () => {
    await reports.putSeason({ stage: 'ready' });
    expect((await overview('o-2')).own).toMatchObject({ state: 'made' });
    expect((await overview('o-2')).past).toEqual([]);
    expect(await open('o-2', SEASON)).toEqual(fault('NOT_FOUND'));
    await reports.putSeason();
    const report = reportOf(LOANS);
    const opened = dataOf(await open('o-2', SEASON));
    expect(v.parse(ReportOpenOutput, opened)).toEqual(opened);
    expect(opened).toEqual({
      ...{ season: SEASON, report, earlier: [], hidden: [], poster: posterOf(report) },
      ...{ disputed: false, disputesLeft: 3, madeAt: expect.any(String) },
    });
    expect((await overview('o-2')).past).toEqual([{ season: SEASON, window, madeAt: opened.madeAt }]);
  });

  it('is that of the newest year that has one, where none is named', async () => {
    await reports.putSeason({ _id: 'calendar-2027', openedAt: Date.parse('2027-11-01T00:00:00Z') });
    expect(dataOf(await open('o-2')).season).toBe(SEASON);
    await optIn('o-2');
    expect(dataOf(await open('o-2')).season).toBe(SEASON);
    await reports.make('o-2', [], { season: 'calendar-2027' });
    expect(dataOf(await open('o-2'))).toMatchObject({ season: 'calendar-2027', report: { tier: 'none' } });
    expect((await overview('o-2')).past.map(({ season }) => season)).toEqual(['calendar-2027', SEASON]);
    await reports.removeSeason('calendar-2027');
    await reports.putSeason();
    expect(dataOf(await open('o-2')).season).toBe(SEASON);
  });

  it('stays before the reader while the next year collects, which is offered beside it', async () => {
    const next = 'academic-2026';
    // opened before the other, as when a year is opened late: the window counts
    await reports.putSeason({ _id: next, stage: 'open', openedAt: 1 });
    const before = await overview('o-2');
    expect(before).toMatchObject({ season: { id: SEASON }, own: { state: 'made' }, hasReports: true });
    expect(before.next).toEqual({ id: next, window: spanOf(next).window });
    const ask = (season: string) => cloud.call('report.optIn', { season }, 'o-2');
    expect(await ask('calendar-2024')).toEqual(fault('NOT_FOUND'));
    const after = v.parse(ReportOverviewOutput, dataOf(await ask(next)));
    expect(after).toMatchObject({
      season: { id: SEASON },
      next: { id: next, own: { since: expect.any(String) } },
    });
    expect(await reports.find('o-2', next)).toMatchObject({ state: 'waiting', season: next });
    await reports.putSeason({ _id: next, stage: 'computing', openedAt: 1 });
    const making = await overview('o-2');
    expect(making).toMatchObject({ season: { id: next, stage: 'making' }, hasReports: true });
    expect(making.next).toBeUndefined();
    await reports.removeSeason(next);
    await reports.documents.remove(`o-2:${next}`);
    await reports.putSeason();
  });

  it('gives the list of its books, page by page, as it counts them', async () => {
    const whole = listBooks(LOANS, readingOf());
    const page = async (n: number) =>
      v.parse(
        ReportBooksOutput,
        dataOf(await cloud.call('report.books', { season: SEASON, page: n, pageSize: 5 }, 'o-2')),
      );
    const pages = [await page(1), await page(2), await page(3), await page(4)];
    expect(pages.map(({ total, page: n }) => [total, n])).toEqual([1, 2, 3, 4].map((n) => [12, n]));
    expect(pages.flatMap(({ items }) => items)).toEqual(whole);
    expect(pages[3]!.items).toEqual([]);
  });

  it('lists the books of an import from the day on from which it is complete', async () => {
    await bind(cloud, 'substitute', 'o-imported');
    await optIn('o-imported');
    await reports.keepLoans('o-imported', LOANS, { source: 'import', import: { id: 'i1', part: 0 } });
    await reports.make('o-imported', LOANS, { since: '2026-01-10' });
    const books = () => cloud.call('report.books', { season: SEASON }, 'o-imported');
    // of an import that is not the one that counts, nothing is known
    expect(await books()).toEqual(fault('NOT_FOUND'));
    await reports.putSeason({ import: { id: 'i1', readers: 1, loans: 12 }, importSince: '2026-01-10' });
    const { items } = dataOf(await books());
    expect(items).toEqual(listBooks(LOANS, readingOf({ since: '2026-01-10' })));
    expect(items[0]!.on).toBe('2026-01-10');
    await reports.putSeason();
  });

  it('says that its books are not to be had any more, rather than that there were none', async () => {
    const { patron } = await reports.find('o-2');
    await reports.loans.removeWhere({ patron });
    expect(await cloud.call('report.books', { season: SEASON }, 'o-2')).toEqual(fault('NOT_FOUND'));
    expect(dataOf(await open('o-2')).report.cards).not.toEqual([]);
  });
});

describe('a dispute', () => {
  it('keeps the report that there is until the new one takes its place, and both afterwards', async () => {
    const before = dataOf(await open('o-2')).report;
    expect(await dispute('o-2')).toEqual({ left: 2 });
    expect(await reports.find('o-2')).toMatchObject({ step: 'gather', tries: 0, state: 'made', disputes: 1 });
    expect(dataOf(await open('o-2'))).toMatchObject({ report: before, disputed: true, disputesLeft: 2 });
    const more = manyLoans(14);
    await reports.make('o-2', more);
    const { report, earlier, disputed } = dataOf(await open('o-2'));
    expect({ report, disputed }).toEqual({ report: { ...reportOf(more), version: 2 }, disputed: false });
    const asOf = new Date(AS_OF).toISOString();
    expect(earlier).toEqual([{ version: 1, asOf, madeAt: expect.any(String) }]);
    const version = (n: number) => cloud.call('report.version', { season: SEASON, version: n }, 'o-2');
    expect(dataOf(await version(1))).toEqual({ report: before, madeAt: earlier[0]!.madeAt });
    for (const n of [2, 3, 99]) expect(await version(n)).toEqual(fault('NOT_FOUND'));
  });

  it('is made once by all who ask at once, three times a year, and then refused', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => dispute('o-2')));
    expect(answers).toEqual(answers.map(() => ({ left: 1 })));
    await reports.make('o-2', manyLoans(15));
    expect(await dispute('o-2')).toEqual({ left: 0 });
    expect(await dispute('o-2')).toEqual({ left: 0 });
    await reports.make('o-2', manyLoans(16));
    expect(await dispute('o-2')).toEqual({ left: 0, refused: 'TOO_MANY' });
    const { version, disputes, step } = await reports.find('o-2');
    expect({ version, disputes, step }).toEqual({ version: 4, disputes: 3, step: 'done' });
    expect(dataOf(await open('o-2')).earlier.map((one) => one.version)).toEqual([3, 2, 1]);
  });

  it.each(['noSource', 'signIn', 'unreachable', 'denied'] as const)(
    'of %s looks again and does not count',
    async (state) => {
      await reports.end('o-1', state, '请到服务台');
      expect(await dispute('o-1')).toEqual({ left: 3 });
      const asked = await reports.find('o-1');
      expect(asked).toMatchObject({ step: 'gather', tries: 0, state: 'waiting', disputes: 0 });
      expect(asked).not.toHaveProperty('libraryText');
      expect(asked.due).toEqual(expect.any(Number));
    },
  );

  it('is about what its reader has seen: not before the year is published', async () => {
    await reports.make('o-1');
    await reports.putSeason({ stage: 'ready' });
    expect(await cloud.call('report.dispute', { season: SEASON }, 'o-1')).toEqual(fault('NOT_FOUND'));
    await reports.putSeason();
    expect(await dispute('o-1')).toEqual({ left: 2 });
  });
});

describe('whoever asks', () => {
  const named: [ReaderAction, object][] = [
    ['report.open', { season: SEASON }],
    ['report.version', { season: SEASON, version: 1 }],
    ['report.books', { season: SEASON }],
    ['report.hide', { season: SEASON, card: 'totals', hidden: true }],
    ['report.share', { season: SEASON, cards: ['totals'] }],
    ['report.code', { season: SEASON }],
    ['report.dispute', { season: SEASON }],
  ];

  it('gets nothing of anybody else’s, whatever stands in the event', async () => {
    const before = await reports.find('o-2');
    for (const openid of ['o-stranger', 'o-other']) {
      if (openid === 'o-other') await bind(cloud, 'staff', openid);
      for (const [action, input] of named) {
        const event = { action, input: { ...input, openid: 'o-2', owner: 'o-2' }, openid: 'o-2' };
        expect({ action, answer: await cloud.send(event, openid) }).toEqual({
          ...{ action, answer: fault('NOT_FOUND') },
        });
      }
      expect(await cloud.call('report.revoke', { season: SEASON }, openid)).toEqual({ ok: true, data: {} });
    }
    expect(await cloud.call('report.optOut', { confirm: true }, 'o-other')).toMatchObject({ ok: true });
    expect(await reports.find('o-2')).toEqual(before);
  });

  it('is told when the year is none', async () => {
    for (const [action, input] of named) {
      const event = { action, input: { ...input, season: 'academic-2031' } };
      expect({ action, answer: await cloud.send(event, 'o-2') }).toEqual({
        ...{ action, answer: fault('NOT_FOUND') },
      });
    }
  });

  it.each<[ReaderAction, object]>([
    ['report.optIn', { sensitive: 'yes' }],
    ['report.optOut', {}],
    ['report.optOut', { confirm: 'true' }],
    ['report.open', { season: '2026' }],
    ['report.open', { season: 'calendar-2026:1' }],
    ['report.open', { season: { $gt: '' } }],
    ['report.version', { season: SEASON, version: 0 }],
    ['report.version', { season: SEASON, version: 1.5 }],
    ['report.version', { season: SEASON, version: '1:x' }],
    ['report.books', { season: SEASON, page: 0 }],
    ['report.books', { season: SEASON, pageSize: 51 }],
    ['report.hide', { season: SEASON, card: 'how', hidden: true }],
    ['report.hide', { season: SEASON, card: 'totals' }],
    ['report.share', { season: SEASON, cards: [] }],
    ['report.share', { season: SEASON, cards: ['totals', '__proto__'] }],
    ['report.share', { season: SEASON, cards: Array.from({ length: 18 }, () => 'totals') }],
    ['report.revoke', {}],
    ['report.code', { season: SEASON, envVersion: 'beta' }],
    ['report.dispute', { season: null }],
  ])('%s is refused %j', async (action, input) => {
    expect(await cloud.send({ action, input }, 'o-2')).toEqual(fault('BAD_REQUEST'));
  });

  it('may change only so much in a while', async () => {
    const answers = [];
    for (let i = 0; i < 202; i++)
      answers.push(await cloud.call('report.revoke', { season: SEASON }, 'o-eager'));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(200);
    expect(answers.at(-1)).toEqual(fault('BUSY', true));
  });
});

it('says that it does not know what the library tells while the library is away, and says all the rest', async () => {
  const { sources: _, ...before } = await overview('o-2');
  cloud.link.set('offline');
  await cloud.restart();
  expect(await overview('o-2')).toEqual({ ...before, sources: { seen: false } });
  expect(dataOf(await open('o-2')).report.version).toBe(4);
});
