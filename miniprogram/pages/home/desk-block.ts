import type { Denied } from '../../../contracts/denials';
import type { Loan } from '../../../contracts/loans';
import { isDueSoon, isOverdue, whenWords } from '../../components/loan-row/loan-line';
import { fill, type Language, type Texts } from '../../i18n/index';
import { dayText } from '../../lib/dates';
import { call } from '../../services/api';

/** What the home page says of the loans: the books to be brought back, or one quiet line. */
export interface DeskBlock {
  overdue: string;
  soon: string;
  lines: { loanId: string; title: string; when: string; late: boolean }[];
  /** When nothing is due within a week; empty when nothing is borrowed */
  quiet: string;
}

const LINES = 3;

/** @param loans by due date, overdue first */
export function deskBlock(loans: readonly Loan[], texts: Texts, language: Language): DeskBlock {
  const { desk: t } = texts;
  const overdue = loans.filter(isOverdue);
  const soon = loans.filter(isDueSoon);
  const first = loans[0];
  const none = overdue.length + soon.length === 0;
  return {
    overdue: overdue.length === 0 ? '' : fill(t.overdueHead, { n: overdue.length }),
    soon: soon.length === 0 ? '' : fill(t.dueHead, { n: soon.length }),
    lines: [...overdue, ...soon].slice(0, LINES).map((loan) => ({
      loanId: loan.loanId,
      title: loan.title,
      when: whenWords(loan, texts.shelf),
      late: isOverdue(loan),
    })),
    quiet:
      first === undefined || !none
        ? ''
        : fill(t.nextDue, { n: loans.length, day: dayText(first.dueAt, language) }),
  };
}

/** What the home page knows of the reader. */
export type DeskReading =
  | { kind: 'unbound' }
  /** The library does not serve the card */
  | { kind: 'denied'; denied: Denied }
  /** `isStale`: the library could not be asked, this is what it said at `asOf` */
  | { kind: 'loans'; loans: Loan[]; asOf: string; isStale: boolean };

/**
 * Whether a card is bound, and what is borrowed with it.
 * @param onEnded is told, and waited for, when the binding has ended because the card was bound elsewhere
 * @throws ApiFault
 */
export async function readDesk(onEnded: (at: string) => Promise<void>): Promise<DeskReading> {
  const { card, endedElsewhere } = await call('cards.mine', {});
  if (endedElsewhere !== undefined) await onEnded(endedElsewhere.at);
  if (card === undefined) return { kind: 'unbound' };
  const answer = await call('loans.list', {});
  if ('denied' in answer) return { kind: 'denied', denied: answer.denied };
  return { kind: 'loans', loans: answer.loans, asOf: answer.asOf, isStale: answer.state === 'stale' };
}
