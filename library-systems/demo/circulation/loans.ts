import type { Denied } from '../../../contracts/denials';
import type { Loan, RenewOutcome } from '../../../contracts/loans';
import type { Loans } from '../../circulation';
import { admitOrRefuse, renewalBlocksOf, copyOf, renewalFacts } from './circulation';
import type { Circulation } from './circulation';
import { listHistory } from './history';
import { passTime } from './pass-time';
import { refuse } from './refusals';
import { decideRenewal, describeRenewal } from './renewal';
import type { LoanRow, Reader } from './rows';

export function createLoans(circulation: Circulation): Loans {
  const { ledger, clock } = circulation;
  return {
    list: async (access) => {
      const now = clock.now();
      passTime(circulation, now);
      const admitted = admitOrRefuse(circulation, access);
      if ('denied' in admitted) return admitted;
      const [blocked] = renewalBlocksOf(circulation, admitted.reader, now);
      const loans = ledger.loans
        .by('reader', access.ref)
        .sort((a, b) => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : a.id < b.id ? -1 : 1));
      return { loans: loans.map((loan) => describeLoan(circulation, admitted.reader, loan, now, blocked)) };
    },
    renew: async (access, loanIds) => {
      const now = clock.now();
      passTime(circulation, now);
      const admitted = admitOrRefuse(circulation, access);
      const outcomes =
        'denied' in admitted
          ? loanIds.map((loanId): RenewOutcome => ({ loanId, status: 'refused', ...admitted.denied }))
          : renewEach(circulation, admitted.reader, loanIds, now);
      await ledger.commit();
      return outcomes;
    },
    history: async (access, page) => {
      passTime(circulation, clock.now());
      const admitted = admitOrRefuse(circulation, access);
      return 'denied' in admitted ? admitted : listHistory(circulation, admitted.reader, page);
    },
  };
}

function describeLoan(
  circulation: Circulation,
  reader: Reader,
  loan: LoanRow,
  now: number,
  blocked: Denied | undefined,
): Loan {
  const { item, bib } = copyOf(circulation, loan.barcode);
  return {
    loanId: loan.id,
    bibId: loan.bibId,
    itemBarcode: loan.barcode,
    title: bib.title,
    author: bib.author,
    callNumber: bib.callNumber,
    branch: item.branch,
    loanedAt: loan.loanedAt,
    dueAt: loan.dueAt,
    overdue: now > Date.parse(loan.dueAt),
    renewal: describeRenewal(renewalFacts(circulation, reader, loan, now, blocked)),
  };
}

function renewEach(
  circulation: Circulation,
  reader: Reader,
  loanIds: readonly string[],
  now: number,
): RenewOutcome[] {
  const [blocked] = renewalBlocksOf(circulation, reader, now);
  return loanIds.map((loanId) => {
    const loan = circulation.ledger.loans.get(loanId);
    // Whether such a loan exists at all is nobody else's business.
    if (loan?.reader !== reader.id) return { loanId, status: 'refused', ...refuse('NOT_YOURS') };
    const decision = decideRenewal(renewalFacts(circulation, reader, loan, now, blocked));
    if ('denied' in decision) return { loanId, status: 'refused', ...decision.denied };
    const { dueAt } = decision;
    circulation.ledger.put('loans', { ...loan, dueAt, renewals: loan.renewals + 1 });
    return { loanId, status: 'renewed', dueAt };
  });
}
