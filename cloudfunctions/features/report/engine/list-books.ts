import type { ReportLoan } from '../../../../contracts/report/loan';
import type { YearBook } from '../../../../contracts/report/shared';
import { bookOf, gatherFacts } from './facts';
import { dateText } from './local-clock';
import { prepareLoans, type Reading } from './prepare-loans';

/** All titles of the window in the order of their first loans, as the report counts them. */
export function listBooks(loans: readonly ReportLoan[], reading: Reading): YearBook[] {
  const { titles } = gatherFacts(prepareLoans(loans, reading), reading);
  return [...titles.values()].map(({ first, loans: times }) => ({
    book: bookOf(first),
    on: dateText(first.day),
    loans: times,
  }));
}
