import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { LibrarySystem } from '../../library-systems/library-system';
import { generateReaders } from '../support/loan-years';
import { dataOf, startLocalCloud, type LocalCloud } from '../support/local-cloud';
import { startCountingWire } from './support/counting-wire';
import { changeDocument, readCollection } from './support/read-database';
import {
  beatUntil,
  bindAndOptIn,
  later,
  nextBeat,
  openReports,
  openStored,
  openYear,
  patronOf,
  putImport,
  SEASON,
  startYear,
  statusOf,
  storedReports,
} from './support/report-season';
import { fault } from './support/readers';
import { look } from './support/reports';
import { AS_OF } from './report-engine/support/setting';

jest.setTimeout(180_000);

const MINUTE = 60_000;
const readers = [...generateReaders({ readers: 60, year: 2026, scale: 2, snapshotAt: AS_OF })].map(
  ({ readerId: ref, ...reader }) => ({ ref, ...reader }),
);
const refs = readers.map(({ ref }) => ref);
const book = (loanId: string, title: string) => ({
  ...{ loanId, title, loanedAt: '2026-05-01T10:00:00+08:00', dueAt: '2026-06-01' },
  returnedAt: '2026-05-20T10:00:00+08:00',
});
/** What the library tells of readers that are in no import; undefined: it has no history. */
let history: Record<string, ReturnType<typeof book>[]> | undefined;
/** How it is asked once a card is bound. */
let afterBinding: NonNullable<LibrarySystem['afterBinding']>;
let cloud: LocalCloud;

const wrap = (library: LibrarySystem): LibrarySystem => ({
  ...library,
  get afterBinding() {
    return afterBinding;
  },
  get loans() {
    const { history: _, ...loans } = library.loans!;
    return {
      ...loans,
      list: () => Promise.resolve({ loans: [] }),
      ...(history && {
        history: ({ ref }: { ref: string }) => {
          const items = history?.[ref] ?? [];
          return Promise.resolve({ items, total: items.length });
        },
      }),
    };
  },
});

beforeAll(async () => {
  cloud = await startLocalCloud({ wrap });
}, 120_000);
afterAll(() => cloud.stop());
beforeEach(async () => {
  history = {};
  afterBinding = 'trusted-terminal';
  await cloud.reset();
  await cloud.restart();
  await openYear(cloud, AS_OF);
});

async function publishImport(optedIn: readonly string[]): Promise<void> {
  await putImport(cloud, readers);
  await bindAndOptIn(cloud, optedIn);
  await startYear(cloud);
  await beatUntil(cloud, 'ready');
  dataOf(await cloud.order('report.publish', { season: SEASON }));
}
const stored = async (ref: string) => (await storedReports(cloud)).find(({ owner }) => owner === `o-${ref}`)!;
const totalOf = async (ref: string) => {
  const totals = (await openReports(cloud)).get(`o-${ref}`)?.cards.find(({ kind }) => kind === 'totals');
  return totals && 'loans' in totals ? totals.loans : undefined;
};
const dispute = async (ref: string): Promise<void> => {
  dataOf(await cloud.call('report.dispute', { season: SEASON }, `o-${ref}`));
};

