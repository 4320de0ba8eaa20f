import type { Loan } from '../../../../contracts/loans';
import type { MessageKind } from '../../../../contracts/messages/kinds';
import { dateOfDay, dayOf } from './calendar-days';
import type { ToldKeys } from './told-keys';

/** From so many days before a loan is due it is told that it will be. */
const SOON_DAYS = 3;
/** Within so many days before a loan is due a renewal that is refused matters. */
const RENEWING_DAYS = 7;
/** Days after the due date on which an overdue loan is told. */
const OVERDUE_STEPS = [1, 3, 7, 14, 30] as const;
/** How much later a due date may have been that was told before the one of now. */
const EARLIER_DAYS = 14;

/** What is told of one loan or hold, and the keys of all that has been said by that. */
export interface Judgement<K extends MessageKind> {
  kind: K;
  keys: string[];
}
export type LoanKind = Extract<MessageKind, 'recalled' | 'overdue' | 'dueSoon' | 'cannotRenew'>;

/**
 * The one thing to tell of a loan today, if there is any. A loan that is due within three days and cannot be renewed is
 * told as due soon, with the reason: that says both, and it is what readers give a permission for first.
 * @param today number of the day since 1970-01-01
 */
export function judgeLoan(
  loan: Loan,
  told: ToldKeys,
  now: number,
  today: number,
): Judgement<LoanKind> | undefined {
  const { loanId, dueAt, overdue, renewal } = loan;
  const due = dayOf(dueAt);
  if (Number.isNaN(due)) return undefined;
  const date = dateOfDay(due);
  const keyOf = (...what: string[]): string => told.make('loan', [...what, loanId, date]);
  const has = (...what: string[]): boolean => told.has('loan', [...what, loanId, date]);
  // all of them are looked for, so that none is taken for forgotten
  const dueTold = has('dueSoon');
  const recallTold = has('recalled');
  const refusalTold = has('cannotRenew');
  const stepsTold = OVERDUE_STEPS.map((step) => has('overdue', String(step)));

  if (!recallTold && ((!renewal.allowed && renewal.code === 'RECALLED') || isDueEarlier(loan, told, due))) {
    // the one is the reason of the other
    return { kind: 'recalled', keys: [keyOf('recalled'), keyOf('cannotRenew')] };
  }
  if (overdue) {
    const reached = OVERDUE_STEPS.findLastIndex((step) => today - due >= step);
    if (reached < 0 || stepsTold.slice(reached).some(Boolean)) return undefined;
    return { kind: 'overdue', keys: [keyOf('overdue', String(OVERDUE_STEPS[reached]))] };
  }
  const left = due - today;
  if (left < 0 || hasPassed(dueAt, now)) return undefined;
  // others cause it, so that it is news to a reader who could renew before
  const isWanted = !renewal.allowed && renewal.code === 'ON_HOLD';
  if (left <= SOON_DAYS && !dueTold) {
    return { kind: 'dueSoon', keys: [keyOf('dueSoon'), ...(isWanted ? [keyOf('cannotRenew')] : [])] };
  }
  if (left <= RENEWING_DAYS && isWanted && !refusalTold) {
    return { kind: 'cannotRenew', keys: [keyOf('cannotRenew')] };
  }
  return undefined;
}

const hasPassed = (dueAt: string, now: number): boolean => dueAt.length > 10 && Date.parse(dueAt) <= now;

/**
 * Whether the reader was told a later due date of this very loan. Some libraries number loans by the book: whoever
 * brings it back and borrows it again for a shorter time must not hear of a recall.
 */
function isDueEarlier({ loanId, loanedAt, overdue }: Loan, told: ToldKeys, due: number): boolean {
  if (overdue || loanedAt === undefined) return false;
  const loaned = dayOf(loanedAt);
  return Array.from({ length: EARLIER_DAYS }, (_, i) => dateOfDay(due + 1 + i)).some((later) =>
    ['dueSoon', 'cannotRenew', 'recalled'].some((kind) => {
      const toldOn = told.dayOf('loan', [kind, loanId, later]);
      return toldOn !== undefined && loaned < toldOn;
    }),
  );
}
