import type { SeedBib, SeedItem } from '../read-catalog';
import { randomFrom } from '../random';
import type { ItemTypeCode } from './policy';

/** Copies acquired since then are new books. */
const NEW_SINCE = '2025-01-01';

/** On what terms a copy is lent; `undefined` for one that is only read in the library. */
export function itemTypeOf(
  bib: SeedBib,
  [barcode, branch, room, acquired, kind]: SeedItem,
): ItemTypeCode | undefined {
  if (kind === 'reference') return undefined;
  if (acquired >= NEW_SINCE) return 'NEW';
  if (room === 'MED-READ') return 'AUTO';
  const chance = randomFrom(`item type ${barcode}`).next();
  if (bib.loans > 40 && branch === 'MAIN' && chance < 0.05) return 'SHORT';
  if (bib.loans > 40 && chance < 0.12) return 'HOT';
  if (/^(TP|O|F)/.test(bib.callNumber) && chance > 0.94) return 'TEXTBOOK';
  return 'BOOK';
}
