import type { ReportLoan } from '../../../../contracts/report/loan';
import type { LeftOut } from '../../../../contracts/report/report';
import { cleanAuthor, cleanText } from './clean-text';
import type { LocalClock, Moment } from './local-clock';
import { mainClass } from './main-class';
import { readMoment } from './read-moment';
import type { Span } from './window';

/** How a loan ended: `unknown` where the source cannot be believed or does not tell. */
export type Ending = 'returned' | 'open' | 'unknown';

/** A loan that can be counted. Days are numbers since 1970-01-01, seconds count from midnight, -1 where unknown. */
export interface KnownLoan {
  row: ReportLoan;
  /** The title's number, else its words: loans with the same key are loans of one title. */
  titleKey: string;
  /** Its place among the classes. */
  clc: number;
  day: number;
  second: number;
  ending: Ending;
  /** Of the return; -1 unless returned. */
  returnDay: number;
  returnSecond: number;
}

/** What loans are read by. */
export interface Reading {
  span: Span;
  clock: LocalClock;
  snapshot: Moment;
  /** The source tells of returns: a loan without one is still out. */
  returnsKnown: boolean;
  /** The first day from which the history is complete; undefined where it is from the beginning. */
  sinceDay: number | undefined;
}

export interface PreparedLoans {
  /** Of the window, by time, then by loanId. */
  loans: KnownLoan[];
  /** Before the window, unsorted. */
  earlier: KnownLoan[];
  later: number;
  /** Every loan of which these are parts, and those from before the history is complete. */
  all: KnownLoan[];
  leftOut: Partial<Record<LeftOut, number>>;
}

/** A report is made within a year of its snapshot; a return later than that is a slip of the pen. */
const RETURNS_AFTER_SNAPSHOT_DAYS = 366;

/** Reads a reader's rows, leaves out what cannot be counted, and sorts the rest. Their order does not matter. */
export function prepareLoans(rows: readonly ReportLoan[], reading: Reading): PreparedLoans {
  const { fromDay, toDay } = reading.span;
  const leftOut: PreparedLoans['leftOut'] = {};
  const omit = (reason: LeftOut): void => void (leftOut[reason] = (leftOut[reason] ?? 0) + 1);
  const all: KnownLoan[] = [];
  const places = new Map<string, number>();
  for (const row of rows) {
    const loan = readLoan(row, reading);
    if (typeof loan === 'string') {
      omit(loan);
      continue;
    }
    const place = places.get(row.loanId);
    if (place === undefined) {
      places.set(row.loanId, all.length);
      all.push(loan);
      continue;
    }
    omit('duplicate');
    if (isBetter(loan, all[place]!, reading)) all[place] = loan;
  }
  const loans: KnownLoan[] = [];
  const earlier: KnownLoan[] = [];
  let later = 0;
  for (const loan of all) {
    if (loan.day < fromDay) earlier.push(loan);
    else if (loan.day > toDay) later++;
    else if (reading.sinceDay !== undefined && loan.day < reading.sinceDay) omit('beforeKnown');
    else loans.push(loan);
  }
  if (loans.length > 1) loans.sort(byTime);
  return { loans, earlier, later, all, leftOut };
}

/** Days first, then the time of day, loans without one before the others; then by loanId. */
function byTime(a: KnownLoan, b: KnownLoan): number {
  if (a.day !== b.day) return a.day - b.day;
  if (a.second !== b.second) return a.second - b.second;
  return a.row.loanId < b.row.loanId ? -1 : a.row.loanId === b.row.loanId ? 0 : 1;
}

function readLoan(row: ReportLoan, reading: Reading): KnownLoan | LeftOut {
  const { clock, snapshot } = reading;
  if (row.loanId === '') return 'noId';
  const titleKey = keyOf(row);
  if (titleKey === undefined) return 'noBook';
  const began = readMoment(row.loanedAt, clock);
  if (began === undefined || began.day < 0) return 'badDate';
  if (isAfter(began, snapshot)) return 'afterSnapshot';
  const returned = readMoment(row.returnedAt, clock);
  if (returned !== undefined && isAfter(began, returned)) return 'returnedBeforeLoaned';
  const ending = endingOf(row, returned, reading);
  const end = ending === 'returned' ? returned : undefined;
  // written out, for a million pass here
  return {
    row,
    titleKey,
    clc: mainClass(row.clc),
    day: began.day,
    second: began.second,
    ending,
    returnDay: end === undefined ? -1 : end.day,
    returnSecond: end === undefined ? -1 : end.second,
  };
}

function keyOf({ bibId, title, author }: ReportLoan): string | undefined {
  const bib = cleanText(bibId);
  if (bib !== undefined) return bib;
  const words = cleanText(title);
  return words === undefined ? undefined : `~${words.toLowerCase()}~${cleanAuthor(author) ?? ''}`;
}

function endingOf(row: ReportLoan, returned: Moment | undefined, reading: Reading): Ending {
  if (returned === undefined) return row.returnedAt || !reading.returnsKnown ? 'unknown' : 'open';
  if (!isAfter(returned, reading.snapshot)) return 'returned';
  return returned.day - reading.snapshot.day <= RETURNS_AFTER_SNAPSHOT_DAYS ? 'open' : 'unknown';
}

/** By days where one of the two has no time. */
export function isAfter(a: Moment, b: Moment): boolean {
  if (a.day !== b.day) return a.day > b.day;
  return a.second >= 0 && b.second >= 0 && a.second > b.second;
}

/** Which of two rows of one loan is kept: one of the window, then the one that tells more of its end; the rest is settled by their words. */
function isBetter(a: KnownLoan, b: KnownLoan, { span, sinceDay = span.fromDay }: Reading): boolean {
  const rank = ({ day, ending }: KnownLoan): number =>
    (day >= span.fromDay && day <= span.toDay && day >= sinceDay ? 4 : 0) +
    (ending === 'returned' ? 2 : ending === 'open' ? 1 : 0);
  const [first, second] = [rank(a), rank(b)];
  if (first !== second) return first > second;
  return wordsOf(a.row) < wordsOf(b.row);
}

const wordsOf = (row: ReportLoan): string =>
  JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));