describe('a dispute', () => {
  it('has the library asked, and keeps both versions', async () => {
    await publishImport(['reader-1', 'reader-2']);
    const before = (await openReports(cloud)).get('o-reader-1')!;
    later(cloud, MINUTE);
    history = { 'reader-1': [book('h1', 'One'), book('h2', 'Two')] };
    await dispute('reader-1');
    await nextBeat(cloud);
    const report = await stored('reader-1');
    expect(openStored(cloud, report as never)).toMatchObject({
      version: 2,
      source: 'library',
      sourceCount: 2,
    });
    expect(report).toMatchObject({ state: 'made', step: 'done', version: 2, earlier: [{ version: 1 }] });
    const [version, ...others] = await readCollection<{ _id: string; report: string }>(
      cloud.url(),
      'report_versions',
    );
    expect(others).toEqual([]);
    expect(openStored(cloud, version!, 'report_versions')).toEqual(before);
    // nobody else's changed
    expect(await stored('reader-2')).toMatchObject({ version: 1, earlier: [] });
  });

  it('an open link shows the new version, without what is hidden', async () => {
    await publishImport(['reader-1']);
    const season = SEASON;
    const cards = ['totals', 'firstBook'] as const;
    const { token } = dataOf(await cloud.call('report.share', { season, cards: [...cards] }, 'o-reader-1'));
    expect(dataOf(await look(cloud, token)).cards.map(({ kind }) => kind)).toEqual(cards);
    dataOf(await cloud.call('report.hide', { season, card: 'firstBook', hidden: true }, 'o-reader-1'));
    history = { 'reader-1': [book('h1', 'One')] };
    await dispute('reader-1');
    await nextBeat(cloud);
    expect(dataOf(await look(cloud, token)).cards).toMatchObject([{ kind: 'totals', loans: 1 }]);
    const { link, hidden, report } = dataOf(await cloud.call('report.open', { season }, 'o-reader-1'));
    expect({ link, hidden }).toMatchObject({ link: { token, cards: ['totals'] }, hidden: ['firstBook'] });
    expect(report.version).toBe(2);
  });

  it('an open link ends where nothing of it is in the new version', async () => {
    await publishImport(['reader-1']);
    const share = { season: SEASON, cards: ['totals' as const] };
    const { token } = dataOf(await cloud.call('report.share', share, 'o-reader-1'));
    history = { 'reader-1': [] };
    await dispute('reader-1');
    await nextBeat(cloud);
    expect(await look(cloud, token)).toEqual(fault('NOT_FOUND'));
    const opened = dataOf(await cloud.call('report.open', { season: SEASON }, 'o-reader-1'));
    expect(opened.report).toMatchObject({ version: 2, tier: 'none' });
    expect(opened).not.toHaveProperty('link');
  });

  it('without an answer of the library the import is read again, and a report is never lost', async () => {
    await publishImport(['reader-1']);
    const before = await totalOf('reader-1');
    history = undefined;
    await cloud.restart();
    await dispute('reader-1');
    await nextBeat(cloud);
    expect(await totalOf('reader-1')).toBe(before);
    expect(await stored('reader-1')).toMatchObject({ state: 'made', version: 2 });
  });
});

describe('a dispute that comes to nothing', () => {
  beforeEach(async () => {
    history = { 'reader-1': [book('h1', 'One')] };
    await bindAndOptIn(cloud, ['reader-1']);
    await startYear(cloud);
    await beatUntil(cloud, 'ready');
    dataOf(await cloud.order('report.publish', { season: SEASON }));
    later(cloud, MINUTE);
  });
  const ownOf = async () => dataOf(await cloud.call('report.overview', {}, 'o-reader-1')).own;

  it('says so, is not counted, and leaves the report as it was', async () => {
    history = undefined;
    await cloud.restart();
    await dispute('reader-1');
    expect(await ownOf()).not.toHaveProperty('failed');
    await nextBeat(cloud);
    expect(await stored('reader-1')).toMatchObject({ state: 'made', step: 'done', version: 1, disputes: 0 });
    expect(await ownOf()).toMatchObject({ state: 'made', failed: 'noSource' });
    const opened = dataOf(await cloud.call('report.open', { season: SEASON }, 'o-reader-1'));
    expect(opened).toMatchObject({ disputed: false, disputesLeft: 3, report: { version: 1 } });
    // and is forgotten once another is made
    history = { 'reader-1': [book('h1', 'One'), book('h2', 'Two')] };
    await cloud.restart();
    await dispute('reader-1');
    expect(await ownOf()).not.toHaveProperty('failed');
    await nextBeat(cloud);
    expect(await stored('reader-1')).toMatchObject({ version: 2, disputes: 1 });
    expect(await ownOf()).not.toHaveProperty('failed');
  });

  it('is told apart where the library did not answer', async () => {
    await dispute('reader-1');
    cloud.link.set('offline');
    await cloud.restart();
    for (let i = 0; i < 8; i++) {
      later(cloud, 35 * MINUTE);
      await nextBeat(cloud);
    }
    expect(await stored('reader-1')).toMatchObject({ version: 1, disputes: 0, failed: 'unreachable' });
  });
});

