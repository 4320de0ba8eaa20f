import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as v from 'valibot';
import { FEW_BORROWERS, LEAST_READERS } from '../../../contracts/report/fields';
import { LibraryYear, LibraryYearPart } from '../../../contracts/report/library-year';
import type { ReportLoan } from '../../../contracts/report/loan';
import { finishYear } from '../../../cloudfunctions/features/report/engine/library-year/finish-year';
import {
  packTally,
  unpackTally,
} from '../../../cloudfunctions/features/report/engine/library-year/pack-tally';
import {
  addReader,
  mergeTallies,
  startTally,
  type YearTally,
} from '../../../cloudfunctions/features/report/engine/library-year/tally';
import { generateReaders, type GeneratedReader } from '../../support/loan-years';
import { AS_OF, readingOf, reportOf, cardOf } from './support/setting';

const reading = readingOf();
const readers = [...generateReaders({ readers: 300, years: 2, year: 2026, snapshotAt: AS_OF })];
const tallyOf = (some: readonly GeneratedReader[]): YearTally =>
  some.reduce((tally, reader) => addReader(tally, reader, reading), startTally(reading.span));
const whole = packTally(tallyOf(readers));

describe('the library’s year', () => {
  it('is the same in whatever slices and order readers are counted and parts are merged', () => {
    const partition = fc
      .tuple(
        fc.shuffledSubarray(readers, { minLength: readers.length }),
        fc.array(fc.nat(300), { maxLength: 12 }),
      )
      .map(([shuffled, cuts]) => {
        const bounds = [0, ...cuts.sort((a, b) => a - b), shuffled.length];
        return bounds.slice(1).map((to, i) => shuffled.slice(bounds[i], to));
      });
    fc.assert(
      fc.property(partition, fc.boolean(), (slices, fromTheRight) => {
        const parts = slices.map((slice) => unpackTally(packTally(tallyOf(slice))));
        const merged = fromTheRight
          ? parts.reduceRight((all, part) => mergeTallies(part, all))
          : parts.reduce((all, part) => mergeTallies(all, part), startTally(reading.span));
        expect(packTally(merged)).toEqual(whole);
      }),
      { numRuns: 25 },
    );
  });

  it('survives being kept between two runs, and both shapes keep to their contracts', () => {
    const kept = v.parse(LibraryYearPart, JSON.parse(JSON.stringify(whole)));
    expect(packTally(unpackTally(kept))).toEqual(whole);
    const { year } = finishYear(unpackTally(kept), AS_OF);
    expect(v.parse(LibraryYear, JSON.parse(JSON.stringify(year)))).toEqual(year);
  });

  it('adds up: months, classes with the unknown, and loans by reader', () => {
    const tally = tallyOf(readers);
    const { year } = finishYear(tally, AS_OF);
    const sum = (counts: readonly { loans: number }[]) => counts.reduce((all, { loans }) => all + loans, 0);
    expect(sum(year.months)).toBe(year.loans);
    expect(sum(year.classes) + year.unknownClass).toBe(year.loans);
    const byReader = [...tally.types.values()].flatMap((histogram) => [...histogram]);
    expect(byReader.reduce((all, [loans, some]) => all + loans * some, 0)).toBe(year.loans);
    expect(byReader.reduce((all, [, some]) => all + some, 0)).toBe(year.readers);
  });

  it('counts what the readers’ own reports count', () => {
    const totals = readers.map(({ loans }) => cardOf(reportOf(loans), 'totals')?.loans ?? 0);
    const { year } = finishYear(tallyOf(readers), AS_OF);
    expect(year.loans).toBe(totals.reduce((a, b) => a + b, 0));
    expect(year.readers).toBe(totals.filter((loans) => loans > 0).length);
  });

  it('counts a borrower once, however often they came back, and leaves out what reports leave out', () => {
    const loan = (loanId: string, loanedAt = '2026-03-01'): ReportLoan => ({ loanId, bibId: 'b', loanedAt });
    const tally = startTally(reading.span);
    addReader(
      tally,
      { loans: [loan('1'), loan('2', '2026-05-01'), loan('2'), loan('3', '2025-12-31')] },
      reading,
    );
    addReader(tally, { loans: [loan('4', 'never'), loan('5', '2100-01-01')] }, reading);
    addReader(tally, { loans: [loan('6')] }, reading);
    expect(packTally(tally)).toMatchObject({ loans: 3, readers: 2, titles: [['b', 2, 22]] });
  });

  it('tells of nobody: no title with few borrowers, no small group, no reader', () => {
    const tally = tallyOf(readers);
    const { year, borrowers } = finishYear(tally, AS_OF);
    expect([...borrowers.values()].every((people) => people >= FEW_BORROWERS)).toBe(true);
    expect([...tally.titles.values()].some(({ borrowers: people }) => people < FEW_BORROWERS)).toBe(true);
    expect(year.types.map(({ readerType }) => readerType)).toEqual(['postgraduate', 'undergraduate']);
    expect(year.types.every((type) => type.readers >= LEAST_READERS)).toBe(true);
    expect(tally.types.has('staff')).toBe(true);
    const text = JSON.stringify([year, whole]);
    for (const { readerId, loans } of readers) {
      expect(text).not.toContain(`"${readerId}"`);
      for (const { loanId } of loans) expect(text).not.toContain(`"${loanId}"`);
    }
  });

  it('names the most borrowed titles of all and of each class, most first', () => {
    const { year, borrowers } = finishYear(tallyOf(readers), AS_OF);
    const people = year.top.map((title) => title.borrowers as number);
    expect(people).toEqual([...people].sort((a, b) => b - a));
    expect(people[0]).toBe(Math.max(...borrowers.values()));
    for (const { bibId, borrowers: count } of year.top) expect(borrowers.get(bibId)).toBe(count);
  });
});
