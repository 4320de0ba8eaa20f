import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { LibraryFault } from '../../library-systems/library-fault';
import type { LibrarySystem } from '../../library-systems/library-system';
import { dataOf, startLocalCloud, type LocalCloud } from '../support/local-cloud';
import { bind, READERS, type ReaderName } from './support/readers';
import { changeDocument, readCollection, removeDocument } from './support/read-database';
import {
  beatUntil,
  later,
  nextBeat,
  openReports,
  optInBound,
  patronOf,
  SEASON,
  startYear,
  statusOf,
  storedReports,
} from './support/report-season';

jest.setTimeout(180_000);

const MINUTE = 60_000;
let cloud: LocalCloud;
/** What is done before the library answers. */
let before: (() => Promise<void> | void) | undefined;
const asked = new Set<string>();
let hasHistory = true;
let refused: string | undefined;

const wrap = (library: LibrarySystem): LibrarySystem => ({
  ...library,
  get loans() {
    const { history, ...loans } = library.loans!;
    const around: typeof history = async (access, page) => {
      asked.add(access.ref);
      await before?.();
      if (access.ref === refused) return { denied: { code: 'CARD_LOST', libraryText: '读者证已挂失' } };
      return history!(access, page);
    };
    return hasHistory ? { ...loans, history: around } : loans;
  },
});

beforeAll(async () => {
  cloud = await startLocalCloud({ wrap });
}, 120_000);
afterAll(() => cloud.stop());
beforeEach(async () => {
  await cloud.reset();
  asked.clear();
  before = undefined;
  hasHistory = true;
  refused = undefined;
  dataOf(await cloud.order('report.season', { season: SEASON }));
});

async function optIn(...names: ReaderName[]): Promise<void> {
  for (const name of names) await bind(cloud, name, `o-${name}`);
  await optInBound(
    cloud,
    names.map((name) => `o-${name}`),
  );
}
const made = async () => Object.fromEntries(await openReports(cloud));
const stateOf = async (name: ReaderName) =>
  (await storedReports(cloud)).find(({ owner }) => owner === `o-${name}`);

/** All loans that the library tells of a reader, in the year so far. */
async function loansOf(name: ReaderName): Promise<number> {
  const access = { ref: READERS[name].ref };
  const open = await cloud.library.loans!.list(access);
  const past = await cloud.library.loans!.history!(access, { page: 1, pageSize: 1_000 });
  if ('denied' in open || 'denied' in past) throw new Error('denied');
  return [...open.loans, ...past.items].filter(({ loanedAt = '' }) => loanedAt.startsWith('2026')).length;
}

describe('from the library’s own records', () => {
  it('a year goes its whole way, and nothing is published by itself', async () => {
    await optIn('twenty', 'department', 'none');
    expect(await nextBeat(cloud)).toEqual({ done: true });
    expect(await statusOf(cloud)).toMatchObject({
      stage: 'open',
      optedIn: 3,
      states: { waiting: 3, made: 0 },
    });
    await startYear(cloud);
    await beatUntil(cloud, 'ready');
    const reports = await made();
    for (const name of ['twenty', 'department', 'none'] as const) {
      const totals = reports[`o-${name}`]!.cards.find(({ kind }) => kind === 'totals');
      const expected = await loansOf(name);
      expect(reports[`o-${name}`]).toMatchObject({ source: 'library', version: 1 });
      expect(totals && 'loans' in totals ? totals.loans : 0).toBe(expected);
    }
    expect(await statusOf(cloud)).toMatchObject({
      stage: 'ready',
      counted: 0,
      states: { made: 3, waiting: 0 },
    });
    await nextBeat(cloud);
    expect((await statusOf(cloud)).stage).toBe('ready');
    dataOf(await cloud.order('report.publish', { season: SEASON }));
    expect((await statusOf(cloud)).stage).toBe('published');
  });

  it('who opts in after the publication gets a report within a beat, of the same snapshot', async () => {
    await optIn('twenty');
    await startYear(cloud);
    await beatUntil(cloud, 'ready');
    dataOf(await cloud.order('report.publish', { season: SEASON }));
    const { asOf } = (await made())['o-twenty']!;
    later(cloud, 40 * MINUTE);
    await optIn('staff');
    await nextBeat(cloud);
    expect((await made())['o-staff']).toMatchObject({ asOf, source: 'library' });
    expect(await statusOf(cloud)).toMatchObject({ stage: 'published', counted: 0, states: { made: 2 } });
  });

  it('what the library refuses is told in its words; the others are made', async () => {
    await optIn('twenty', 'staff');
    refused = READERS.staff.ref;
    await startYear(cloud);
    await beatUntil(cloud, 'ready');
    expect(Object.keys(await made())).toEqual(['o-twenty']);
    expect(await stateOf('staff')).toMatchObject({
      ...{ state: 'denied', libraryText: '读者证已挂失', step: 'done' },
    });
    expect(await statusOf(cloud)).toMatchObject({ states: { denied: 1, made: 1 } });
  });

  it('whoever opts out while the library is asked leaves nothing', async () => {
    await optIn('twenty');
    await startYear(cloud);
    before = async () => {
      before = undefined;
      dataOf(await cloud.call('cards.unbind', {}, 'o-twenty'));
    };
    await beatUntil(cloud, 'ready');
    expect(asked.size).toBe(1);
    for (const name of ['reports', 'report_loans', 'report_versions', 'report_shares'])
      expect([name, await readCollection(cloud.url(), name)]).toEqual([name, []]);
  });

  it('whoever erases everything while the library is asked leaves nothing', async () => {
    await optIn('twenty');
    await startYear(cloud);
    before = async () => {
      before = undefined;
      dataOf(await cloud.call('privacy.erase', { confirm: true }, 'o-twenty'));
    };
    await beatUntil(cloud, 'ready');
    for (const name of ['reports', 'report_loans', 'report_versions', 'report_shares'])
      expect([name, await readCollection(cloud.url(), name)]).toEqual([name, []]);
  });

  it('a report whose binding is gone is removed, not made for another card', async () => {
    await optIn('twenty', 'staff');
    await changeDocument(cloud.url(), 'bindings', 'o-twenty', { bindingId: 'another' });
    await removeDocument(cloud.url(), 'bindings', 'o-staff');
    await startYear(cloud);
    await beatUntil(cloud, 'ready');
    expect(await storedReports(cloud)).toEqual([]);
  });
});

