import type { PageInput } from '../../../contracts/fields';
import type { PastLoan } from '../../../contracts/personal';
import { copyOf } from './circulation';
import type { Circulation } from './circulation';
import type { EndedLoan, Reader } from './rows';

/** One page of a reader's ended loans, newest first. */
export function listHistory(
  circulation: Circulation,
  reader: Reader,
  { page, pageSize }: PageInput,
): { items: PastLoan[]; total: number } {
  const ended = [...circulation.ledger.ended.by('reader', reader.id), ...circulation.past.of(reader)].sort(
    (a, b) => (a.returnedAt > b.returnedAt ? -1 : a.returnedAt < b.returnedAt ? 1 : a.id < b.id ? 1 : -1),
  );
  const from = (page - 1) * pageSize;
  return {
    items: ended.slice(from, from + pageSize).map((loan) => describePastLoan(circulation, loan)),
    total: ended.length,
  };
}

function describePastLoan(circulation: Circulation, loan: EndedLoan): PastLoan {
  const { item, bib } = copyOf(circulation, loan.barcode);
  return {
    loanId: loan.id,
    bibId: loan.bibId,
    title: bib.title,
    author: bib.author,
    callNumber: bib.callNumber,
    clc: bib.callNumber.charAt(0),
    branch: item.branch.name,
    loanedAt: loan.loanedAt,
    dueAt: loan.dueAt,
    returnedAt: loan.returnedAt,
    renewals: loan.renewals,
  };
}
