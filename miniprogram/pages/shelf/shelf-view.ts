import type { Hold } from '../../../contracts/holds';
import type { FinesOutput, Loan, RenewOutcome } from '../../../contracts/loans';
import { isOverdue } from '../../components/loan-row/loan-line';
import { fill, type Language, type Texts } from '../../i18n/index';
import { yuan } from '../../lib/money';
import { holdLines, type HoldLine } from './hold-line';

export type Fines = Exclude<FinesOutput, { denied: unknown }>;

const HOLDS_SHOWN = 3;

/** What the head of the shelf says of all loans. */
export function countView(loans: readonly Loan[], { shelf: t }: Texts) {
  const overdue = loans.filter(isOverdue).length;
  return {
    total: loans.length,
    countWords: fill(t.count, { n: loans.length }),
    overdueWords: overdue === 0 ? '' : fill(t.countOverdue, { n: overdue }),
    renewable: loans.filter(({ renewal }) => renewal.allowed).length,
  };
}

/** The first holds, those that can be fetched before the others, and how many there are. */
export function holdsView(
  holds: readonly Hold[],
  texts: Texts,
  language: Language,
): { holdsWords: string; holds: HoldLine[]; holdsMore: boolean } {
  const { shelf: t } = texts;
  const lines = holdLines(holds, [], texts, language);
  const ready = holds.filter(({ status }) => status === 'ready').length;
  // What is no longer kept stays on the list, but nobody waits for it.
  const waiting = holds.filter(({ status }) => status !== 'ready' && status !== 'expired').length;
  const waitingWords = waiting > 0 ? fill(t.holdsWaiting, { n: waiting }) : '';
  return {
    holdsWords: ready > 0 ? fill(t.holdsReady, { n: ready }) : waitingWords,
    holds: lines.slice(0, HOLDS_SHOWN),
    holdsMore: lines.length > HOLDS_SHOWN,
  };
}

/** @param fines null when the library does not tell */
export function finesView(fines: Fines | null, { shelf: t }: Texts): { owes: boolean; finesWords: string } {
  const owes = fines !== null && fines.totalCents > 0;
  const none = fines === null ? '' : t.noFines;
  return { owes, finesWords: owes ? yuan(fines.totalCents) : none };
}

/**
 * The loans after renewing, in the order in which they stood.
 * @param read as the library says now; undefined when it could not be asked
 */
export function afterRenewing(
  before: readonly Loan[],
  outcomes: readonly RenewOutcome[],
  read: readonly Loan[] | undefined,
): Loan[] {
  const current = new Map((read ?? []).map((loan) => [loan.loanId, loan]));
  const renewed = new Map(outcomes.map((outcome) => [outcome.loanId, outcome]));
  return before.map((loan) => {
    const outcome = renewed.get(loan.loanId);
    const dueAt = outcome?.status === 'renewed' ? outcome.dueAt : loan.dueAt;
    return current.get(loan.loanId) ?? { ...loan, dueAt, overdue: loan.overdue && dueAt === loan.dueAt };
  });
}
