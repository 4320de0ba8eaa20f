import * as v from 'valibot';
import { RenewOutcome, type Loan } from '../../../contracts/loans';

/** What the loans were before, as far as it is needed to see what a renewal has done to them. */
export const BeforeRenewal = v.array(
  v.union([
    v.object({ loanId: v.string(), dueAt: v.string(), left: v.optional(v.number()) }),
    v.object({ answer: RenewOutcome }),
  ]),
);
export type BeforeRenewal = v.InferOutput<typeof BeforeRenewal>;

/**
 * What became of loans whose answer was lost, by the library's list: a later due
 * date or fewer renewals left means renewed; a reason not to renew is the answer.
 * What shows neither stays unknown: a slow library may still be at it.
 */
export function settleByList(
  before: BeforeRenewal,
  outcomes: readonly RenewOutcome[] | undefined,
  loans: readonly Loan[],
): RenewOutcome[] {
  return before.map((was) => {
    if ('answer' in was) return was.answer;
    const known = outcomes?.find(({ loanId }) => loanId === was.loanId);
    if (known && known.status !== 'unknown') return known;
    const loan = loans.find(({ loanId }) => loanId === was.loanId);
    return loan ? judge(was, loan) : { loanId: was.loanId, status: 'unknown' };
  });
}

function judge(was: { dueAt: string; left?: number | undefined }, loan: Loan): RenewOutcome {
  const { loanId, dueAt, renewal } = loan;
  const used = was.left !== undefined && renewal.left !== undefined && renewal.left < was.left;
  if (dueAt > was.dueAt || used) return { loanId, status: 'renewed', dueAt };
  const { allowed, unsure, code, libraryText } = renewal;
  if (allowed || unsure === true || code === undefined) return { loanId, status: 'unknown' };
  return { loanId, status: 'refused', code, ...(libraryText !== undefined && { libraryText }) };
}

/** The list as it is after a renewal; whether a loan can be renewed once more is not known before it is read again. */
export function applyOutcomes(loans: readonly Loan[], outcomes: readonly RenewOutcome[]): Loan[] {
  return loans.map((loan) => {
    const outcome = outcomes.find(({ loanId }) => loanId === loan.loanId);
    if (outcome?.status !== 'renewed') return loan;
    return { ...loan, dueAt: outcome.dueAt, overdue: false, renewal: { allowed: true, unsure: true } };
  });
}
