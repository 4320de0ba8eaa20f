import type { Item } from '../../../contracts/catalog';
import type { Catalog } from '../../library-system';
import { toId } from '../../text-ids';

/** A circulation that is matched by barcodes knows a copy by nothing else: neither may a hold name it otherwise. */
const byBarcode = (item: Item): Item => ({ ...item, itemId: toId(item.barcode) ?? item.itemId });

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
