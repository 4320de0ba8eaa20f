import { describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import type { Card, CardKind } from '../../../contracts/report/cards';
import { PosterFigures, SharedCard, SharedReport, YearBook } from '../../../contracts/report/shared';
import { listBooks } from '../../../cloudfunctions/features/report/engine/list-books';
import { finishYear } from '../../../cloudfunctions/features/report/engine/library-year/finish-year';
import { addReader, startTally } from '../../../cloudfunctions/features/report/engine/library-year/tally';
import type { LibraryFigures } from '../../../cloudfunctions/features/report/engine/material';
import { makeShelf } from '../../../cloudfunctions/features/report/engine/shelf';
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

const reading = readingOf();
const tally = readers.reduce((all, reader) => addReader(all, reader, reading), startTally(reading.span));
const { year, borrowers } = finishYear(tally, AS_OF);
const LIBRARY: LibraryFigures = {
  year,
  borrowersOf: (key) => borrowers.get(key),
  describe: (bibId) => ({ bibId, title: `Title of ${bibId}` }),
};
const SHELF = makeShelf(
  Array.from({ length: 30 }, (_, i) => ({
    ...{
      bibId: `new-${i}`,
      title: `New ${i}`,
      author: `Author ${i}`,
      clc: 'ABCDEFGHIJ'[i % 10]!,
      borrowers: 9,
    },
    available: true,
  })),
  AS_OF,
);

/** The fields that a schema lets through, as paths; `[]` for what stands in a list. */
function fieldsIn(schema: v.GenericSchema, at = ''): string[] {
  const { entries, item, wrapped } = schema as Partial<{
    entries: Record<string, v.GenericSchema>;
    item: v.GenericSchema;
    wrapped: v.GenericSchema;
  }>;
  if (wrapped) return fieldsIn(wrapped, at);
  if (item) return fieldsIn(item, `${at}[]`);
  if (!entries) return [at];
  const before = at === '' ? '' : `${at}.`;
  return Object.entries(entries).flatMap(([name, inner]) => fieldsIn(inner, `${before}${name}`));
}

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
    expect(shareReport(report, []).cards).toEqual([]);
  });

  const BOOK = (at: string): string[] => ['author', 'bibId', 'clc', 'title'].map((field) => `${at}.${field}`);
  /** Every field that others may see. Whoever adds one has asked what it tells of a person. */
  const SEEN: Record<CardKind, string[]> = {
    totals: ['authors', 'loans', 'months[].loans', 'months[].month', 'titles'],
    firstBook: BOOK('book'),
    peakMonth: ['loans', 'month'],
    peakTime: ['hour', 'hourLoans', 'hours[]', 'weekday', 'weekdayLoans', 'weekdays[]'],
    longestCompanion: [...BOOK('book'), 'days', 'open'],
    quickest: [...BOOK('book'), 'days'],
    topClass: ['classes[].clc', 'classes[].loans', 'clc', 'diversity', 'loans', 'newClasses[]', 'unknown'],
    topAuthor: ['author', 'loans', 'titles'],
    cameBackTo: [...BOOK('book'), 'loans', 'others'],
    popularity: [
      ...['fewTitles', ...BOOK('niche.book'), 'niche.borrowers'],
      ...[...BOOK('popular.book'), 'popular.borrowers'],
    ],
    onTime: ['onTime', 'returned'],
    libraryDays: ['days', 'streakWeeks'],
    percentile: ['percent'],
    keywords: ['words[].titles', 'words[].word'],
    persona: ['persona'],
    nextThree: [...BOOK('books[].book'), 'books[].borrowers', 'books[].reason'],
    libraryYear: [
      ...['classes[].clc', 'classes[].loans', 'loans', 'months[].loans', 'months[].month', 'titles'],
      ...[...BOOK('top[].book'), 'top[].borrowers'],
    ],
  };

  it('shows of each card what is listed here and nothing else, whatever else a card may come to hold', () => {
    const fields = Object.fromEntries(
      SharedCard.options.map((option) => {
        const { kind, ...entries } = option.entries;
        return [kind.literal, fieldsIn(v.object(entries)).sort()];
      }),
    );
    expect(fields).toEqual(SEEN);
    expect(fieldsIn(SharedReport).filter((field) => !field.startsWith('cards[]'))).toEqual([
      ...['window.kind', 'window.year', 'window.from', 'window.to', 'since'],
    ]);
  });

  it('lets nothing through that is not listed: no reader type, no day, nothing that was added', () => {
    const MARK = 'zz-mark';
    /** Puts what must not travel beside everything that there is. */
    const marked = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(marked);
      if (typeof value !== 'object' || value === null) return value;
      const inner = Object.entries(value).map(([key, one]) => [key, marked(one)] as const);
      return { ...Object.fromEntries(inner), name: MARK, cardNumber: MARK, how: { by: MARK } };
    };
    const kinds = new Set<string>();
    for (const { loans, readerType } of readers) {
      const report = reportOf(loans, { readerType, library: LIBRARY, shelf: SHELF, sensitiveKeywords: true });
      const all = report.cards.map(({ kind }) => kind);
      const cards = report.cards.map((card) => marked(card) as Card);
      const shared = shareReport({ ...report, cards }, all);
      expect(shared).toEqual(shareReport(report, all));
      const { window: _, ...rest } = shared;
      const text = JSON.stringify(rest);
      expect(text).not.toContain(MARK);
      expect(text).not.toContain('readerType');
      for (const secret of textsIn(report.cards.map((card) => card.how))) expect(text).not.toContain(secret);
      for (const value of textsIn(rest)) expect(value).not.toMatch(/^\d{4}-\d\d-\d\d/);
      for (const kind of all) kinds.add(kind);
    }
    // there is no card that was not among them
    expect([...kinds].sort()).toEqual(Object.keys(SEEN).sort());
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