describe('a library that works with sessions, when the reader’s has ended', () => {
  const switchHistoryOn = (): Promise<void> =>
    changeDocument(cloud.url(), 'bindings', 'o-reader-1', { historySince: cloud.clock.now() });
  const ownOf = async () => dataOf(await cloud.call('report.overview', {}, 'o-reader-1')).own;
  const begin = async (): Promise<void> => {
    history = { 'reader-1': [book('h1', 'One')] };
    await cloud.restart();
    await bindAndOptIn(cloud, ['reader-1']);
  };
  const publish = async (): Promise<void> => {
    await startYear(cloud);
    await beatUntil(cloud, 'ready');
    dataOf(await cloud.order('report.publish', { season: SEASON }));
    later(cloud, MINUTE);
  };

  it('never has what was seen here take the place of what the library told', async () => {
    await begin();
    await publish();
    await switchHistoryOn();
    afterBinding = 'session';
    await cloud.restart();
    await dispute('reader-1');
    await nextBeat(cloud);
    const report = await stored('reader-1');
    expect(report).toMatchObject({ state: 'made', step: 'done', version: 1, disputes: 0, failed: 'signIn' });
    expect(await ownOf()).toMatchObject({ state: 'made', failed: 'signIn' });
    const loans = await readCollection<{ _id: string; source: string }>(cloud.url(), 'report_loans');
    expect(loans.map(({ source }) => source)).toEqual(['library']);
  });

  it('does not read the import once more as if the library had been asked', async () => {
    afterBinding = 'session';
    await cloud.restart();
    await publishImport(['reader-1']);
    later(cloud, MINUTE);
    await dispute('reader-1');
    await nextBeat(cloud);
    expect(await stored('reader-1')).toMatchObject({ version: 1, disputes: 0, failed: 'signIn' });
  });

  it('asks the reader to sign in, where nothing else tells', async () => {
    afterBinding = 'session';
    await begin();
    await publish();
    expect(await ownOf()).toMatchObject({ state: 'signIn' });
    expect(await statusOf(cloud)).toMatchObject({ states: { signIn: 1, noSource: 0 } });
  });

  it('makes the first one from what was seen here', async () => {
    afterBinding = 'session';
    await begin();
    await switchHistoryOn();
    await publish();
    expect((await openReports(cloud)).get('o-reader-1')).toMatchObject({ source: 'seen', version: 1 });
  });
});

