import { describe, expect, it } from '@jest/globals';
import { LibraryYear } from '../../contracts/report/library-year';
import type { Report } from '../../contracts/report/report';
import * as v from 'valibot';
import { generateReaders } from '../support/loan-years';
import { dataOf, startLocalCloud, type LocalCloud } from '../support/local-cloud';
import { KEYWORDS } from './report-engine/support/keywords';
import { plainCards, plainLibrary } from './report-engine/support/plain-report';
import { readCollection } from './support/read-database';
import {
  beatUntil,
  bindAndOptIn,
  openReports,
  openYear,
  patronOf,
  putImport,
  SEASON,
  startYear,
  statusOf,
} from './support/report-season';
import { AS_OF } from './report-engine/support/setting';

jest.setTimeout(180_000);

const [FROM, TO] = ['2026-01-01', '2026-12-31'];
/** So many opt in; the library's figures speak of all. */
const OPTED_IN = 200;
const ALL = 320;
const readers = [...generateReaders({ readers: ALL, year: 2026, years: 2, scale: 2.5, snapshotAt: AS_OF })];
const imported = readers.map(({ readerId: ref, ...reader }) => ({ ref, ...reader }));
/** Not the first ones, so that it matters who opted in. */
const mine = readers.slice(ALL - OPTED_IN);
const plain = plainLibrary(readers, FROM, TO);

let cloud: LocalCloud;
let reports: Map<string, Report>;

beforeAll(async () => {
  cloud = await startLocalCloud();
  await openYear(cloud, AS_OF);
  await putImport(cloud, imported);
  await bindAndOptIn(
    cloud,
    mine.map(({ readerId }) => readerId),
  );
  await startYear(cloud);
  await beatUntil(cloud, 'ready');
  reports = await openReports(cloud);
}, 180_000);
afterAll(() => cloud.stop());

const withoutHow = (report: Report) =>
  Object.fromEntries(
    report.cards
      .filter(({ kind }) => !['persona', 'nextThree', 'libraryYear'].includes(kind))
      .map(({ kind, how: _, ...numbers }) => [kind, numbers]),
  );

describe('the reports of an import', () => {
  it('are there for all who opted in, one each, and for nobody else', async () => {
    expect([...reports.keys()].sort()).toEqual(mine.map(({ readerId }) => `o-${readerId}`).sort());
    expect(await statusOf(cloud)).toMatchObject({
      ...{ stage: 'ready', optedIn: OPTED_IN, counted: ALL },
      states: { waiting: 0, made: OPTED_IN, noSource: 0, signIn: 0, unreachable: 0, denied: 0 },
      import: { readers: ALL, whole: true },
    });
  });

  it('hold the numbers of an independent computation', () => {
    const seen = new Set<string>();
    for (const { readerId, readerType, loans } of mine) {
      const report = reports.get(`o-${readerId}`)!;
      expect(report).toMatchObject({ source: 'import', version: 1, sourceCount: loans.length });
      const expected = plainCards({
        ...{ loans, gate: undefined, readerType, from: FROM, to: TO, snapshotAt: AS_OF },
        ...{ library: plain, keywords: KEYWORDS },
      });
      const made = withoutHow(report);
      expect(made).toEqual(expected);
      for (const kind of Object.keys(made)) seen.add(kind);
    }
    expect([...seen]).toEqual(expect.arrayContaining(['totals', 'popularity', 'percentile', 'keywords']));
  });

  it('show the library’s year of all readers to those without loans', () => {
    const empty = [...reports.values()].filter(({ tier }) => tier === 'none');
    expect(empty.length).toBeGreaterThan(5);
    for (const { cards } of empty) {
      expect(cards.find(({ kind }) => kind === 'libraryYear')).toMatchObject({
        ...{ loans: plain.loans, titles: plain.borrowers.size },
        how: { readers: plain.readers },
      });
    }
  });

  it('recommend what the catalogue has on the shelf, though the import knows other numbers', async () => {
    const next = [...reports.values()].flatMap(({ cards }) =>
      cards.filter(({ kind }) => kind === 'nextThree'),
    );
    expect(next.length).toBe(OPTED_IN);
    const ids = new Set(
      next.flatMap((card) => ('books' in card ? card.books.map(({ book }) => book.bibId!) : [])),
    );
    for (const bibId of ids) {
      const holdings = await cloud.library.catalog!.holdings(bibId);
      expect(holdings!.items.some(({ status }) => status === 'available')).toBe(true);
    }
  });
});

describe('of readers who did not opt in', () => {
  it('no loans are left, and no number that could lead to one', async () => {
    const left = await readCollection<{ _id: string; patron: string; expiresAt: number }>(
      cloud.url(),
      'report_loans',
    );
    const wanted = new Set(mine.map(({ readerId }) => patronOf(cloud, readerId)));
    expect(new Set(left.map(({ patron }) => patron))).toEqual(wanted);
    // what stays, stays as long as the reports
    for (const { expiresAt } of left)
      expect(expiresAt).toBeGreaterThan(cloud.clock.now() + 1_000 * 86_400_000);
    expect(await readCollection(cloud.url(), 'report_imports')).toEqual([]);
    const figures = await readCollection<{ _id: string }>(cloud.url(), 'report_figures', 5);
    expect(figures.map(({ _id }) => _id.replace(/\.\d+:/, ':')).sort()).toEqual([
      `${SEASON}:borrowers:0`,
      `${SEASON}:shelf:0`,
      `${SEASON}:year:0`,
    ]);
  });

  it('the staff see counts only, of the library and of some reports of nobody in particular', async () => {
    const { year, made, samples } = dataOf(await cloud.order('report.preview', { season: SEASON }));
    expect(v.parse(LibraryYear, year)).toMatchObject({ loans: plain.loans, readers: plain.readers });
    expect(new Set(samples.map(({ tier }) => tier))).toEqual(new Set(['none', 'few', 'full']));
    for (const tier of ['none', 'few', 'full'])
      expect(samples.filter((sample) => sample.tier === tier).length).toBeLessThanOrEqual(3);
    expect(made).toBe(OPTED_IN);
    const allowed = ['totals', 'peakMonth', 'peakTime', 'topClass', 'onTime', 'libraryDays', 'percentile'];
    const kinds = new Set(samples.flatMap(({ cards }) => cards.map(({ kind }) => kind)));
    for (const kind of kinds) expect([...allowed, 'persona', 'libraryYear']).toContain(kind);
    expect(kinds.size).toBeGreaterThan(5);
    // no person, no book or author, no day, nor what a card was computed from
    expect(JSON.stringify(samples)).not.toMatch(
      /reader-\d|o-reader|"(bibId|title|author|top|how|readerType)"|\d{4}-\d\d-\d\d/,
    );
  });
});
