import * as v from 'valibot';
import type { Loan } from '../../../contracts/loans';
import { LibraryFault } from '../../library-fault';
import type { Refusals } from '../denials';
import type { Rest } from './rest-client';

/** `max_renewals` is a text or missing where the circulation rules leave it open. */
const Renewability = v.object({
  allows_renewal: v.boolean(),
  error: v.nullish(v.string()),
  max_renewals: v.nullish(v.union([v.number(), v.pipe(v.string(), v.regex(/^\d+$/), v.transform(Number))])),
  current_renewals: v.nullish(v.number()),
});

/**
 * The loan with what `GET /checkouts/{id}/allows_renewal` says of it. Where that
 * cannot be asked the loan is shown all the same, and whether it can be renewed
 * stays unsure.
 */
export async function readRenewability(rest: Rest, refusals: Refusals, loan: Loan): Promise<Loan> {
  try {
    const told = await rest.read({ path: `/checkouts/${loan.loanId}/allows_renewal` }, Renewability);
    const { allows_renewal: allowed, error, max_renewals: most, current_renewals: made } = told;
    const left = typeof most === 'number' && typeof made === 'number' ? Math.max(0, most - made) : undefined;
    const denied = allowed ? undefined : refusals.renewal(error ?? 'allows_renewal false');
    return {
      ...loan,
      renewal: {
        allowed,
        ...(denied && { code: denied.code }),
        ...(denied?.libraryText !== undefined && { libraryText: denied.libraryText }),
        ...(left !== undefined && { left }),
      },
    };
  } catch (error) {
    if (error instanceof LibraryFault) return loan;
    throw error;
  }
}
