import type { Loan } from '../../../contracts/loans';
import { isDueSoon, isOverdue, whenWords } from '../../components/loan-row/loan-line';
import { fill, type Language, type Texts } from '../../i18n/index';
import { dayText } from '../../lib/dates';

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
