import type { Fine } from '../../contracts/loans';
import { centsOf } from '../cents';
import type { Fines } from '../circulation';
import { LibraryFault } from '../library-fault';
import { localDateOf } from '../zoned-time';
import { NO_SUCH_USER } from './connection';
import type { Circulating } from './connection';
import { readAccount } from './read-account';
import type { EdgeCharge } from './read-account';

/** What is open on the account. mod-patron names USD whatever the tenant's currency, so that name is not read. */
export function createFines(folio: Circulating): Fines {
  return {
    list: async ({ ref }) => {
      const account = await readAccount(folio, ref, 'charges');
      if (!account) return { denied: NO_SUCH_USER };
      return { fines: account.entries.flatMap((charge) => describeCharge(charge, folio.config.timeZone)) };
    },
  };
}

function describeCharge(charge: EdgeCharge, timeZone: string): Fine[] {
  const { chargeAmount, accrualDate, reason, item } = charge;
  const amountCents = centsOf(chargeAmount.amount);
  if (amountCents === undefined) throw new LibraryFault('GARBLED', 'edge-patron named no amount');
  if (amountCents <= 0) return [];
  return [
    {
      fineId: charge.feeFineId,
      amountCents,
      reason: reasonOf(reason ?? ''),
      ...(reason && { libraryText: reason }),
      ...(item?.title && { title: item.title }),
      ...(accrualDate && { date: localDateOf(Date.parse(accrualDate), timeZone) }),
      // FOLIO charges for being late when the book is back.
      running: false,
    },
  ];
}

/** Fee types are the library's own texts; the automatic ones are "Overdue fine" and "Lost item fee". */
function reasonOf(text: string): Fine['reason'] {
  if (/lost|遗失|丢失/i.test(text)) return 'lost';
  if (/overdue|逾期|超期/i.test(text)) return 'overdue';
  return /damage|损坏|污损/i.test(text) ? 'damage' : 'other';
}
