import type * as v from 'valibot';
import type { Loan, RenewAllInput, RenewOutput } from '../../../contracts/loans';
import { requireCountedReader } from '../../readers/reader';
import type { Context } from '../../runtime/context';
import { byUrgency } from './by-urgency';
import { performRenewal, type Choice } from './perform-renewal';

/** Renews all that can be renewed; every loan gets its outcome, the refused ones with their reason. */
export async function renewAllLoans(
  context: Context,
  { requestId }: v.InferOutput<typeof RenewAllInput>,
): Promise<RenewOutput> {
  const reader = await requireCountedReader(context, 'loans.renewAll');
  const key = { requestId, asked: ['loans.renewAll', reader.binding.bindingId] };
  return performRenewal(context, reader, key, (loans) => [...loans].sort(byUrgency).map(choose));
}

/** The library is not asked for what it has just said no to. */
function choose(loan: Loan): Choice {
  const { allowed, unsure, code, libraryText } = loan.renewal;
  if (allowed || unsure === true || code === undefined) return { ask: loan };
  const { loanId } = loan;
  return { answer: { loanId, status: 'refused', code, ...(libraryText !== undefined && { libraryText }) } };
}
