import type { ItemState } from '../connected-system';
import type { Client } from './client';
import { readItem } from './items';
import { mapLimited } from '../map-limited';

/** The state of copies, each by a message of its own (17). */
export async function readItemStates(
  client: Client,
  barcodes: readonly string[],
): Promise<Map<string, ItemState>> {
  const states = new Map<string, ItemState>();
  await mapLimited([...new Set(barcodes)], client.config.parallel.items, async (barcode) => {
    const item = await readItem(client, barcode);
    if (!item) return;
    const { status, text, dueAt } = item;
    states.set(barcode, {
      status,
      ...(text !== undefined && { statusText: text }),
      // Some servers keep the due date of the loan before.
      ...(status === 'onLoan' && dueAt !== undefined && { dueAt }),
    });
  });
  return states;
}
