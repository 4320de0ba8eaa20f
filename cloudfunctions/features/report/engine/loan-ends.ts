import type { Moment } from './local-clock';
import { isAfter, type KnownLoan, type Reading } from './prepare-loans';
import { readMoment } from './read-moment';

/** Nobody lends for longer; due dates in the year 2100 are real. */
const LONGEST_LOAN_DAYS = 1_100;

/** Whole days to the return or, while it is out, to the snapshot; -1 where the end is not known. */
export function daysOf(loan: KnownLoan, { snapshot }: Reading): number {
  if (loan.ending === 'unknown') return -1;
  if (loan.ending === 'open') return wholeDays(loan, snapshot.day, snapshot.second);
  return wholeDays(loan, loan.returnDay, loan.returnSecond);
}

/** Days that have passed whole; from date to date where one of the two has no time. */
function wholeDays(from: Moment, day: number, second: number): number {
  const days = day - from.day;
  const short = from.second >= 0 && second >= 0 && second < from.second;
  return days > 0 && short ? days - 1 : days;
}

/** Whether a loan came back by its due date; undefined where either is not known. */
export function isOnTime(loan: KnownLoan, { clock }: Reading): boolean | undefined {
  if (loan.ending !== 'returned') return undefined;
  const due = readMoment(loan.row.dueAt, clock);
  if (due === undefined || isAfter(loan, due) || due.day - loan.day > LONGEST_LOAN_DAYS) return undefined;
  return !isAfter({ day: loan.returnDay, second: loan.returnSecond }, due);
}
