import * as v from 'valibot';
import type { Item, ItemStatus } from '../../contracts/catalog';
import { ownValue } from '../own-value';
import { zonedTimestampOf } from '../zoned-time';
import type { Folio } from './connection';
import { anyOf, inGroups } from './cql';

const Text = v.nullish(v.string());

/** An item as mod-inventory has it. */
export const FolioItem = v.object({
  id: v.pipe(v.string(), v.uuid()),
  barcode: Text,
  holdingsRecordId: Text,
  callNumber: Text,
  effectiveCallNumberComponents: v.nullish(v.object({ prefix: Text, callNumber: Text, suffix: Text })),
  status: v.object({ name: v.string() }),
  effectiveLocation: v.nullish(v.object({ id: Text, name: Text })),
  discoverySuppress: v.nullish(v.boolean()),
});
export type FolioItem = v.InferOutput<typeof FolioItem>;
const ITEMS = { path: '/inventory/items', name: 'items', entry: FolioItem };

/** Item statuses of mod-inventory-storage (ramls/item.json); any other is unknown. */
const STATUSES: Record<string, ItemStatus> = {
  Available: 'available',
  'Checked out': 'onLoan',
  'Awaiting pickup': 'onHoldShelf',
  'Awaiting delivery': 'inTransit',
  'In transit': 'inTransit',
  Paged: 'processing',
  'In process': 'processing',
  'In process (non-requestable)': 'processing',
  'On order': 'processing',
  'Order closed': 'processing',
  Restricted: 'referenceOnly',
  Missing: 'missing',
  'Long missing': 'missing',
  'Declared lost': 'missing',
  'Aged to lost': 'missing',
  'Lost and paid': 'missing',
  'Claimed returned': 'missing',
  Withdrawn: 'missing',
};

/** Items by their ids, barcodes or holdings. @throws {LibraryFault} */
export async function findItems(
  { okapi }: Pick<Folio, 'okapi'>,
  index: 'id' | 'barcode' | 'holdingsRecordId',
  values: readonly string[],
): Promise<FolioItem[]> {
  const groups = inGroups([...new Set(values)]).map((group) => okapi.readAll(ITEMS, anyOf(index, group)));
  return (await Promise.all(groups)).flat();
}

export function callNumberOf(item: FolioItem): string | undefined {
  const { prefix, callNumber, suffix } = item.effectiveCallNumberComponents ?? {};
  const full = [prefix, callNumber ?? item.callNumber, suffix].filter(Boolean).join(' ');
  return full === '' ? undefined : full;
}

const DueLoan = v.object({
  itemId: v.string(),
  dueDate: v.nullish(v.pipe(v.string(), v.isoTimestamp())),
});

/** Copies as readers see them, with the times that lent ones are due. @throws {LibraryFault} */
export async function describeItems(folio: Folio, items: readonly FolioItem[]): Promise<Item[]> {
  const { okapi, places, config } = folio;
  const lent = items.filter(({ status }) => status.name === 'Checked out').map(({ id }) => id);
  const loans = await Promise.all(
    inGroups(lent).map((group) =>
      okapi.readAll(
        { path: '/circulation/loans', name: 'loans', entry: DueLoan },
        `${anyOf('itemId', group)} and status.name=="Open"`,
      ),
    ),
  );
  const due = new Map(loans.flat().map(({ itemId, dueDate }) => [itemId, dueDate]));
  return Promise.all(
    items.map(async (item): Promise<Item> => {
      const { id, name } = item.effectiveLocation ?? {};
      const dueDate = due.get(item.id);
      const callNumber = callNumberOf(item);
      return {
        itemId: item.id,
        barcode: item.barcode ?? '',
        ...(await places.location(id ?? undefined, name ?? undefined)),
        ...(callNumber !== undefined && { callNumber }),
        status: ownValue(STATUSES, item.status.name) ?? 'unknown',
        statusText: item.status.name,
        ...(dueDate && { dueAt: zonedTimestampOf(Date.parse(dueDate), config.timeZone) }),
      };
    }),
  );
}
