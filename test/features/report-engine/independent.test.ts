import { describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import type { LibraryFigures } from '../../../cloudfunctions/features/report/engine/material';
import { finishYear } from '../../../cloudfunctions/features/report/engine/library-year/finish-year';
import { addReader, startTally } from '../../../cloudfunctions/features/report/engine/library-year/tally';
import { Report } from '../../../contracts/report/report';
import type { ReportLoan } from '../../../contracts/report/loan';
import { generateReaders, makeRandom, type GeneratedReader } from '../../support/loan-years';
import { KEYWORDS } from './support/keywords';
import { plainCards, plainLibrary } from './support/plain-report';
import { AS_OF, readingOf, reportOf } from './support/setting';

/** Some sources write UTC. */
const inUtc = (text: string | undefined) => text && new Date(text).toISOString();
function rewrite(reader: GeneratedReader, index: number): GeneratedReader & { gate?: string[] } {
  const loans =
    index % 3 === 0
      ? reader.loans.map((loan): ReportLoan => {
          const returnedAt = inUtc(loan.returnedAt);
          return { ...loan, loanedAt: inUtc(loan.loanedAt)!, ...(returnedAt && { returnedAt }) };
        })
      : reader.loans;
  if (index % 4 !== 0) return { ...reader, loans };
  const random = makeRandom(index);
  const gate = Array.from({ length: 60 }, () =>
    new Date(Date.UTC(2025, 6, 1 + Math.floor(random() * 540))).toISOString().slice(0, 10),
  );
  return { ...reader, loans, gate };
}

const readers = [...generateReaders({ readers: 200, years: 2, year: 2026, snapshotAt: AS_OF })].map(rewrite);

describe.each([
  ['calendar', 2026, '2026-01-01', '2026-12-31'],
  ['academic', 2025, '2025-09-01', '2026-08-31'],
] as const)('200 readers, %s year %d', (kind, year, from, to) => {
  const circumstances = { kind, year };
  const reading = readingOf(circumstances);
  const tally = startTally(reading.span);
  for (const reader of readers) addReader(tally, reader, reading);
  const finished = finishYear(tally, AS_OF);
  const library: LibraryFigures = {
    year: finished.year,
    borrowersOf: (key) => finished.borrowers.get(key),
    describe: () => undefined,
  };
  const plain = plainLibrary(readers, from, to);
  const seen = new Map<string, number>();

  it('have the same numbers by plain loops', () => {
    for (const { loans, readerType, gate } of readers) {
      const report = reportOf(loans, { ...circumstances, library, readerType, ...(gate && { gate }) });
      expect(v.parse(Report, report)).toEqual(report);
      const expected = plainCards({
        ...{ loans, gate, readerType, from, to, snapshotAt: AS_OF, library: plain, keywords: KEYWORDS },
      });
      const made = Object.fromEntries(
        report.cards
          .filter(({ kind: card }) => !['persona', 'nextThree', 'libraryYear'].includes(card))
          .map(({ kind: card, how: _, ...numbers }) => [card, numbers]),
      );
      expect(made).toEqual(expected);
      for (const card of Object.keys(made)) seen.set(card, (seen.get(card) ?? 0) + 1);
    }
  });

  it('include readers with each card and of each tier', () => {
    expect([...seen.keys()].sort()).toEqual(
      [
        ...['totals', 'firstBook', 'peakMonth', 'peakTime', 'longestCompanion', 'quickest', 'topClass'],
        ...['topAuthor', 'cameBackTo', 'popularity', 'onTime', 'libraryDays', 'percentile', 'keywords'],
      ].sort(),
    );
    expect(readers.length - seen.get('totals')!).toBeGreaterThan(10);
    expect(seen.get('libraryDays')).toBeGreaterThan(30);
  });

  it('add up to the library’s year', () => {
    expect(finished.year).toMatchObject({
      readers: plain.readers,
      loans: plain.loans,
      titles: plain.borrowers.size,
    });
    const many = [...plain.borrowers].filter(([, people]) => people >= 5);
    expect(finished.borrowers).toEqual(new Map(many));
  });
});
