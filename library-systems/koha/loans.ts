import type { Loan, RenewOutcome } from '../../contracts/loans';
import type { Loans } from '../circulation';
import { beforeWrite } from '../before-write';
import { LibraryFault } from '../library-fault';
import type { Koha } from './connection';
import { NOT_YOURS, NO_SUCH_PATRON } from './denials';
import { readLoans } from './list-loans';
import type { KohaLoan } from './list-loans';
import { renewInTurn } from '../renew-in-turn';
import { readDate, readDue } from './read-time';
import { textOf } from './read-xml';
import { readHistory } from './rest/read-history';
import { readRenewability } from './rest/read-renewability';

export function createLoans(koha: Koha): Loans {
  const { rest } = koha;
  return {
    list: async ({ ref }) => {
      const loans = await readLoans(koha, ref);
      if (loans === undefined) return { denied: NO_SUCH_PATRON };
      const own = loans.map(({ loan }) => loan);
      return { loans: rest?.config.renewability ? await readRenewability(koha, rest, own) : own };
    },
    renew: ({ ref }, loanIds) => renewLoans(koha, ref, loanIds),
    ...(rest?.config.history && { history: ({ ref }, page) => readHistory(koha, rest, ref, page) }),
  };
}

/**
 * Whose loan it is, is looked up first: newer Kohas renew any loan for any reader
 * (`CanBookBeRenewed( $patron, $item->checkout )`).
 */
async function renewLoans(koha: Koha, ref: string, loanIds: readonly string[]): Promise<RenewOutcome[]> {
  if (loanIds.length === 0) return [];
  const own = await beforeWrite(readLoans(koha, ref));
  if (own === undefined) return loanIds.map((loanId) => ({ loanId, status: 'refused', ...NO_SUCH_PATRON }));
  const byId = new Map(own.map((found): [string, KohaLoan] => [found.loan.loanId, found]));
  const outcomes = await renewInTurn(byId, loanIds, (found) => renewLoan(koha, ref, found));
  return settleDueTimes(koha, ref, outcomes);
}

async function renewLoan(koha: Koha, ref: string, { loan, itemNumber }: KohaLoan): Promise<RenewOutcome> {
  const { loanId } = loan;
  const answer = await koha.ask('RenewLoan', { patron_id: ref, item_id: itemNumber });
  const code = textOf(answer, 'code') ?? textOf(answer, 'error');
  if (code !== undefined) return { loanId, status: 'refused', ...koha.refusals.renewal(code) };
  // An empty answer: the copy is not lent any more.
  if (answer.children.length === 0) return { loanId, status: 'refused', ...NOT_YOURS };
  const due = textOf(answer, 'date_due');
  if (textOf(answer, 'success') !== '1') {
    return { loanId, status: 'refused', code: 'OTHER', libraryCode: 'success 0' };
  }
  const dueAt = hasCertainTime(due) ? readDue(due, koha.config.timeZone) : readDate(due);
  if (dueAt === undefined) throw new LibraryFault('GARBLED', 'ILS-DI RenewLoan named no due date');
  return { loanId, status: 'renewed', dueAt };
}

/** Kohas before 19.05 write seconds in the place of minutes (`%H:%S`), so `:00` may be any minute. */
const hasCertainTime = (due: string | undefined): boolean => !(due ?? '').endsWith(':00');

/** Where only the day is certain, the reader's list is read once for the time. Without it the day stands. */
async function settleDueTimes(koha: Koha, ref: string, outcomes: RenewOutcome[]): Promise<RenewOutcome[]> {
  const dayOnly = (outcome: RenewOutcome): boolean =>
    outcome.status === 'renewed' && outcome.dueAt.length === 10;
  if (!outcomes.some(dayOnly)) return outcomes;
  const loans = await readLoans(koha, ref).catch((error: unknown) => {
    if (error instanceof LibraryFault) return undefined;
    throw error;
  });
  const now = new Map((loans ?? []).map(({ loan }): [string, Loan] => [loan.loanId, loan]));
  return outcomes.map((outcome) => {
    const dueAt = now.get(outcome.loanId)?.dueAt;
    return outcome.status === 'renewed' && dayOnly(outcome) && dueAt?.startsWith(outcome.dueAt)
      ? { ...outcome, dueAt }
      : outcome;
  });
}
