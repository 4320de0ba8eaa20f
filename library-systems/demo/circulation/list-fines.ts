import type { Fine } from '../../../contracts/loans';
import type { Fines } from '../../circulation';
import { admitOrRefuse, copyOf, runningFen } from './circulation';
import type { Circulation } from './circulation';
import { passTime } from './pass-time';
import { DEBT_BLOCK_FEN, PAY_AT } from './policy';

export function createFines(circulation: Circulation): Fines {
  const { ledger, clock } = circulation;
  return {
    list: async (access) => {
      const now = clock.now();
      passTime(circulation, now);
      const admitted = admitOrRefuse(circulation, access);
      if ('denied' in admitted) return admitted;
      const running = ledger.loans.by('reader', access.ref).flatMap((loan): Fine[] => {
        const amountCents = runningFen(circulation, loan, now);
        if (amountCents === 0) return [];
        const { title } = copyOf(circulation, loan.barcode).bib;
        const date = loan.dueAt.slice(0, 10);
        return [
          {
            fineId: loan.id,
            amountCents,
            reason: 'overdue',
            libraryText: '超期未还',
            title,
            date,
            running: true,
          },
        ];
      });
      const settled = ledger.fines
        .by('reader', access.ref)
        .map(({ id, amountCents, reason, libraryText, title, date }): Fine => ({
          fineId: id,
          amountCents,
          reason,
          libraryText,
          ...(title !== undefined && { title }),
          date,
          running: false,
        }));
      return { fines: [...running, ...settled], blockAtCents: DEBT_BLOCK_FEN, payAt: PAY_AT };
    },
  };
}
