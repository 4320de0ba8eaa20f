import { describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import { ReportLoan } from '../../../contracts/report/loan';
import { Report } from '../../../contracts/report/report';
import { cardOf, manyLoans, reportOf } from './support/setting';

/** A report of five good loans and these. */
function withBad(...bad: Partial<ReportLoan>[]): Report {
  const rows = bad.map((row, i) => ({ loanId: `bad${i}`, bibId: `x${i}`, title: 'Bad', ...row }));
  for (const row of rows) v.parse(ReportLoan, row);
  const report = reportOf([...manyLoans(5), ...rows]);
  expect(v.parse(Report, report)).toEqual(report);
  return report;
}
const loansOf = (report: Report) => cardOf(report, 'totals')?.loans;

describe('a loan that cannot be counted', () => {
  it.each([
    ['badDate', { loanedAt: undefined }],
    ['badDate', { loanedAt: '' }],
    ['badDate', { loanedAt: '01/03/2026' }],
    ['badDate', { loanedAt: '2026-02-29' }],
    ['badDate', { loanedAt: '2026-13-01' }],
    ['badDate', { loanedAt: '2026-00-10' }],
    ['badDate', { loanedAt: '2026-04-31T10:00:00+08:00' }],
    ['badDate', { loanedAt: '2026-03-01T24:00:00+08:00' }],
    ['badDate', { loanedAt: '2026-03-01T10:60:00+08:00' }],
    ['badDate', { loanedAt: '2026-03-01T10:00:00+08:00 and more' }],
    ['badDate', { loanedAt: '2026-03-01X10:00:00' }],
    ['badDate', { loanedAt: '1900-01-01' }],
    ['badDate', { loanedAt: '1969-12-31' }],
    ['afterSnapshot', { loanedAt: '2100-01-01' }],
    ['afterSnapshot', { loanedAt: '2027-01-03T12:00:01+08:00' }],
    ['returnedBeforeLoaned', { loanedAt: '2026-03-02', returnedAt: '2026-03-01' }],
    ['returnedBeforeLoaned', { loanedAt: '2026-03-02T10:00:00+08:00', returnedAt: '2026-03-02T01:59:59Z' }],
    ['noId', { loanId: '', loanedAt: '2026-03-01' }],
    ['noBook', { bibId: undefined, title: undefined, loanedAt: '2026-03-01' }],
    ['noBook', { bibId: ' ', title: '\0', loanedAt: '2026-03-01' }],
    ['duplicate', { loanId: 'l3', bibId: 'b3', loanedAt: '2026-01-08T10:00:03+08:00' }],
  ] as const)('is left out as %s: %j', (reason, row) => {
    const bad = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));
    const missing = Object.entries(row)
      .filter(([, value]) => value === undefined)
      .map(([key]) => key);
    const base = { loanId: 'bad', bibId: 'x', title: 'Bad', ...bad } as Partial<ReportLoan>;
    for (const key of missing) delete base[key as keyof ReportLoan];
    const good = manyLoans(5);
    const report = reportOf([...good, base as ReportLoan]);
    expect(report.leftOut).toEqual({ [reason]: 1 });
    expect(report.sourceCount).toBe(6);
    expect(report.cards).toEqual(reportOf(good).cards);
  });
});

describe('a loan of which a part is bad', () => {
  it('is counted without class, author and return date', () => {
    const report = withBad({ loanedAt: '2026-03-01' });
    expect(loansOf(report)).toBe(6);
    expect(cardOf(report, 'topClass')).toMatchObject({ unknown: 1, classes: [{ clc: 'I', loans: 5 }] });
    expect(cardOf(report, 'totals')).toMatchObject({ authors: 5, how: { withoutAuthor: 1 } });
    expect(cardOf(report, 'longestCompanion')).toMatchObject({ open: true, days: 308, from: '2026-03-01' });
  });

  it.each(['L1', '005.133', 'QA76.9', 'HF5386', 'Fiction', 'ZZ', '', '文学', '1', '-'])(
    'has an unknown class where the scheme is not the CLC: %s',
    (clc) => {
      expect(cardOf(withBad({ loanedAt: '2026-03-01', clc }), 'topClass')).toMatchObject({ unknown: 1 });
    },
  );

  it.each([
    ['I', 'I247.57/123'],
    ['T', 'TP312'],
    ['T', 't-39'],
    ['D', 'DF5'],
    ['B', '[B84]'],
    ['K', ' K2'],
    ['Z', 'Ｚ８８'],
  ])('has class %s for %s', (clc, number) => {
    const report = reportOf(manyLoans(5, () => ({ clc: number })));
    expect(cardOf(report, 'topClass')).toMatchObject({ clc, loans: 5, unknown: 0 });
  });

  it('tells nothing of its end where the return cannot be read, lies in 2100 or in 1900’s place', () => {
    for (const returnedAt of ['soon', '2100-01-01', '2026-02-30']) {
      const report = withBad({ loanedAt: '2026-03-01', returnedAt });
      expect(report.unclear.returns).toBe(1);
      expect(loansOf(report)).toBe(6);
      expect(cardOf(report, 'longestCompanion')).toMatchObject({ days: 10, how: { unknownEnd: 1 } });
    }
  });

  it('is neither on time nor late where the due date is missing, unreadable, before the loan, or in 2100', () => {
    for (const dueAt of [undefined, 'never', '2026-02-01', '2100-01-01']) {
      const report = withBad({ loanedAt: '2026-03-01', returnedAt: '2026-03-09', ...(dueAt && { dueAt }) });
      expect(cardOf(report, 'onTime')).toMatchObject({ onTime: 5, returned: 5, how: { withoutDue: 1 } });
      expect(report.unclear.dueDates).toBe(dueAt === undefined ? 0 : 1);
    }
  });

  it('is open at the snapshot where it came back soon after', () => {
    const report = withBad({ loanedAt: '2026-12-01', returnedAt: '2027-01-20' });
    expect(cardOf(report, 'longestCompanion')).toMatchObject({ open: true, days: 33, to: '2027-01-03' });
  });
});

