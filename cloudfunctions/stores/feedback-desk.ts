import { command, table } from '../cloud/database';
import { COLLECTION, type TicketDocument } from './feedback-ticket';

const DAY = 86_400_000;
/** What is looked at for how long answers take, and the fewest that say anything. */
const WINDOW = 90 * DAY;
const FEWEST = 5;
const MOST = 1_000;
/** How long an instance goes by what it has counted, ms. */
const TRUSTED_FOR = 10 * 60_000;

const tickets = () => table<TicketDocument>(COLLECTION);
let counted: { at: number; wait: number | undefined } | undefined;

/** How long readers wait for the first answer, ms: the median of the last 90 days; undefined below five answers. */
export async function usualWait(now: number): Promise<number | undefined> {
  if (counted && counted.at <= now && now < counted.at + TRUSTED_FOR) return counted.wait;
  const answered = await tickets().findPage({
    where: { answeredAt: command().gt(now - WINDOW) },
    by: 'answeredAt',
    order: 'desc',
    limit: MOST,
    fields: ['waited'],
  });
  const waits = answered.map(({ waited = 0 }) => waited).sort((a, b) => a - b);
  counted = { at: now, wait: waits.length < FEWEST ? undefined : medianOf(waits) };
  return counted.wait;
}

function medianOf(sorted: readonly number[]): number {
  const half = sorted.length / 2;
  const [a = 0, b = 0] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]];
  return (a + b) / 2;
}

/** Whose turn it is, or what waits for a human; nothing of which all is still unchecked, or was rejected. */
export type TicketList = TicketDocument['state'] | 'review';

const inList = (list: TicketList) => (list === 'review' ? { review: true } : { visible: true, state: list });

/** A part of a list, the longest waiting first. Ids only: texts of many may be more than one answer holds. */
export async function listQueue(
  list: TicketList,
  after: string | undefined,
  limit: number,
): Promise<{ id: string; queue: string }[]> {
  const page = { where: inList(list), by: 'queue', after, limit, fields: ['state'] } as const;
  return (await tickets().findPage(page)).map(({ _id, queue }) => ({ id: _id!, queue: queue! }));
}

export const countQueue = (list: TicketList): Promise<number> => tickets().count(inList(list));

/** Any ticket that staff may see something of. */
export async function findForStaff(id: string): Promise<TicketDocument | undefined> {
  const found = await tickets().find(id);
  return found && (found.visible || found.review) ? found : undefined;
}
