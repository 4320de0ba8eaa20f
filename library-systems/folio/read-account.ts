import * as v from 'valibot';
import { LibraryFault } from '../library-fault';
import type { Circulating } from './connection';
import { findUser } from './users';
import type { User } from './users';

const When = v.pipe(v.string(), v.isoTimestamp());
const Text = v.nullish(v.string());
const Item = v.object({ instanceId: Text, itemId: Text, title: Text, author: Text });

export const EdgeLoan = v.object({
  id: v.pipe(v.string(), v.uuid()),
  item: v.object({ ...Item.entries, itemId: v.pipe(v.string(), v.uuid()) }),
  loanDate: v.nullish(When),
  dueDate: When,
  overdue: v.nullish(v.boolean()),
});
export const EdgeHold = v.object({
  requestId: v.pipe(v.string(), v.uuid()),
  item: v.nullish(Item),
  requestDate: v.nullish(When),
  status: Text,
  pickupLocationId: Text,
  queuePosition: v.nullish(v.pipe(v.number(), v.integer())),
});
export const EdgeCharge = v.object({
  item: v.nullish(Item),
  chargeAmount: v.object({ amount: v.number() }),
  accrualDate: v.nullish(When),
  state: Text,
  reason: Text,
  feeFineId: v.pipe(v.string(), v.uuid()),
});
export type EdgeLoan = v.InferOutput<typeof EdgeLoan>;
export type EdgeHold = v.InferOutput<typeof EdgeHold>;
export type EdgeCharge = v.InferOutput<typeof EdgeCharge>;

const PARTS = {
  loans: { flag: 'includeLoans', total: 'totalLoans', entry: EdgeLoan },
  holds: { flag: 'includeHolds', total: 'totalHolds', entry: EdgeHold },
  charges: { flag: 'includeCharges', total: 'totalChargesCount', entry: EdgeCharge },
} as const;
type Part = keyof typeof PARTS;
type Entry<P extends Part> = v.InferOutput<(typeof PARTS)[P]['entry']>;

/** Entries that are asked for at once. FOLIO's own limit would cut lists short and say nothing. */
const LIMIT = 100;
const MAX_PAGES = 50;

/**
 * The loans, holds or charges of a reader's account, to the end; limit and offset hold for each list by itself, so one is
 * asked for at a time.
 * @param ref FOLIO's id of the user; edge-patron goes by externalSystemId
 * @returns `undefined` when FOLIO knows no such reader, or edge-patron cannot @throws {LibraryFault}
 */
export async function readAccount<P extends Part>(
  folio: Circulating,
  ref: string,
  part: P,
): Promise<{ user: User; id: string; entries: Entry<P>[] } | undefined> {
  const user = await findUser(folio, ref);
  const id = user?.externalSystemId;
  if (!user || !id) return undefined;
  const { flag, total, entry } = PARTS[part];
  const form = v.object({
    [total]: v.pipe(v.number(), v.integer(), v.minValue(0)),
    [part]: v.nullish(
      v.array<v.GenericSchema<unknown, Entry<P>>>(entry as unknown as v.GenericSchema<unknown, Entry<P>>),
    ),
  });
  const entries: Entry<P>[] = [];
  for (let page = 0; page < MAX_PAGES; page++) {
    const query = { [flag]: 'true', offset: entries.length, limit: LIMIT };
    const answer = await folio.edge.ask({ method: 'GET', path: [id], query }, form);
    if ('refused' in answer) {
      if (answer.refused.status === 404) return undefined;
      throw new LibraryFault('GARBLED', `edge-patron refuses an account (${answer.refused.status})`);
    }
    const shown = (answer.data[part] ?? []) as Entry<P>[];
    entries.push(...shown);
    if (entries.length >= Number(answer.data[total])) return { user, id, entries };
    // Half a list is none.
    if (shown.length === 0) break;
  }
  throw new LibraryFault('GARBLED', `edge-patron's list of ${part} did not come to an end`);
}
