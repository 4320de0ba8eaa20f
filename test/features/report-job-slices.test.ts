import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import * as v from 'valibot';
import schema from '../../cloudfunctions/schema.json';
import type { SeasonDocument } from '../../cloudfunctions/stores/report-seasons';
import { createLookup } from '../../cloudfunctions/runtime/lookup';
import { createSealer } from '../../cloudfunctions/runtime/sealed';
import { LibraryYear } from '../../contracts/report/library-year';
import type { ReportLoan } from '../../contracts/report/loan';
import type { DatabaseSchema } from '../../local/emulator/database';
import { pointSdksTo, serveDatabase, type Served } from '../emulator/database/serve';
import { generateReaders, makeRandom } from '../support/loan-years';
import { plainLibrary } from './report-engine/support/plain-report';
import { AS_OF } from './report-engine/support/setting';

jest.setTimeout(180_000);

const SEASON = 'calendar-2026';
const NOW = Date.parse(AS_OF);
const sealer = createSealer([{ id: 'k1', key: randomBytes(32) }]);
const desk = { ...sealer, lookup: createLookup(randomBytes(32)), cardSymbology: 'code128' as const };

/** Somebody whose loans fill several documents. */
const greedy = {
  readerId: 'greedy',
  readerType: 'staff',
  loans: Array.from({ length: 5_000 }, (_, i): ReportLoan => ({
    ...{ loanId: `g${i}`, bibId: `g${i % 900}`, title: `${'长题名'.repeat(12)}${i % 900}` },
    loanedAt: new Date(Date.UTC(2026, 0, 2 + (i % 360), 3)).toISOString(),
  })),
};
const readers = [...generateReaders({ readers: 1_600, year: 2026, scale: 1.2, snapshotAt: AS_OF }), greedy];
const optedIn = readers.filter(({ readerId }, i) => i % 3 === 0 || readerId === 'greedy');
const plain = plainLibrary(readers, '2026-01-01', '2026-12-31');

let served: Served;
let parts: Awaited<ReturnType<typeof load>>;

/** The SDK reads its address when it is loaded. */
async function load() {
  const [job, loans, read, figures, seasons, reports, database] = await Promise.all([
    import('../../cloudfunctions/features/report/job/make-reports'),
    import('../../cloudfunctions/stores/report-loans'),
    import('../../cloudfunctions/stores/report-loans-read'),
    import('../../cloudfunctions/stores/report-figures'),
    import('../../cloudfunctions/stores/report-seasons'),
    import('../../cloudfunctions/stores/reports'),
    import('../../cloudfunctions/cloud/database'),
  ]);
  return { job, loans, read, figures, seasons, reports, database };
}

beforeAll(async () => {
  served = await serveDatabase(schema as DatabaseSchema);
  pointSdksTo(served.url);
  parts = await load();
  const { loans, seasons, database } = parts;
  const kept = readers.map(({ readerId: patron, readerType, loans: all }, i) => ({
    ...{ season: SEASON, patron, source: 'import' as const, readerType, loans: all },
    import: { id: 'abc', part: i % 4 },
  }));
  await loans.keepLoans(desk, kept, NOW, 86_400_000);
  await seasons.openSeason(SEASON, NOW);
  const started = { asOf: NOW, startedAt: NOW, timeZone: 'Asia/Shanghai', stage: 'gathering' } as const;
  const main = { id: 'abc', readers: readers.length, loans: 0 };
  await seasons.changeSeason(SEASON, ['open'], { ...started, import: main });
  const table = database.table<{ _id: string }>('reports');
  for (const { readerId: patron } of optedIn) {
    await table.add({
      ...{ _id: `o-${patron}:${SEASON}`, owner: `o-${patron}`, bindingId: 'b', patron, season: SEASON },
      ...{ since: NOW, sensitive: false, step: 'gather', due: NOW, tries: 0, state: 'waiting' },
      ...{ earlier: [], hidden: [], disputes: 0, changedAt: NOW, expiresAt: NOW + 1e10 },
    });
  }
}, 120_000);
afterAll(() => served.close());

describe('a job that has hardly any time at each beat', () => {
  let season: SeasonDocument;

  beforeAll(async () => {
    const random = makeRandom(7);
    let now = NOW;
    for (let beat = 0; beat < 200; beat++) {
      // so often it may ask whether there is time left
      let left = beat % 5 === 4 ? 8 : 3 + Math.floor(random() * 2);
      const time = { isLeft: () => left-- > 0, left: () => 10_000 };
      const library = { name: 'L', branches: [], timeZone: 'Asia/Shanghai' };
      const context = { desk: () => desk, now: () => now, library: () => Promise.resolve(library) };
      await parts.job.makeReports(context, time);
      now += 60_000;
      season = (await parts.seasons.findSeason(SEASON))!;
      if (season.stage === 'ready') break;
    }
  }, 120_000);

  it('comes to an end, counting in parts and every reader once', async () => {
    expect(season).toMatchObject({ stage: 'ready', counted: readers.length });
    const written = served.exchanges.map(({ request }) => JSON.stringify(request.params));
    expect(written.some((params) => params.includes(`${SEASON}:count.1:0`))).toBe(true);
    const kept = await parts.figures.readFigures(SEASON, 'year', season.figures!.year);
    const year = v.parse(LibraryYear, kept);
    expect(year).toMatchObject({
      ...{ readers: plain.readers, loans: plain.loans, titles: plain.borrowers.size },
    });
    const borrowers = await parts.figures.readFigures(SEASON, 'borrowers', season.figures!.borrowers);
    const many = [...plain.borrowers].filter(([, people]) => people >= 5);
    expect(new Map(borrowers as [string, number][])).toEqual(new Map(many));
  });

  it('makes one report for each who opted in, of all their loans', async () => {
    for (const { readerId, loans } of optedIn) {
      const stored = (await parts.reports.findReport(`o-${readerId}`, SEASON))!;
      expect(stored).toMatchObject({ state: 'made', step: 'done', version: 1, earlier: [] });
      const report = parts.reports.openReport(desk, stored)!;
      const totals = report.cards.find(({ kind }) => kind === 'totals');
      expect(report.sourceCount).toBe(loans.length);
      expect(totals && 'loans' in totals ? totals.loans : 0).toBe(loans.length);
    }
  });

  it('keeps the loans of those only, and of the count the figures only', async () => {
    const { table } = parts.database;
    expect(await table('report_loans').count({ season: SEASON })).toBeGreaterThan(optedIn.length);
    let after: string | undefined;
    const left: string[] = [];
    do {
      const page = await parts.read.listPatrons(SEASON, after);
      left.push(...page.patrons);
      after = page.next;
    } while (after !== undefined);
    expect([...new Set(left)].sort()).toEqual(optedIn.map(({ readerId }) => readerId).sort());
    const kept = await table<{ _id: string; name: string }>('report_figures').findAll({ season: SEASON });
    expect(kept.map(({ name }) => name).sort()).toEqual(['borrowers', 'year']);
  });
});
