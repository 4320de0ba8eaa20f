import { DELIVERIES, MESSAGE_KINDS, type Delivery, type MessageKind } from '../../contracts/messages/kinds';
import { command, table } from '../cloud/database';
import { COLLECTION, rankOf, type MessageDocument } from './messages';

/*
 * Numbers of messages for the staff, without whose they are.
 */

/** How messages that were told since then fared. */
export interface DeliveryCount {
  kind: MessageKind;
  delivery: Delivery;
  /** WeChat's number, where it refused. */
  errcode?: number;
  count: number;
}

/** Counted at once. */
const COUNTED_AT_ONCE = 10;
/** With these WeChat has refused nothing. */
const WITHOUT_CODE: readonly Delivery[] = ['sent', 'unknown', 'inboxOnly'];

/**
 * What was told since then, by kind, what became of it, and WeChat's number. Only counted, by an index: a half year of a
 * large library is millions of messages.
 */
export async function countDeliveries(since: number): Promise<DeliveryCount[]> {
  const pairs = MESSAGE_KINDS.flatMap((kind) => DELIVERIES.map((delivery) => ({ kind, delivery })));
  const counts: DeliveryCount[] = [];
  await Promise.all(
    Array.from({ length: COUNTED_AT_ONCE }, async () => {
      for (let pair = pairs.shift(); pair; pair = pairs.shift())
        counts.push(...(await countPair(pair, since)));
    }),
  );
  return counts.sort((a, b) => rankOf(a.kind) - rankOf(b.kind) || b.count - a.count);
}

async function countPair(
  pair: Pick<DeliveryCount, 'kind' | 'delivery'>,
  since: number,
): Promise<DeliveryCount[]> {
  const messages = table<MessageDocument>(COLLECTION);
  const { gt } = command();
  const where = { ...pair, at: gt(since) };
  const all = await messages.count(where);
  if (all === 0) return [];
  const coded: DeliveryCount[] = [];
  for (let last = Number.MIN_SAFE_INTEGER; !WITHOUT_CODE.includes(pair.delivery);) {
    const above = { ...where, errcode: gt(last) };
    const [next] = await messages.findPage({ where: above, by: 'errcode', limit: 1, fields: [] });
    if (next?.errcode === undefined) break;
    last = next.errcode;
    coded.push({ ...pair, errcode: last, count: await messages.count({ ...where, errcode: last }) });
  }
  // some may have been told in between
  const rest = all - coded.reduce((sum, { count }) => sum + count, 0);
  return [...coded, ...(rest > 0 ? [{ ...pair, count: rest }] : [])];
}

/** How many should have been sent by then, and were not. */
export const countLate = (by: number): Promise<number> =>
  table<MessageDocument>(COLLECTION).count({ state: 'planned', due: command().lte(by) });
