import { dueOn, localDate } from '../local-date';
import { copyOf, ruleOf } from './circulation';
import type { Circulation } from './circulation';
import { dueDate } from './due-dates';
import { passTime, takeBack } from './pass-time';
import type { Reader } from './rows';

/**
 * What happens at the library's counter and not over the port: whoever hosts
 * the demo may let it happen. Every call throws when the reader or the copy
 * does not exist, the copy is not there to be lent, or the reader has the
 * onboarding still to pass.
 */
export interface Counter {
  /** Lends a copy that is on its shelf, or waits for this very reader. */
  lend(ref: string, barcode: string): Promise<void>;
  takeBack(barcode: string): Promise<void>;
  /** A new card, a lost one, a suspension, a longer validity… The reference stays. */
  changeCard(
    ref: string,
    change: Partial<Pick<Reader, 'cardNumber' | 'cardState' | 'expiresAt'>>,
  ): Promise<void>;
  /** All fines of a reader are paid; those of books that are still out go on growing. */
  settleFines(ref: string): Promise<void>;
}

export function createCounter(circulation: Circulation): Counter {
  const { ledger, clock } = circulation;
  const readerOf = (ref: string): Reader => {
    const reader = ledger.readers.get(ref);
    if (!reader) throw new Error('The demo library has no reader of this reference');
    return reader;
  };
  return {
    lend: async (ref, barcode) => {
      const now = clock.now();
      passTime(circulation, now);
      const reader = readerOf(ref);
      if (reader.borrowing !== 'open') throw new Error('Borrowing is not open for this reader yet');
      const copy = copyOf(circulation, barcode);
      const [hold] = ledger.holds.by('barcode', barcode);
      const waitsForThem = hold?.reader === ref && hold.status === 'ready';
      if (copy.itemType === undefined || !(waitsForThem || copy.item.status === 'available')) {
        throw new Error(`Copy ${barcode} cannot be lent now: it is ${copy.item.status}`);
      }
      if (waitsForThem) ledger.put('holds', { ...hold, status: 'collected' });
      const { days } = ruleOf(reader, copy);
      ledger.put('loans', {
        id: `l${ledger.nextNumber()}`,
        reader: ref,
        bibId: copy.bib.bibId,
        barcode,
        loanedAt: new Date(now).toISOString(),
        dueAt: dueOn(dueDate(copy.item.branch.code, localDate(now), days, reader.expiresAt)),
        renewals: 0,
      });
      await ledger.commit();
    },
    takeBack: async (barcode) => {
      const now = clock.now();
      passTime(circulation, now);
      const [loan] = ledger.loans.by('barcode', barcode);
      if (!loan) throw new Error(`Copy ${barcode} is not on loan`);
      takeBack(circulation, loan, now);
      await ledger.commit();
    },
    changeCard: async (ref, change) => {
      const reader = readerOf(ref);
      const { cardNumber } = change;
      const isNew = cardNumber !== undefined && cardNumber !== reader.cardNumber;
      if (isNew && ledger.readers.by('card', cardNumber).length > 0) {
        throw new Error('Another reader of the demo library has this card number');
      }
      ledger.put('readers', {
        ...reader,
        ...change,
        ...(isNew && { formerNumbers: [...reader.formerNumbers, reader.cardNumber] }),
      });
      await ledger.commit();
    },
    settleFines: async (ref) => {
      for (const { id } of ledger.fines.by('reader', readerOf(ref).id)) ledger.remove('fines', id);
      await ledger.commit();
    },
  };
}
