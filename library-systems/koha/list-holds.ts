import type { Hold } from '../../contracts/holds';
import { branchNamed } from './connection';
import type { Koha } from './connection';
import { entriesOf, numberOf, readPatronInfo } from './read-patron-info';
import { readDate } from './read-time';
import { childrenOf, textOf } from './read-xml';
import type { XmlNode } from './read-xml';

/** A reader's own holds; ids are Koha's reserve_id. @returns `undefined` when Koha knows no such reader */
export async function readHolds(koha: Koha, ref: string): Promise<Hold[] | undefined> {
  const info = await readPatronInfo(koha.ask, ref, 'holds');
  return info && entriesOf(info, 'holds', 'hold').map((node) => describeHold(koha, node));
}

/** `reserves.found`: waiting for its reader, in transit; P, being processed, is neither and has no word here. */
const STATUSES: Record<string, Hold['status']> = { W: 'ready', T: 'inTransit' };

function describeHold(koha: Koha, node: XmlNode): Hold {
  const found = textOf(node, 'found');
  const status = found === undefined ? 'waiting' : (STATUSES[found] ?? 'unknown');
  const [item] = childrenOf(node, 'item');
  const barcode = textOf(item, 'barcode');
  const bibId = textOf(node, 'biblionumber');
  const author = textOf(item, 'author');
  const branch = textOf(node, 'branchcode');
  const priority = Number(textOf(node, 'priority') ?? 0);
  // Of a hold that waits at the counter, expirationdate is the last day to fetch it; before that it is a wish's end.
  const readyUntil =
    status === 'ready'
      ? readDate((textOf(node, 'lastpickupdate') ?? textOf(node, 'expirationdate'))?.slice(0, 10))
      : undefined;
  return {
    holdId: numberOf(node, 'reserve_id'),
    ...(bibId !== undefined && { bibId }),
    ...(barcode !== undefined && { itemBarcode: barcode }),
    title: textOf(node, 'title') ?? '',
    ...(author !== undefined && { author }),
    status,
    ...(status === 'waiting' && Number.isInteger(priority) && priority > 0 && { position: priority }),
    ...(branch !== undefined && { pickup: branchNamed(koha, branch, textOf(node, 'branchname')) }),
    ...(readyUntil !== undefined && { readyUntil }),
    ...(status === 'unknown' && found !== undefined && { libraryText: found }),
  };
}