describe('a library that does not answer', () => {
  it('is not asked for one reader after the other, and nobody is lost when it comes back', async () => {
    const names = [
      'twenty',
      'department',
      'none',
      'promoted',
      'debtor',
      'hard',
      'waiting',
      'expiring',
    ] as const;
    await optIn(...names);
    await startYear(cloud);
    before = () => {
      throw new LibraryFault('UNREACHABLE', 'away');
    };
    await nextBeat(cloud);
    // the platform's own timer may have made a beat beside: each asks for one round and no more
    const rounds = cloud.logs.flatMap((line) => /"reports\.fault":(\d+)/.exec(line)?.[1] ?? []);
    expect(rounds.length).toBeGreaterThan(0);
    expect(rounds.map(Number).filter((count) => count > 5)).toEqual([]);
    expect(await statusOf(cloud)).toMatchObject({ stage: 'gathering', states: { waiting: 8 } });
    expect((await statusOf(cloud)).trouble).toBeDefined();
    before = undefined;
    later(cloud, 5 * MINUTE);
    await beatUntil(cloud, 'ready');
    expect(Object.keys(await made())).toHaveLength(8);
    expect(await statusOf(cloud)).not.toHaveProperty('trouble');
  });

  it('for hours: the reader is told so, and the year goes on', async () => {
    await optIn('twenty');
    await startYear(cloud);
    cloud.link.set('offline');
    for (let i = 0; i < 8; i++) {
      later(cloud, 35 * MINUTE);
      await nextBeat(cloud);
    }
    await beatUntil(cloud, 'ready');
    expect(await statusOf(cloud)).toMatchObject({ states: { unreachable: 1 }, counted: 0 });
    expect(await stateOf('twenty')).toMatchObject({ state: 'unreachable', step: 'done' });
  });

  it('slowly: five seconds for each answer are waited for', async () => {
    await optIn('twenty', 'staff');
    before = () => new Promise((resolve) => setTimeout(resolve, 5_000));
    await startYear(cloud);
    await beatUntil(cloud, 'ready');
    expect(Object.keys(await made()).sort()).toEqual(['o-staff', 'o-twenty']);
  });
});

describe('a library without a history', () => {
  it('what was seen here is the source, from the day on which the reader switched it on', async () => {
    hasHistory = false;
    await cloud.restart();
    await bind(cloud, 'twenty', 'o-twenty');
    dataOf(await cloud.call('history.switch', { on: true }, 'o-twenty'));
    dataOf(await cloud.call('loans.list', {}, 'o-twenty'));
    await optInBound(cloud, ['o-twenty']);
    await startYear(cloud);
    await beatUntil(cloud, 'ready');
    const since = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(cloud.clock.now());
    expect((await made())['o-twenty']).toMatchObject({ source: 'seen', since });
  });

  it('without ours either there is no report, and the reader is told why', async () => {
    hasHistory = false;
    await cloud.restart();
    await optIn('twenty');
    await startYear(cloud);
    await beatUntil(cloud, 'ready');
    expect(await stateOf('twenty')).toMatchObject({ state: 'noSource', step: 'done' });
    expect(await readCollection(cloud.url(), 'report_loans')).toEqual([]);
  });
});

it('what is kept of a reader lies under a keyed hash, sealed, without names or numbers of the library', async () => {
  await optIn('twenty');
  await startYear(cloud);
  await beatUntil(cloud, 'ready');
  const text = JSON.stringify([
    await storedReports(cloud),
    await readCollection(cloud.url(), 'report_loans'),
    await readCollection(cloud.url(), 'report_seasons'),
  ]);
  expect(text).toContain(patronOf(cloud, READERS.twenty.ref));
  for (const secret of [READERS.twenty.cardNumber, READERS.twenty.name, '"title"', '"loanId"'])
    expect(text).not.toContain(secret);
  const line = cloud.logs.filter((one) => one.includes('"action":"report"')).join('\n');
  expect(line).not.toMatch(/o-twenty|calendar/);
});
