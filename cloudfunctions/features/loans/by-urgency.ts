import type { Loan } from '../../../contracts/loans';

/** Overdue first, then by due date, then by title, so that the order never depends on the library's. */
export function byUrgency(a: Loan, b: Loan): number {
  return (
    Number(b.overdue) - Number(a.overdue) ||
    compare(a.dueAt.slice(0, 10), b.dueAt.slice(0, 10)) ||
    compare(a.dueAt, b.dueAt) ||
    compare(a.title, b.title) ||
    compare(a.loanId, b.loanId)
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