describe('a source without return dates', () => {
  it('is not shown as books that nobody brought back', () => {
    const loans = manyLoans(20).map(({ returnedAt: _, ...loan }) => loan);
    const report = reportOf(loans, { returnsKnown: false });
    expect(report.withheld).toMatchObject({
      longestCompanion: 'noReturns',
      quickest: 'noReturns',
      onTime: 'noReturns',
    });
  });
});

describe('titles', () => {
  const titleOf = (title: string) =>
    cardOf(reportOf([{ loanId: '1', bibId: 'b', title, loanedAt: '2026-03-01' }]), 'firstBook')?.book.title;

  it('are cut at 200 characters, and say so', () => {
    expect(titleOf('长'.repeat(500))).toBe(`${'长'.repeat(199)}…`);
    expect([...titleOf('📚'.repeat(500))!]).toHaveLength(200);
    expect(titleOf('📚'.repeat(200))).toBe('📚'.repeat(200));
  });

  it('keep emoji, scripts from right to left and combined characters', () => {
    for (const title of ['👨‍👩‍👧 和书', 'كتاب الحيوان', 'ספר הזוהר', 'ภาษาไทย', 'é'.normalize('NFD')])
      expect(titleOf(title)).toBe(title);
  });

  it('lose NUL, control characters, lone surrogates and what turns the direction of the rest', () => {
    // what has no shape of its own is no title; within one it may join or mark
    for (const blank of ['\u200b\u200c\ufeff', '\u00ad \u2060', '\u200e\u3000'])
      expect(titleOf(blank)).toBeUndefined();
    expect(titleOf('\u200bمی\u200cخواهم 👩\u200d🚀')).toBe('\u200bمی\u200cخواهم 👩\u200d🚀');
    expect(titleOf('Re\0d\u202e and\u2066 \ud83d blue\n')).toBe('Re d and blue');
    expect(titleOf('\0\u0007 ')).toBeUndefined();
  });
});

describe('the number of loans', () => {
  it.each([
    [0, 'none'],
    [1, 'few'],
    [4, 'few'],
    [5, 'full'],
    [500, 'full'],
    [5_000, 'full'],
  ] as const)('%d makes the story %s', (count, tier) => {
    const report = reportOf(manyLoans(count));
    expect(report.tier).toBe(tier);
    expect(loansOf(report)).toBe(count === 0 ? undefined : count);
    expect(v.parse(Report, report)).toEqual(report);
  });
});

describe('authors', () => {
  const authorsOf = (...authors: string[]) =>
    cardOf(reportOf(manyLoans(authors.length, (i) => ({ author: authors[i]! }))), 'totals')!;

  it('are one person however catalogues write them', () => {
    expect(authorsOf('某甲', '某甲著', '[英] 某甲', '（英）某甲 著', ' 某甲 ').authors).toBe(1);
  });

  it('are nobody where the source says so', () => {
    expect(authorsOf('佚名', 'Unknown', '', '-', '\0')).toMatchObject({
      authors: 0,
      how: { withoutAuthor: 5 },
    });
  });

  it('keep a name that only looks like a role', () => {
    expect(cardOf(reportOf(manyLoans(5, () => ({ author: '文编' }))), 'topAuthor')?.author).toBe('文编');
  });
});
