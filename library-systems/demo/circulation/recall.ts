import { addDays, dueOn } from '../local-date';
import { copyOf } from './circulation';
import type { Circulation } from './circulation';
import { dueDate } from './due-dates';
import { servedBy, waitingIn } from './hold-queue';
import { RECALL_BEYOND_DAYS, RECALL_NOTICE_DAYS } from './policy';
import type { HoldRow, LoanRow } from './rows';

/**
 * Which loan of a title is called back for those who wait: the one that would
 * end last, if that is far away; one loan for each who waits, at most.
 * @param loans of the title
 * @param holds of the title
 */
export function loanToRecall(
  loans: readonly LoanRow[],
  holds: readonly HoldRow[],
  today: string,
): LoanRow | undefined {
  const waiting = waitingIn(holds);
  if (loans.filter(({ recalled }) => recalled === true).length >= waiting.length) return undefined;
  const far = addDays(today, RECALL_BEYOND_DAYS);
  return loans
    .filter(({ recalled, dueAt }) => recalled !== true && dueAt.slice(0, 10) > far)
    .filter(({ barcode }) => waiting.some((hold) => servedBy(hold, barcode)))
    .sort((a, b) => (a.dueAt > b.dueAt ? -1 : a.dueAt < b.dueAt ? 1 : a.id < b.id ? -1 : 1))[0];
}

/** Calls a loan of the title back if that is due; its reader has some days' notice. */
export function recallFor(circulation: Circulation, bibId: string, today: string): void {
  const { ledger } = circulation;
  const loan = loanToRecall(ledger.loans.by('bib', bibId), ledger.holds.by('bib', bibId), today);
  if (!loan) return;
  const { branch } = copyOf(circulation, loan.barcode).item;
  const dueAt = dueOn(dueDate(branch.code, today, RECALL_NOTICE_DAYS));
  // A vacation may have pushed the notice as far as the loan.
  if (dueAt >= loan.dueAt) return;
  const due = new Date(Date.parse(dueAt) - 12 * 3_600_000).toISOString();
  ledger.put('loans', {
    ...loan,
    recalled: true,
    dueAt,
    ...(loan.returnsAt !== undefined && { returnsAt: loan.returnsAt < due ? loan.returnsAt : due }),
  });
}
