import type { Loan } from '../../contracts/loans';
import type { Loans, PatronAccess, Refusal } from '../circulation';
import { beforeWrite } from '../before-write';
import { LibraryFault } from '../library-fault';
import type { Client } from './client';
import type { Words } from './denials';
import { fromId, toId } from '../text-ids';
import { readEntry, readItem } from './items';
import type { ItemFacts, ListedItem } from './items';
import { countOf, readList } from './lists';
import { isSendable } from './messages';
import { refusePatron } from './patrons';
import { renewLoans } from './renew-loans';
import { mapLimited } from '../map-limited';
import { isOverdue, readDate } from './times';

export function createLoans(client: Client, words: Words): Loans {
  return {
    list: (access) => listLoans(client, words, access),
    renew: async (access, loanIds) => {
      if (loanIds.length === 0) return [];
      const listed = await beforeWrite(listBarcodes(client, words, access));
      if ('denied' in listed) {
        return loanIds.map((loanId) => ({ loanId, status: 'refused', ...listed.denied }));
      }
      const own = new Map(listed.items.map((item) => [toId(item.barcode), item.barcode]));
      return renewLoans(client, words, fromId(access.ref), own, loanIds);
    },
  };
}

/** What stands on a reader's card, by barcode. Ids from elsewhere never get past this list. */
async function listBarcodes(
  client: Client,
  words: Words,
  { ref }: PatronAccess,
): Promise<{ items: ListedItem[] } | Refusal> {
  const patron = fromId(ref);
  if (!isSendable(client, patron)) return { denied: { code: 'BLOCKED' } };
  const charged = await readList(client, patron, 'charged');
  const refused = refusePatron(charged.answer, words);
  if (refused) return refused;
  // Where overdue copies are a list of their own they are loans all the same.
  const late = countOf(charged.answer, 'overdue') ?? 0;
  const overdue = late > 0 ? (await readList(client, patron, 'overdue')).entries : [];
  const read = readEntry(client);
  const items = new Map<string, ListedItem>();
  for (const entry of [...charged.entries, ...overdue]) {
    const item = read(entry);
    if (!items.has(item.barcode)) items.set(item.barcode, item);
  }
  return { items: [...items.values()] };
}

async function listLoans(
  client: Client,
  words: Words,
  access: PatronAccess,
): Promise<{ loans: Loan[] } | Refusal> {
  const listed = await listBarcodes(client, words, access);
  if ('denied' in listed) return listed;
  const loans = await mapLimited(listed.items, client.config.parallel.items, async (item) =>
    toLoan(client, item, await readItem(client, item.barcode)),
  );
  return { loans: loans.sort((a, b) => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : 0)) };
}

/** @throws {LibraryFault} GARBLED when the library tells no due date: none can be made up */
function toLoan({ clock, config }: Client, listed: ListedItem, item: ItemFacts | undefined): Loan {
  const { timeZone, dueTimeZone = timeZone, branches } = config;
  const { barcode, due } = listed;
  const dueAt = item?.dueAt ?? (due && readDate(due, timeZone, dueTimeZone));
  const loanId = toId(barcode);
  if (loanId === undefined || dueAt === undefined || dueAt === '') {
    throw new LibraryFault('GARBLED', 'A loan has no due date or no barcode that can be read', {
      reason: 'protocol',
    });
  }
  const branch = branches.find(({ code }) => code === item?.branchCode);
  const bibId = toId(item?.bibId ?? '');
  return {
    loanId,
    ...(bibId !== undefined && { bibId }),
    itemBarcode: barcode,
    title: item?.title ?? listed.title ?? barcode,
    ...(item?.callNumber !== undefined && { callNumber: item.callNumber }),
    ...(branch && { branch }),
    dueAt,
    overdue: isOverdue(dueAt, clock.now(), timeZone),
    renewal: renewalOf(config.heldIsNotRenewed, item),
  };
}

/** SIP2 tells only when asked to renew, except that somebody else waits. */
function renewalOf(heldIsNotRenewed: boolean, item: ItemFacts | undefined): Loan['renewal'] {
  if (item?.recalled) return { allowed: false, unsure: true, code: 'RECALLED' };
  if (heldIsNotRenewed && (item?.waiting ?? 0) > 0) return { allowed: false, unsure: true, code: 'ON_HOLD' };
  return { allowed: true, unsure: true };
}
