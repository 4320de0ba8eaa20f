import { LibraryFault } from '../library-fault';
import type { Client } from './client';
import { askPatron } from './messages';
import type { ListName } from './messages';
import { all } from './wire/parse-answer';
import type { Answer } from './wire/parse-answer';

/** Field of the entries and field of their number, of each list in a patron information (64). */
const PARTS = {
  holds: ['AS', 'holdItems'],
  overdue: ['AT', 'overdueItems'],
  charged: ['AU', 'chargedItems'],
  fines: ['AV', 'fineItems'],
  recalls: ['BU', 'recallItems'],
  unavailableHolds: ['CD', 'unavailableHolds'],
} as const satisfies Record<ListName, readonly [string, keyof Answer<'64'>['fixed']]>;

/** Most messages about one list; a server that brings one entry a message is not read beyond this. */
const MAX_PAGES = 100;

/**
 * One list of a reader, read to its end. The first question names no part, for
 * some servers then give all; what is missing by the server's own count is asked
 * for by place. Servers that ignore the place give the same again, which adds
 * nothing.
 * @returns the last answer, and the entries; what one answer names twice stands twice
 * @throws {LibraryFault} GARBLED when fewer come than the server counts: a list without its end is none
 */
export async function readList(
  client: Client,
  patron: string,
  list: ListName,
): Promise<{ answer: Answer<'64'>; entries: string[] }> {
  const [field] = PARTS[list];
  let answer = await askPatron(client, { patron, list });
  const entries = all(answer, field);
  const known = new Set(entries);
  for (let page = 1; isMissing(answer, list, entries.length); page++) {
    if (page > MAX_PAGES) throw incomplete(list);
    answer = await askPatron(client, { patron, list, from: entries.length + 1 });
    const added = all(answer, field).filter((entry) => !known.has(entry));
    if (added.length === 0) break;
    for (const entry of added) known.add(entry);
    entries.push(...added);
  }
  const count = countOf(answer, list);
  if (count !== undefined && entries.length < count) throw incomplete(list);
  return { answer, entries };
}

/** How long a list is; `undefined` when the server does not count. */
export function countOf({ fixed }: Answer<'64'>, list: ListName): number | undefined {
  const count = fixed[PARTS[list][1]].trim();
  return /^\d+$/.test(count) ? Number(count) : undefined;
}

/** A server that does not count is asked until nothing new comes. */
function isMissing(answer: Answer<'64'>, list: ListName, seen: number): boolean {
  const count = countOf(answer, list);
  return count === undefined ? seen > 0 : seen < count;
}

const incomplete = (list: ListName): LibraryFault =>
  new LibraryFault('GARBLED', `The list of ${list} has fewer entries than the library counts`, {
    reason: 'protocol',
  });
