import type { LibraryYear } from '../../../../contracts/report/library-year';
import type { ReportBook } from '../../../../contracts/report/fields';
import { cleanText, cleanTitle } from './clean-text';
import { letterAt, UNKNOWN_CLASS } from './main-class';
import type { KnownLoan, PreparedLoans, Reading } from './prepare-loans';
import { monthOf } from './window';

export interface TitleFacts {
  key: string;
  /** The first of its loans. */
  first: KnownLoan;
  loans: number;
}

export interface AuthorFacts {
  name: string;
  titles: number;
  loans: number;
}

/** What several cards look at, gathered in one pass over the window's loans. */
export interface Facts extends PreparedLoans {
  reading: Reading;
  months: number[];
  /** By place among the classes, the last for unknown. */
  classes: number[];
  /** In the order of their first loans. */
  titles: Map<string, TitleFacts>;
  authors: Map<string, AuthorFacts>;
  withoutAuthor: number;
}

export function gatherFacts(prepared: PreparedLoans, reading: Reading): Facts {
  const months = new Array<number>(12).fill(0);
  const classes = new Array<number>(UNKNOWN_CLASS + 1).fill(0);
  const titles = new Map<string, TitleFacts>();
  const authors = new Map<string, AuthorFacts>();
  /** A title that its loans ascribe to several authors is a title of each. */
  const ascribed = new Set<string>();
  let withoutAuthor = 0;
  for (const loan of prepared.loans) {
    months[monthOf(reading.span, loan.day)]!++;
    classes[loan.clc]!++;
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
      if (!ascribed.has(pair)) {
        ascribed.add(pair);
        author.titles++;
      }
    }
  }
  return { ...prepared, reading, months, classes, titles, authors, withoutAuthor };
}

/** A title as a card names it. */
export function bookOf({ row, author, clc }: KnownLoan): ReportBook {
  const bibId = cleanText(row.bibId);
  const title = cleanTitle(row.title);
  const letter = letterAt(clc);
  return {
    ...(bibId !== undefined && { bibId }),
    ...(title !== undefined && { title }),
    ...(author !== undefined && { author }),
    ...(letter !== undefined && { clc: letter }),
  };
}

/** Every place with loans, most first, then in the order of the letters. */
export function classCounts(classes: readonly number[]): LibraryYear['classes'] {
  return classes
    .slice(0, UNKNOWN_CLASS)
    .map((loans, place) => ({ clc: letterAt(place)!, loans }))
    .filter(({ loans }) => loans > 0)
    .sort((a, b) => b.loans - a.loans || (a.clc < b.clc ? -1 : 1));
}
