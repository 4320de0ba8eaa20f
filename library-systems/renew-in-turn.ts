import type { RenewOutcome } from '../contracts/loans';
import { LibraryFault } from './library-fault';

const NOT_YOURS = { status: 'refused', code: 'NOT_YOURS' } as const;

/**
 * Renews one loan after the other, each once however often it is named. A fault stops the rest, which is then as unknown
 * as the one that it met.
 * @param own the reader's own loans by their ids: systems renew any loan for whoever is named
 * @returns an outcome for each of `loanIds`, in their order
 * @throws {LibraryFault} only if certainly nothing was renewed
 */
export async function renewInTurn<T>(
  own: ReadonlyMap<string, T>,
  loanIds: readonly string[],
  renew: (loan: T) => Promise<RenewOutcome>,
): Promise<RenewOutcome[]> {
  const outcomes = new Map<string, RenewOutcome>();
  let stopped = false;
  for (const loanId of new Set(loanIds)) {
    const loan = own.get(loanId);
    if (loan === undefined || stopped) {
      outcomes.set(loanId, loan === undefined ? { loanId, ...NOT_YOURS } : { loanId, status: 'unknown' });
      continue;
    }
    try {
      outcomes.set(loanId, await renew(loan));
    } catch (error) {
      if (!(error instanceof LibraryFault)) throw error;
      const nothingDone = [...outcomes.values()].every(({ status }) => status === 'refused');
      if (!error.mayHaveHappened && nothingDone) throw error;
      outcomes.set(loanId, { loanId, status: 'unknown' });
      stopped = true;
    }
  }
  return loanIds.map((loanId) => outcomes.get(loanId)!);
}
