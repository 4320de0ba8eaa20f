import { namedReaders } from '../../../library-systems/demo/circulation/named-readers';
import { pinOf } from '../../../library-systems/demo/circulation/sign-in/pins';
import type { Loan } from '../../../contracts/loans';
import type { LibrarySystem } from '../../../library-systems/library-system';

/** A named reader's number and PIN, by reference. */
export function credentials(ref: string): { cardNumber: string; pin: string } {
  const named = namedReaders('2026-11-21').find(({ reader }) => reader.id === ref);
  if (!named) throw new Error(`No named reader ${ref}`);
  return { cardNumber: named.reader.cardNumber, pin: pinOf(ref) };
}

export async function loansOf(system: LibrarySystem, ref: string): Promise<Loan[]> {
  const answer = await system.loans!.list({ ref });
  if ('denied' in answer) throw new Error(answer.denied.code);
  return answer.loans;
}

/** A title of which every copy is lent, and a branch that has one of them. */
export async function findHoldable(system: LibrarySystem): Promise<{ bibId: string; pickup: string }> {
  for (let page = 1; page <= 60; page++) {
    const { items } = await system.catalog!.mostBorrowed!({ page, pageSize: 50 });
    for (const { bibId, availableCopies } of items) {
      if (availableCopies !== undefined && availableCopies > 0) continue;
      const holdings = await system.catalog!.holdings(bibId);
      if (holdings!.items.every(({ status }) => status === 'onLoan')) {
        return { bibId, pickup: holdings!.items[0]!.branch.code };
      }
    }
  }
  throw new Error('Every title has a copy in');
}
