import type { LibraryYear } from '../../../../contracts/report/library-year';
import type { ReportBook } from '../../../../contracts/report/fields';
import { cleanAuthor, cleanText, cleanTitle } from './clean-text';
import { daysOf, isOnTime } from './loan-ends';
import { letterAt, UNKNOWN_CLASS } from './main-class';
import type { KnownLoan, PreparedLoans, Reading } from './prepare-loans';
import { monthOf } from './window';

/** A loan of the window with all that cards ask of it. */
export interface CountedLoan extends KnownLoan {
  author: string | undefined;
  /** To the return or, while it is out, to the snapshot; -1 where unknown. */
  days: number;
  /** Undefined where its return or due date is not known. */
  onTime: boolean | undefined;
}

export interface TitleFacts {
  key: string;
  /** The first of its loans. */
  first: CountedLoan;
  loans: number;
}

export interface AuthorFacts {
  name: string;
  titles: number;
  loans: number;
}

/** What several cards look at, gathered in one pass over the window's loans. */
export interface Facts extends PreparedLoans {
  loans: CountedLoan[];
  reading: Reading;
  months: number[];
  /** By place among the classes, the last for unknown. */
  classes: number[];
  /** In the order of their first loans. */
  titles: Map<string, TitleFacts>;
  authors: Map<string, AuthorFacts>;
  withoutAuthor: number;
  /** Loans of which the source gives a return or due date that cannot be. */
  unclear: { returns: number; dueDates: number };
}

export function gatherFacts(prepared: PreparedLoans, reading: Reading): Facts {
  const months = new Array<number>(12).fill(0);
  const classes = new Array<number>(UNKNOWN_CLASS + 1).fill(0);
  const titles = new Map<string, TitleFacts>();
  const authors = new Map<string, AuthorFacts>();
  /** A title that its loans ascribe to several authors is a title of each. */
  let ascribed: Set<string> | undefined;
  const unclear = { returns: 0, dueDates: 0 };
  let withoutAuthor = 0;
  const loans = prepared.loans.map((known) => countedLoan(known, reading));
  for (const loan of loans) {
    months[monthOf(reading.span, loan.day)]!++;
    classes[loan.clc]!++;
    if (loan.ending === 'unknown' && loan.row.returnedAt) unclear.returns++;
    if (loan.ending === 'returned' && loan.onTime === undefined && loan.row.dueAt) unclear.dueDates++;
    const title = titles.get(loan.titleKey);
    if (title) title.loans++;
    else titles.set(loan.titleKey, { key: loan.titleKey, first: loan, loans: 1 });
    if (loan.author === undefined) {
      withoutAuthor++;
      continue;
    }
    let author = authors.get(loan.author);
    if (!author) authors.set(loan.author, (author = { name: loan.author, titles: 0, loans: 0 }));
    author.loans++;
    if (!title) author.titles++;
    else if (loan.author !== title.first.author) {
      const pair = `${loan.titleKey}\n${loan.author}`;
      ascribed ??= new Set();
      if (ascribed.has(pair)) continue;
      ascribed.add(pair);
      author.titles++;
    }
  }
  return { ...prepared, loans, reading, months, classes, titles, authors, withoutAuthor, unclear };
}

const countedLoan = (known: KnownLoan, reading: Reading): CountedLoan => ({
  row: known.row,
  titleKey: known.titleKey,
  clc: known.clc,
  day: known.day,
  second: known.second,
  ending: known.ending,
  returnDay: known.returnDay,
  returnSecond: known.returnSecond,
  author: cleanAuthor(known.row.author),
  days: daysOf(known, reading),
  onTime: isOnTime(known, reading),
});

/** A title as a card names it. */
export function bookOf({ row, author, clc }: CountedLoan): ReportBook {
  const book: ReportBook = {};
  const bibId = cleanText(row.bibId);
  const title = cleanTitle(row.title);
  const letter = letterAt(clc);
  if (bibId !== undefined) book.bibId = bibId;
  if (title !== undefined) book.title = title;
  if (author !== undefined) book.author = author;
  if (letter !== undefined) book.clc = letter;
  return book;
}

/** Every place with loans, most first, then in the order of the letters. */
export function classCounts(classes: readonly number[]): LibraryYear['classes'] {
  return classes
    .slice(0, UNKNOWN_CLASS)
    .map((loans, place) => ({ clc: letterAt(place)!, loans }))
    .filter(({ loans }) => loans > 0)
    .sort((a, b) => b.loans - a.loans || (a.clc < b.clc ? -1 : 1));
}
