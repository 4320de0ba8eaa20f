import { describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import { PosterFigures, YearBook } from '../../../contracts/report/shared';
import { listBooks } from '../../../cloudfunctions/features/report/engine/list-books';
import { posterOf, shareReport } from '../../../cloudfunctions/features/report/engine/show-to-others';
import { generateReaders } from '../../support/loan-years';
import { AS_OF, cardOf, manyLoans, readingOf, reportOf } from './support/setting';

const readers = [...generateReaders({ readers: 120, year: 2026, scale: 3, snapshotAt: AS_OF })];

/** Every text in a value, keys not counted. */
const textsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(textsIn)
      : [];

describe('a poster', () => {
  it('has counts and the persona, and nothing of what was read, when, by whom or how late', () => {
    for (const { loans, readerType } of readers) {
      const report = reportOf(loans, { readerType });
      const poster = posterOf(report);
      expect(v.parse(v.strictObject(PosterFigures.entries), poster)).toEqual(poster);
      const texts = textsIn({ ...poster, window: undefined });
      expect(texts).toEqual([cardOf(report, 'persona')?.persona]);
    }
  });

  it('shows no number of a hidden card, rather than none as zero', () => {
    const report = reportOf(manyLoans(8));
    expect(posterOf(report)).toMatchObject({ loans: 8, titles: 8, authors: 8, persona: 'specialist' });
    expect(posterOf(report, ['totals', 'persona', 'libraryDays'])).toEqual({ window: report.window });
    expect(posterOf(reportOf([]))).toEqual({ window: report.window, persona: 'guest' });
  });
});

describe('a shared report', () => {
  it('has the cards that its owner chose, without what they were computed from', () => {
    const report = reportOf(manyLoans(12), { since: '2025-03-01' });
    const shared = shareReport(report, ['persona', 'peakTime']);
    expect(shared.cards.map(({ kind }) => kind)).toEqual(['peakTime', 'persona']);
    expect(Object.keys(shared).sort()).toEqual(['cards', 'since', 'window']);
    for (const card of shared.cards) expect(card).not.toHaveProperty('how');
    expect(shareReport(report, []).cards).toEqual([]);
  });
});

describe('the list of the year’s books', () => {
  it('has each title once, in the order of their first loans, with as many loans as the report', () => {
    for (const { loans } of readers) {
      const books = listBooks(loans, readingOf());
      const totals = cardOf(reportOf(loans), 'totals');
      expect(books).toHaveLength(totals?.titles ?? 0);
      expect(books.reduce((sum, book) => sum + book.loans, 0)).toBe(totals?.loans ?? 0);
      const days = books.map(({ on }) => on);
      expect(days).toEqual([...days].sort());
      for (const book of books) expect(v.parse(YearBook, book)).toEqual(book);
    }
  });
});
