import * as v from 'valibot';
import type { Loan } from '../../../contracts/loans';
import { LibraryFault } from '../../library-fault';
import { mapLimited } from '../../map-limited';
import type { Koha } from '../connection';
import type { Refusals } from '../denials';
import type { Rest } from './rest-client';

/** `max_renewals` is a text or missing where the circulation rules leave it open. */
const Renewability = v.object({
  allows_renewal: v.boolean(),
  error: v.nullish(v.string()),
  max_renewals: v.nullish(v.union([v.number(), v.pipe(v.string(), v.regex(/^\d+$/), v.transform(Number))])),
  current_renewals: v.nullish(v.number()),
});
type Renewability = v.InferOutput<typeof Renewability>;

/**
 * The loans with what `GET /checkouts/{id}/allows_renewal` says of each, those
 * first that are due first. Loans are shown in any case: what could not be asked
 * within the time of one exchange, or after the first fault, stays unsure.
 */
export async function readRenewability(koha: Koha, rest: Rest, loans: readonly Loan[]): Promise<Loan[]> {
  const { timeoutMs, maxConnections } = koha.config;
  const end = performance.now() + timeoutMs;
  let stopped = false;
  return mapLimited(loans, maxConnections, async (loan) => {
    if (stopped || performance.now() > end) return loan;
    try {
      const told = await rest.read({ path: `/checkouts/${loan.loanId}/allows_renewal` }, Renewability);
      return { ...loan, renewal: describeRenewal(told, koha.refusals) };
    } catch (error) {
      if (!(error instanceof LibraryFault)) throw error;
      stopped = true;
      return loan;
    }
  });
}

function describeRenewal(told: Renewability, refusals: Refusals): Loan['renewal'] {
  const { allows_renewal: allowed, error, max_renewals: most, current_renewals: made } = told;
  const left = typeof most === 'number' && typeof made === 'number' ? Math.max(0, most - made) : undefined;
  const denied = allowed ? undefined : refusals.renewal(error ?? 'allows_renewal false');
  return {
    allowed,
    ...(denied && { code: denied.code }),
    ...(denied?.libraryText !== undefined && { libraryText: denied.libraryText }),
    ...(left !== undefined && { left }),
  };
}
