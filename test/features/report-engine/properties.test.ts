import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as v from 'valibot';
import { LEFT_OUT, Report } from '../../../contracts/report/report';
import type { ReportLoan } from '../../../contracts/report/loan';
import { addReader, startTally } from '../../../cloudfunctions/features/report/engine/library-year/tally';
import { finishYear } from '../../../cloudfunctions/features/report/engine/library-year/finish-year';
import { makeShelf } from '../../../cloudfunctions/features/report/engine/shelf';
import type { LibraryFigures } from '../../../cloudfunctions/features/report/engine/material';
import { AS_OF, cardOf, readingOf, reportOf } from './support/setting';

const FROM = Date.UTC(2025, 10, 1);
const TO = Date.UTC(2027, 1, 1);

/** Dates and times as sources write them, now and then nonsense. */
const moment = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .integer({ min: FROM, max: TO })
      .map((ms) => `${new Date(ms).toISOString().slice(0, 19)}+08:00`),
  },
  { weight: 2, arbitrary: fc.integer({ min: FROM, max: TO }).map((ms) => new Date(ms).toISOString()) },
  {
    weight: 3,
    arbitrary: fc.integer({ min: FROM, max: TO }).map((ms) => new Date(ms).toISOString().slice(0, 10)),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      '2026-02-30',
      '1900-01-01',
      '2100-12-31',
      'gestern',
      '2026-01-01T00:00:00',
    ),
  },
);
const loan: fc.Arbitrary<ReportLoan> = fc.record(
  {
    loanId: fc.integer({ min: 0, max: 60 }).map((n) => `l${n}`),
    bibId: fc.integer({ min: 0, max: 12 }).map((n) => `b${n}`),
    title: fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.constantFrom('石头记', 'Sand', '夜')),
    author: fc.constantFrom('甲', '甲著', '乙', 'Nobody', ''),
    clc: fc.oneof(
      fc.constantFrom('I2', 'TP3', 'R7', 'K8', 'X', 'L9', 'QA76', ''),
      fc.string({ maxLength: 4 }),
    ),
    subjects: fc.array(fc.constantFrom('长篇小说-中国', '程序设计', '中医学', 'Law', '散文', '考古学'), {
      maxLength: 3,
    }),
    loanedAt: moment,
    dueAt: moment,
    returnedAt: moment,
    renewals: fc.nat(5),
  },
  { requiredKeys: ['loanId', 'loanedAt'] },
);
const loans = fc.array(loan, { maxLength: 80 });
/** Each loan once. */
const distinctLoans = fc.uniqueArray(loan, { maxLength: 60, selector: ({ loanId }) => loanId });
const circumstances = fc.record(
  {
    kind: fc.constantFrom('calendar' as const, 'academic' as const),
    year: fc.constantFrom(2025, 2026),
    since: fc.constantFrom('2025-01-01', '2026-05-17'),
    returnsKnown: fc.boolean(),
    gate: fc.array(moment, { maxLength: 20 }),
    asOf: fc.constantFrom(AS_OF, '2026-07-01T08:00:00+08:00'),
  },
  { requiredKeys: ['kind', 'year'] },
);

/** The figures of a library that this reader and sixty others make. */
function figures(rows: readonly ReportLoan[], kind: 'calendar' | 'academic', year: number) {
  const reading = readingOf({ kind, year });
  const tally = startTally(reading.span);
  addReader(tally, { loans: rows, readerType: 'student' }, reading);
  for (let i = 0; i < 60; i++)
    addReader(
      tally,
      {
        readerType: 'student',
        loans: [{ loanId: `o${i}`, bibId: `b${i % 9}`, clc: 'I2', loanedAt: `2026-0${(i % 8) + 1}-15` }],
      },
      reading,
    );
  const { year: libraryYear, borrowers } = finishYear(tally, AS_OF);
  const library: LibraryFigures = {
    year: libraryYear,
    borrowersOf: (key) => borrowers.get(key),
    describe: (bibId) => ({ bibId, title: bibId }),
  };
  const candidates = Array.from({ length: 20 }, (_, i) => ({
    ...{ bibId: `b${i}`, title: `Title ${i}`, author: i % 2 ? '甲' : '丙', clc: 'IKTX'[i % 4]! },
    ...{ borrowers: i % 7, available: i % 3 !== 0 },
  }));
  return { library, shelf: makeShelf(candidates, AS_OF), readerType: 'student' };
}

const report = (
  rows: readonly ReportLoan[],
  given: Parameters<typeof reportOf>[1] & { kind: 'calendar' | 'academic'; year: number },
) => reportOf(rows, { ...given, ...figures(rows, given.kind, given.year) });
const sum = (counts: readonly { loans: number }[]) => counts.reduce((all, { loans: some }) => all + some, 0);
const inWindow = ({ sourceCount, earlier, later, leftOut }: Report) =>
  sourceCount - earlier - later - LEFT_OUT.reduce((all, reason) => all + (leftOut[reason] ?? 0), 0);

