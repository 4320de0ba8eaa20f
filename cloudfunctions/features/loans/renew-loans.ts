import type * as v from 'valibot';
import type { Loan, RenewInput, RenewOutput } from '../../../contracts/loans';
import { requireCountedReader } from '../../readers/reader';
import type { Context } from '../../runtime/context';
import { performRenewal, type Choice } from './perform-renewal';

/** Renews the loans named, as far as they are the caller's. */
export async function renewLoans(
  context: Context,
  { loanIds, requestId }: v.InferOutput<typeof RenewInput>,
): Promise<RenewOutput> {
  const reader = await requireCountedReader(context, 'loans.renew');
  const wanted = [...new Set(loanIds)];
  const key = { requestId, asked: ['loans.renew', reader.binding.bindingId, wanted] };
  return performRenewal(context, reader, key, (loans) => wanted.map((loanId) => choose(loanId, loans)));
}

/** Whether a loan is the reader's is seen in the library's list, never taken from the client. */
function choose(loanId: string, loans: readonly Loan[]): Choice {
  const loan = loans.find((one) => one.loanId === loanId);
  return loan ? { ask: loan } : { answer: { loanId, status: 'refused', code: 'NOT_YOURS' } };
}
