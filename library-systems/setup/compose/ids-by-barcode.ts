import type { Item } from '../../../contracts/catalog';
import type { Catalog } from '../../library-system';
import { toId } from '../../text-ids';

/** Marks the id of a copy that has no barcode; no barcode's own id has a dot there. */
const NAMELESS = '~.';
const LONGEST = 64;

/**
 * A circulation that is matched by barcodes knows a copy by nothing else: neither may a hold name it otherwise. The
 * catalogue's own id of a copy could be the barcode of another book.
 */
const byBarcode = (item: Item): Item => ({
  ...item,
  itemId: toId(item.barcode) ?? (NAMELESS + item.itemId).slice(0, LONGEST),
});

/** Whether an id stands for a copy that the circulation cannot be told of. */
export const isNameless = (itemId: string): boolean => itemId.startsWith(NAMELESS);

/** A catalogue whose copies bear their barcodes as ids. */
export function idsByBarcode<C extends Catalog & Required<Pick<Catalog, 'itemByBarcode'>>>(catalog: C): C {
  return {
    ...catalog,
    holdings: async (bibId) => {
      const holdings = await catalog.holdings(bibId);
      return holdings && { ...holdings, items: holdings.items.map(byBarcode) };
    },
    itemByBarcode: async (barcode) => {
      const found = await catalog.itemByBarcode(barcode);
      return found && { ...found, item: byBarcode(found.item) };
    },
  };
}