describe('a report', () => {
  it('keeps to its contract whatever the loans, and never has a number that is none', () => {
    fc.assert(
      fc.property(loans, circumstances, (rows, given) => {
        const made = report(rows, given);
        expect(v.parse(Report, made)).toEqual(made);
        expect(JSON.parse(JSON.stringify(made))).toEqual(made);
      }),
    );
  });

  it('does not depend on the order of the loans, of gate entries, or of the fields of a loan', () => {
    const shuffled = fc
      .tuple(loans, circumstances)
      .chain(([rows, given]) =>
        fc.tuple(
          fc.constant(rows),
          fc.constant(given),
          fc.shuffledSubarray(rows, { minLength: rows.length }),
          fc.shuffledSubarray(given.gate ?? [], { minLength: given.gate?.length ?? 0 }),
        ),
      );
    fc.assert(
      fc.property(shuffled, ([rows, given, others, gate]) => {
        const reversed = others.map((row) => Object.fromEntries(Object.entries(row).reverse()) as ReportLoan);
        expect(report(reversed, { ...given, ...(given.gate && { gate }) })).toEqual(report(rows, given));
      }),
    );
  });

  it('counts every row once: in the window, outside it, or left out with a reason', () => {
    fc.assert(
      fc.property(loans, circumstances, (rows, given) => {
        const made = report(rows, given);
        expect(made.sourceCount).toBe(rows.length);
        expect(inWindow(made)).toBe(cardOf(made, 'totals')?.loans ?? 0);
        expect(made.tier).toBe(['none', 'few', 'few', 'few', 'few'][inWindow(made)] ?? 'full');
      }),
    );
  });

  it('has months, and classes with the unknown, that sum to the total', () => {
    fc.assert(
      fc.property(loans, circumstances, (rows, given) => {
        const made = report(rows, given);
        const totals = cardOf(made, 'totals');
        if (totals) expect(sum(totals.months)).toBe(totals.loans);
        const classes = cardOf(made, 'topClass');
        if (classes) expect(sum(classes.classes) + classes.unknown).toBe(totals?.loans);
        const times = cardOf(made, 'peakTime');
        const add = (counts: readonly number[] = []) => counts.reduce((a, b) => a + b, 0);
        expect(add(times?.hours)).toBe(times?.how.timed ?? 0);
        expect(add(times?.weekdays)).toBe(times?.how.timed ?? 0);
      }),
    );
  });

  it('never has a higher total after a loan is removed', () => {
    const less = distinctLoans
      .filter((rows) => rows.length > 0)
      .chain((rows) => fc.tuple(fc.constant(rows), fc.nat(rows.length - 1)));
    fc.assert(
      fc.property(less, circumstances, ([rows, at], given) => {
        const before = reportOf(rows, given);
        const after = reportOf(
          rows.filter((_, i) => i !== at),
          given,
        );
        const numbers = (made: Report): number[] => {
          const totals = cardOf(made, 'totals');
          const months = totals?.months.map(({ loans: some }) => some) ?? new Array<number>(12).fill(0);
          const { days = 0, streakWeeks = 0 } = cardOf(made, 'libraryDays') ?? {};
          const { onTime = 0, returned = 0 } = cardOf(made, 'onTime') ?? {};
          const [loanTotal, titles, authors] = [totals?.loans, totals?.titles, totals?.authors];
          return [loanTotal ?? 0, titles ?? 0, authors ?? 0, ...months, days, streakWeeks, onTime, returned];
        };
        const old = numbers(before);
        numbers(after).forEach((number, i) => expect(number).toBeLessThanOrEqual(old[i]!));
      }),
    );
  });

  it('never has more loans after a row is removed, though several rows may speak of one loan', () => {
    fc.assert(
      fc.property(loans, fc.nat(79), circumstances, (rows, at, given) => {
        const after = reportOf(
          rows.filter((_, i) => i !== at),
          given,
        );
        expect(inWindow(after)).toBeLessThanOrEqual(inWindow(reportOf(rows, given)));
      }),
    );
  });

  it('does not count renewals', () => {
    fc.assert(
      fc.property(loans, circumstances, fc.nat(9), (rows, given, renewals) => {
        const ofOne = rows.filter(({ loanId }, i) => rows.findIndex((row) => row.loanId === loanId) === i);
        expect(
          report(
            ofOne.map((row) => ({ ...row, renewals })),
            given,
          ),
        ).toEqual(report(ofOne, given));
      }),
    );
  });

  it('is the same whether a source writes local time or UTC', () => {
    const times = fc.uniqueArray(fc.integer({ min: FROM / 1_000, max: TO / 1_000 }), { maxLength: 40 });
    fc.assert(
      fc.property(times, circumstances, (seconds, given) => {
        const rows = (write: (ms: number) => string): ReportLoan[] =>
          seconds.map((second, i) => ({
            ...{ loanId: `l${i}`, bibId: `b${i % 7}` },
            loanedAt: write(second * 1_000),
            returnedAt: write((second + i * 50_000) * 1_000),
          }));
        const local = (ms: number) => new Date(ms + 28_800_000).toISOString().slice(0, 19);
        const expected = reportOf(
          rows((ms) => new Date(ms).toISOString()),
          given,
        );
        expect(reportOf(rows(local), given)).toEqual(expected);
        expect(
          reportOf(
            rows((ms) => `${local(ms).replace('T', ' ')}+0800`),
            given,
          ),
        ).toEqual(expected);
        const india = (ms: number) => `${new Date(ms + 19_800_000).toISOString().slice(0, 19)}.000+05:30`;
        expect(reportOf(rows(india), given)).toEqual(expected);
      }),
    );
  });

  it('recommends what is on the shelf and what the reader never borrowed, each once', () => {
    fc.assert(
      fc.property(distinctLoans, circumstances, (rows, given) => {
        const readable = rows.map((row, i) => ({
          ...row,
          loanedAt: `202${5 + (i % 2)}-03-01`,
          returnedAt: '',
        }));
        const books =
          cardOf(report(readable, given), 'nextThree')?.books.map(({ book }) => book.bibId!) ?? [];
        const borrowed = new Set(readable.map(({ bibId }) => bibId));
        expect(new Set(books).size).toBe(books.length);
        expect(books.filter((bibId) => borrowed.has(bibId))).toEqual([]);
        // every third title of the shelf is out
        expect(books.filter((bibId) => Number(bibId.slice(1)) % 3 === 0)).toEqual([]);
      }),
    );
  });
});