describe('an import for late readers', () => {
  it('is kept of those only who have opted in and have no report, and makes theirs', async () => {
    history = undefined;
    await cloud.restart();
    await putImport(cloud, readers.slice(0, 30));
    await bindAndOptIn(cloud, ['reader-1', 'reader-40']);
    await startYear(cloud);
    await beatUntil(cloud, 'ready');
    expect(await stored('reader-40')).toMatchObject({ state: 'noSource' });
    const [first] = await readCollection<{ _id: string; loans: string }>(cloud.url(), 'report_loans');
    await putImport(cloud, readers);
    const left = await readCollection<{ _id: string; patron: string; loans: string }>(
      cloud.url(),
      'report_loans',
    );
    expect(new Set(left.map(({ patron }) => patron))).toEqual(
      new Set([patronOf(cloud, 'reader-1'), patronOf(cloud, 'reader-40')]),
    );
    expect(left.some(({ loans }) => loans === first!.loans)).toBe(true);
    await nextBeat(cloud);
    expect(await totalOf('reader-40')).toBe(readers[40]!.loans.length);
    expect(await statusOf(cloud)).toMatchObject({ counted: 30, lateImports: 1 });
    // the same file once more, for somebody who comes later still
    await bindAndOptIn(cloud, ['reader-50']);
    await nextBeat(cloud);
    expect(await stored('reader-50')).toMatchObject({ state: 'noSource' });
    await putImport(cloud, readers);
    await nextBeat(cloud);
    expect(await totalOf('reader-50')).toBe(readers[50]!.loans.length);
    expect(await stored('reader-1')).toMatchObject({ version: 1 });
  });

  it('before the count takes the place of the one before', async () => {
    await putImport(cloud, readers.slice(0, 30));
    const id = await putImport(cloud, readers.slice(20, 60));
    expect(await statusOf(cloud)).toMatchObject({ import: { id, readers: 40 } });
    const left = await readCollection<{ _id: string; import: string }>(cloud.url(), 'report_loans');
    expect(new Set(left.map((one) => one.import))).toEqual(new Set([id]));
    await startYear(cloud);
    await beatUntil(cloud, 'ready');
    expect((await statusOf(cloud)).counted).toBe(40);
  });

  it('one that is not whole is never used', async () => {
    const part = { season: SEASON, import: 'abcdef0123456789', part: 0 };
    dataOf(await cloud.order('report.putLoans', { ...part, readers: readers.slice(0, 5) }));
    expect(await statusOf(cloud)).toMatchObject({ import: { readers: 5, whole: false } });
    await bindAndOptIn(cloud, ['reader-1']);
    await startYear(cloud);
    await beatUntil(cloud, 'ready');
    expect((await openReports(cloud)).get('o-reader-1')).toMatchObject({ source: 'library', sourceCount: 0 });
    expect(await statusOf(cloud)).toMatchObject({ counted: 0 });
    expect(await readCollection(cloud.url(), 'report_loans')).toHaveLength(1);
  });
});

describe('loans of one reader that do not open any more', () => {
  /** As if their key had left the ring. */
  const close = async (ref: string): Promise<void> => {
    const kept = await readCollection<{ _id: string; patron: string }>(cloud.url(), 'report_loans');
    for (const { _id, patron } of kept)
      if (patron === patronOf(cloud, ref))
        await changeDocument(cloud.url(), 'report_loans', _id, { loans: 'k0:gone' });
  };

  it('keep nobody else’s year from being counted and made', async () => {
    await putImport(cloud, readers);
    await bindAndOptIn(cloud, ['reader-1', 'reader-2']);
    await close('reader-1');
    await startYear(cloud);
    await beatUntil(cloud, 'ready');
    expect(await stored('reader-1')).toMatchObject({ state: 'noSource', step: 'done' });
    expect(await totalOf('reader-2')).toBe(readers[2]!.loans.length);
    expect(await statusOf(cloud)).toMatchObject({ counted: readers.length - 1 });
    expect(cloud.logs.join()).toMatch(/"reports\.closed":[12]/);
  });

  it('leave the report that was made of them, and nobody else without an answer', async () => {
    history = undefined;
    await cloud.restart();
    await publishImport(['reader-1', 'reader-2']);
    await close('reader-1');
    await dispute('reader-1');
    await dispute('reader-2');
    await nextBeat(cloud);
    expect(await stored('reader-1')).toMatchObject({ state: 'made', version: 1, failed: 'noSource' });
    expect(await stored('reader-2')).toMatchObject({ state: 'made', version: 2 });
    const books = await cloud.call('report.books', { season: SEASON }, 'o-reader-1');
    expect(books).toEqual(fault('NOT_FOUND'));
  });
});

it('opting out in the middle of computing leaves nothing, and the others are made', async () => {
  const own = await startLocalCloud({ wrap });
  const wire = await startCountingWire(() => own.url());
  try {
    await openYear(own, AS_OF);
    await putImport(own, readers);
    await bindAndOptIn(own, refs);
    await startYear(own);
    await own.restart({ TCB_CONTEXT_CNFG: JSON.stringify({ URL: wire.url }) });
    const leaving = ['reader-5', 'reader-55'];
    let left: Promise<unknown> | undefined;
    // reports are written one by one: after some of them
    wire.onBody('"made', 10, () => {
      left = Promise.all(leaving.map((ref) => own.call('cards.unbind', {}, `o-${ref}`)));
      return left;
    });
    await beatUntil(own, 'ready');
    expect(await left).toEqual([
      { ok: true, data: {} },
      { ok: true, data: {} },
    ]);
    const owners = (await storedReports(own)).map(({ owner }) => owner);
    const staying = refs.filter((ref) => !leaving.includes(ref));
    expect(owners.sort()).toEqual(staying.map((ref) => `o-${ref}`).sort());
    const loans = await readCollection<{ _id: string; patron: string }>(own.url(), 'report_loans');
    for (const ref of leaving) expect(loans.map(({ patron }) => patron)).not.toContain(patronOf(own, ref));
  } finally {
    await wire.close();
    await own.stop();
  }
});

