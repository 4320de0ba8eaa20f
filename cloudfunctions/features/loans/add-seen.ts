import type { Loan } from '../../../contracts/loans';
import type { PastLoan } from '../../../contracts/personal';

/**
 * The kept loans after the library showed a list: new ones are added, changed due
 * dates taken over, and what stands no longer in the list has been returned — on
 * the day on which that was seen, for nobody tells us the right one.
 * @param today local date of the library
 */
export function addSeen(seen: readonly PastLoan[], current: readonly Loan[], today: string): PastLoan[] {
  const listed = new Map(current.map((loan) => [loan.loanId, loan]));
  const known = seen.map((past) => {
    const loan = listed.get(past.loanId);
    if (loan) return reopened(past, loan);
    return past.returnedAt === undefined ? { ...past, returnedAt: today } : past;
  });
  const ids = new Set(seen.map(({ loanId }) => loanId));
  const added = current.filter(({ loanId }) => !ids.has(loanId)).map((loan) => toPastLoan(loan, today));
  return [...known, ...added];
}

function reopened({ returnedAt: _, ...past }: PastLoan, { dueAt }: Loan): PastLoan {
  const renewed = past.dueAt !== undefined && dueAt > past.dueAt;
  return { ...past, dueAt, ...(renewed && { renewals: (past.renewals ?? 0) + 1 }) };
}

function toPastLoan(loan: Loan, today: string): PastLoan {
  const { loanId, bibId, title, author, callNumber, branch, loanedAt, dueAt } = loan;
  return {
    loanId,
    ...(bibId !== undefined && { bibId }),
    title,
    ...(author !== undefined && { author }),
    ...(callNumber !== undefined && { callNumber }),
    ...(branch && { branch: branch.name }),
    loanedAt: loanedAt ?? today,
    dueAt,
  };
}