describe('a second of the year', () => {
  const one = (loanedAt: string): ReportLoan => ({ loanId: '1', bibId: 'b', loanedAt });
  const year = (loanedAt: string, kind: 'calendar' | 'academic' = 'calendar') =>
    [2024, 2025, 2026].filter((y) => reportOf([one(loanedAt)], { kind, year: y }).tier === 'few');

  it('of New Year in Shanghai is in the year that Shanghai’s clocks show', () => {
    expect(year('2025-12-31T23:59:59+08:00')).toEqual([2025]);
    expect(year('2025-12-31T15:59:59Z')).toEqual([2025]);
    expect(year('2025-12-31T16:00:00Z')).toEqual([2026]);
    expect(year('2026-01-01T00:00:00+08:00')).toEqual([2026]);
    expect(year('2025-12-31T23:59:59')).toEqual([2025]);
    expect(year('2025-12-31')).toEqual([2025]);
  });

  it('of a leap day, and of the turn of the academic year', () => {
    expect(year('2024-02-29T12:00:00+08:00')).toEqual([2024]);
    const leap = cardOf(reportOf([one('2024-02-29')], { year: 2024 }), 'totals')!;
    expect(leap.months[1]).toEqual({ month: '2024-02', loans: 1 });
    expect(year('2025-08-31T23:59:59+08:00', 'academic')).toEqual([2024]);
    expect(year('2025-08-31T16:00:00Z', 'academic')).toEqual([2025]);
  });

  it('is in the right month on every day of both windows', () => {
    for (const kind of ['calendar', 'academic'] as const)
      for (let day = 0; day < 365; day++) {
        const at = new Date(Date.UTC(2023, kind === 'calendar' ? 0 : 8, 1 + day)).toISOString().slice(0, 10);
        const months = cardOf(
          reportOf([one(`${at}T23:59:59+08:00`)], { kind, year: 2023 }),
          'totals',
        )!.months;
        expect(months.find(({ loans: some }) => some === 1)?.month).toBe(at.slice(0, 7));
      }
  });

  it('follows the library’s own zone, when its clocks go forward and back too', () => {
    const berlin = (loanedAt: string, returnedAt: string) =>
      cardOf(reportOf([{ ...one(loanedAt), returnedAt }], { timeZone: 'Europe/Berlin' }), 'longestCompanion');
    // 23 hours, but a day by the clocks
    expect(berlin('2026-03-28T12:00:00Z', '2026-03-29T11:00:00Z')?.days).toBe(1);
    expect(berlin('2026-03-28T23:30:00Z', '2026-03-29T22:30:00Z')?.to).toBe('2026-03-30');
    expect(berlin('2026-10-24T11:00:00Z', '2026-10-25T11:30:00Z')?.days).toBe(0);
    expect(berlin('2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z')).toMatchObject({
      from: '2026-10-25',
      days: 0,
    });
  });
});
