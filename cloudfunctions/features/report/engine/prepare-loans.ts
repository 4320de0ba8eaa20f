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
  author: string | undefined;
  /** Its place among the classes. */
  clc: number;
  day: number;
  second: number;
  ending: Ending;
  /** To the return or, while it is out, to the snapshot; -1 where unknown. */
  days: number;
  /** The day of the return; -1 unless returned. */
  returnDay: number;
  /** Whether it came back by its due date; undefined where either is not known. */
  onTime: boolean | undefined;
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
  unclear: { returns: number; dueDates: number };
}

/** A report is made within a year of its snapshot; a return later than that is a slip of the pen. */
const RETURNS_AFTER_SNAPSHOT_DAYS = 366;
/** Nobody lends for longer; due dates in the year 2100 are real. */
const LONGEST_LOAN_DAYS = 1_100;

/** Reads a reader's rows, leaves out what cannot be counted, and sorts the rest. Their order does not matter. */
export function prepareLoans(rows: readonly ReportLoan[], reading: Reading): PreparedLoans {
  const { fromDay, toDay } = reading.span;
  const prepared: PreparedLoans = {
    ...{ loans: [], earlier: [], later: 0, all: [], leftOut: {} },
    unclear: { returns: 0, dueDates: 0 },
  };
  const { leftOut } = prepared;
  const omit = (reason: LeftOut): void => void (leftOut[reason] = (leftOut[reason] ?? 0) + 1);
  const byId = new Map<string, KnownLoan>();
  for (const row of rows) {
    const loan = readLoan(row, reading);
    if (typeof loan === 'string') {
      omit(loan);
      continue;
    }
    const other = byId.get(row.loanId);
    if (other) omit('duplicate');
    if (!other || isBetter(loan, other, reading)) byId.set(row.loanId, loan);
  }
  prepared.all = [...byId.values()];
  for (const loan of prepared.all) {
    if (loan.day < fromDay) prepared.earlier.push(loan);
    else if (loan.day > toDay) prepared.later++;
    else if (reading.sinceDay !== undefined && loan.day < reading.sinceDay) omit('beforeKnown');
    else {
      prepared.loans.push(loan);
      if (loan.ending === 'unknown' && loan.row.returnedAt) prepared.unclear.returns++;
      if (loan.onTime === undefined && loan.ending === 'returned' && loan.row.dueAt)
        prepared.unclear.dueDates++;
    }
  }
  if (prepared.loans.length > 1) prepared.loans.sort(byTime);
  return prepared;
}

/** Days first, then the time of day, loans without one before the others; then by loanId. */
export function byTime(a: KnownLoan, b: KnownLoan): number {
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
  const known: KnownLoan = {
    ...{ row, titleKey, ending },
    author: cleanAuthor(row.author),
    clc: mainClass(row.clc),
    day: began.day,
    second: began.second,
    ...{ days: -1, returnDay: -1, onTime: undefined },
  };
  if (ending === 'open') known.days = wholeDays(began, snapshot);
  if (ending === 'returned' && returned !== undefined) {
    known.days = wholeDays(began, returned);
    known.returnDay = returned.day;
    known.onTime = isOnTime(began, returned, readMoment(row.dueAt, clock));
  }
  return known;
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
function isAfter(a: Moment, b: Moment): boolean {
  if (a.day !== b.day) return a.day > b.day;
  return a.second >= 0 && b.second >= 0 && a.second > b.second;
}

/** Days that have passed whole; from date to date where one of the two has no time. */
function wholeDays(from: Moment, to: Moment): number {
  const days = to.day - from.day;
  const short = from.second >= 0 && to.second >= 0 && to.second < from.second;
  return days > 0 && short ? days - 1 : days;
}

function isOnTime(began: Moment, returned: Moment, due: Moment | undefined): boolean | undefined {
  if (due === undefined || isAfter(began, due) || due.day - began.day > LONGEST_LOAN_DAYS) return undefined;
  return !isAfter(returned, due);
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