describe('publication', () => {
  it('comes at the moment that was set, once all is ready', async () => {
    const publishAt = new Date(cloud.clock.now() + 30 * MINUTE).toISOString();
    dataOf(await cloud.order('report.season', { season: SEASON, publishAt }));
    await bindAndOptIn(cloud, ['reader-1']);
    await startYear(cloud);
    await beatUntil(cloud, 'ready');
    await nextBeat(cloud);
    expect(await statusOf(cloud)).toMatchObject({ stage: 'ready', publishAt });
    later(cloud, 30 * MINUTE);
    await nextBeat(cloud);
    expect((await statusOf(cloud)).stage).toBe('published');
  });

  it('that is taken back does not come back by itself', async () => {
    const publishAt = new Date(cloud.clock.now()).toISOString();
    dataOf(await cloud.order('report.season', { season: SEASON, publishAt }));
    await startYear(cloud);
    await beatUntil(cloud, 'published');
    const taken = dataOf(await cloud.order('report.withdraw', { season: SEASON }));
    expect(taken.stage).toBe('ready');
    expect(taken).not.toHaveProperty('publishAt');
    await nextBeat(cloud);
    expect((await statusOf(cloud)).stage).toBe('ready');
    dataOf(await cloud.order('report.publish', { season: SEASON }));
    expect((await statusOf(cloud)).stage).toBe('published');
  });
});

it('the year of fewer than fifty readers is told to nobody, not as a title’s borrowers either', async () => {
  await putImport(cloud, readers.slice(0, 49));
  await bindAndOptIn(cloud, [refs[0]!]);
  await startYear(cloud);
  await beatUntil(cloud, 'ready');
  const { cards, withheld } = (await openReports(cloud)).get(`o-${refs[0]!}`)!;
  expect(cards.map(({ kind }) => kind)).not.toContain('popularity');
  expect(withheld['popularity']).toBe('noLibraryYear');
  const preview = dataOf(await cloud.order('report.preview', { season: SEASON }));
  expect(preview).not.toHaveProperty('year');
  expect(preview.withoutYear).toBe('tooFew');
  const figures = await readCollection<{ _id: string; name: string }>(cloud.url(), 'report_figures');
  expect(figures.filter(({ name }) => name === 'year' || name === 'borrowers')).toEqual([]);
});

it('without an import the loans of those who opted in are not told as the library’s', async () => {
  // as many as would be a year of a library
  history = Object.fromEntries(
    refs.map((ref) => [ref, Array.from({ length: 6 }, (_, i) => book(`${ref}.${i}`, `Title ${i}`))]),
  );
  await bindAndOptIn(cloud, refs);
  await startYear(cloud);
  await beatUntil(cloud, 'ready');
  const { source, cards, withheld } = (await openReports(cloud)).get(`o-${refs[0]!}`)!;
  expect(source).toBe('library');
  expect(withheld).toMatchObject({ popularity: 'noLibraryYear', percentile: 'noLibraryYear' });
  // what is on the shelf can still be recommended
  expect(cards.map(({ kind }) => kind)).toContain('nextThree');
  const preview = dataOf(await cloud.order('report.preview', { season: SEASON }));
  expect(preview).toMatchObject({ made: refs.length, withoutYear: 'noImport' });
  expect(preview).not.toHaveProperty('year');
  expect(await statusOf(cloud)).toMatchObject({ counted: 0 });
});
