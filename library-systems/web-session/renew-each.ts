import type { Denied } from '../../contracts/denials';
import type { Loan, RenewOutcome } from '../../contracts/loans';
import { beforeWrite } from '../before-write';
import type { Refusal } from '../circulation';
import { LibraryFault } from '../library-fault';
import { localDateOf } from '../zoned-time';

/** What a system that renews one loan at a time can be asked. */
export interface OneByOne {
  list: () => Promise<{ loans: Loan[] } | Refusal>;
  /** Asks once. @throws {LibraryFault} when the answer was lost, or nothing was asked */
  renew: (loan: Loan) => Promise<{ done: true } | Refusal>;
}

const NOT_YOURS: Denied = { code: 'NOT_YOURS' };

/**
 * Renews one loan after the other. Whose a loan is says the library's own list,
 * read before; until when it is lent now says the same list, read after.
 * @throws {LibraryFault} only when certainly nothing was renewed
 */
export async function renewEach(loanIds: readonly string[], system: OneByOne): Promise<RenewOutcome[]> {
  if (loanIds.length === 0) return [];
  const before = await beforeWrite(system.list());
  if ('denied' in before) return loanIds.map((loanId) => refused(loanId, before.denied));
  const asked = new Map<string, 'done' | 'lost' | Denied>();
  for (const loanId of new Set(loanIds)) {
    const loan = before.loans.find((one) => one.loanId === loanId);
    if (!loan) {
      asked.set(loanId, NOT_YOURS);
      continue;
    }
    const result = await askOnce(system, loan);
    if (result instanceof LibraryFault) {
      // Nothing was asked, this time or before: all may be tried again.
      if ([...asked.values()].every((earlier) => earlier !== 'done' && earlier !== 'lost')) throw result;
      asked.set(loanId, { code: 'OFFLINE' });
      continue;
    }
    asked.set(loanId, result);
  }
  const after = [...asked.values()].includes('done') ? await dueDays(system) : new Map<string, string>();
  return loanIds.map((loanId): RenewOutcome => {
    const result = asked.get(loanId) ?? 'lost';
    if (result === 'lost') return { loanId, status: 'unknown' };
    if (result !== 'done') return refused(loanId, result);
    const dueAt = after.get(loanId);
    // Renewed, but until when is not known: the list is to be read before anything is said.
    return dueAt === undefined ? { loanId, status: 'unknown' } : { loanId, status: 'renewed', dueAt };
  });
}

const refused = (loanId: string, denied: Denied): RenewOutcome => ({ loanId, status: 'refused', ...denied });

async function askOnce(system: OneByOne, loan: Loan): Promise<'done' | 'lost' | Denied | LibraryFault> {
  try {
    const answer = await system.renew(loan);
    return 'denied' in answer ? answer.denied : 'done';
  } catch (error) {
    if (!(error instanceof LibraryFault)) throw error;
    return error.mayHaveHappened ? 'lost' : error;
  }
}

async function dueDays(system: OneByOne): Promise<Map<string, string>> {
  try {
    const answer = await system.list();
    if ('denied' in answer) return new Map();
    return new Map(answer.loans.map(({ loanId, dueAt }) => [loanId, dueAt]));
  } catch (error) {
    if (error instanceof LibraryFault) return new Map();
    throw error;
  }
}

/** A loan is overdue when its day, or its time where it has one, has passed at the library. */
export function isOverdue(dueAt: string, timeZone: string, now: number): boolean {
  return dueAt.length > 10 ? Date.parse(dueAt) < now : dueAt < localDateOf(now, timeZone);
}
