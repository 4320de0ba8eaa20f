import { MessageBody } from '../../contracts/messages/body';
import type { InboxItem } from '../../contracts/messages/actions';
import { MESSAGE_KINDS, type Delivery, type MessageKind } from '../../contracts/messages/kinds';
import { command, table } from '../cloud/database';
import { transaction, type Tables } from '../cloud/transaction';
import type { Desk } from '../runtime/context';
import { timestamp } from '../runtime/format-time';
import type { Lookup } from '../runtime/lookup';
import { openSealed } from './open-sealed';

export const COLLECTION = 'messages';
const BODY = `${COLLECTION}.body`;
const DAY = 86_400_000;
/** How long the inbox keeps a message. */
export const KEPT_MS = 180 * DAY;
/** How long it is tried to send what stands in the inbox already. */
export const SENT_WITHIN_MS = 2 * DAY;
/** After the end of its turn a message that was being sent has surely been settled, ms. */
const SETTLED_WITHIN_MS = 3_600_000;

/**
 * A message: work list, outbox and inbox in one; see ../schema.json for each field. Times in ms since the epoch.
 * - planned: will be sent; without `at` the reader knows nothing of it
 * - sending: WeChat is being asked
 * - done: nothing more happens
 */
export interface MessageDocument {
  _id: string;
  owner: string;
  bindingId?: string;
  kind: MessageKind;
  /** Its place among the kinds: the most urgent is 0. */
  rank: number;
  state: 'planned' | 'sending' | 'done';
  due?: number;
  until?: number;
  turn?: string;
  tries: number;
  at?: number;
  asOf?: number;
  body?: string;
  keys?: string[];
  place?: string;
  read?: boolean;
  delivery?: Delivery;
  template?: string;
  errcode?: number;
  expiresAt: number;
}

/** The same message is the same document, whoever makes it how often. @param subject a local day, a ticket, a paper */
export const messageId = (lookup: Lookup, openid: string, kind: MessageKind, subject: string): string =>
  lookup('message', JSON.stringify([openid, kind, subject]));

export const rankOf = (kind: MessageKind): number => MESSAGE_KINDS.indexOf(kind);

export const sealBody = (desk: Desk, _id: string, body: MessageBody): string =>
  desk.seal(body, { owner: _id, purpose: BODY });

/** @returns undefined when it cannot be read any more */
export const openBody = (
  desk: Desk,
  { _id, body }: Pick<MessageDocument, '_id' | 'body'>,
): MessageBody | undefined => openSealed(desk, MessageBody, body, { owner: _id, purpose: BODY });

/** What puts a message into the inbox. */
export const inboxFields = (
  _id: string,
  at: number,
): Pick<MessageDocument, 'at' | 'place' | 'read' | 'expiresAt'> => ({
  ...{ at, place: `${String(at).padStart(14, '0')}.${_id}`, read: false, expiresAt: at + KEPT_MS },
});

export interface Announcement {
  openid: string;
  body: MessageBody;
  /** The same subject is announced once. */
  subject: string;
  /** What belongs to a card goes with its binding. */
  bindingId?: string;
}

/**
 * Tells a reader what a feature knows, in the transaction in which it comes to know it: it is in the inbox at once, and
 * is sent in the next minute of the day in which sending is allowed.
 */
export async function announce(
  tables: Tables,
  desk: Desk,
  { openid, body, subject, bindingId }: Announcement,
  now: number,
): Promise<void> {
  const messages = tables<MessageDocument>(COLLECTION);
  const { kind } = body;
  const _id = messageId(desk.lookup, openid, kind, subject);
  if (await messages.find(_id)) return;
  await messages.put({
    ...{ _id, owner: openid, kind, rank: rankOf(kind), state: 'planned', tries: 0 },
    ...(bindingId !== undefined && { bindingId }),
    ...{ due: now, until: now + SENT_WITHIN_MS, asOf: now, delivery: 'waiting' as const },
    body: sealBody(desk, _id, body),
    ...inboxFields(_id, now),
  });
}

/**
 * The same for several at once that are told outside of any change, each once.
 * @returns how many had not been announced before
 */
export async function announceNew(
  desk: Desk,
  announcements: readonly Announcement[],
  now: number,
): Promise<number> {
  const idOf = ({ openid, body, subject }: Announcement): string =>
    messageId(desk.lookup, openid, body.kind, subject);
  const known = new Set(await table(COLLECTION).findIds({ _id: command().in(announcements.map(idOf)) }));
  const fresh = announcements.filter((one) => !known.has(idOf(one)));
  for (const one of fresh) await transaction((tables) => announce(tables, desk, one, now));
  return fresh.length;
}

/**
 * A reader's messages, newest first; what does not open any more is left out.
 * @param before the `next` of the page before
 */
export async function listInbox(
  desk: Desk,
  openid: string,
  { before, limit, now }: { before: string | undefined; limit: number; now: number },
): Promise<{ items: InboxItem[]; next?: string }> {
  const found = (await table<MessageDocument>(COLLECTION).findPage({
    where: { owner: openid, place: command().gt(''), expiresAt: command().gt(now) },
    ...{ by: 'place', order: 'desc', after: before, limit: limit + 1 },
    fields: ['body', 'at', 'asOf', 'read', 'delivery'],
  })) as MessageDocument[];
  const shown = found.slice(0, limit);
  return {
    items: shown.flatMap((message) => {
      const body = openBody(desk, message);
      return body ? [toItem(message, body)] : [];
    }),
    ...(found.length > limit && { next: shown.at(-1)!.place! }),
  };
}

const toItem = (
  { _id, at = 0, asOf = at, read = false, delivery = 'waiting' }: MessageDocument,
  body: MessageBody,
): InboxItem => ({ id: _id, at: timestamp(at), asOf: timestamp(asOf), body, read, delivery });

export const countUnread = (openid: string, now: number): Promise<number> =>
  table(COLLECTION).count({ owner: openid, read: false, expiresAt: command().gt(now) });

/** @param which certain messages, or all that came until then, ms */
export async function markRead(
  openid: string,
  which: { ids: readonly string[] } | { until: number },
): Promise<void> {
  const { lte, in: oneOf } = command();
  const those = 'ids' in which ? { _id: oneOf(which.ids) } : { at: lte(which.until) };
  await table(COLLECTION).updateWhere({ owner: openid, read: false, ...those }, { read: true });
}

/**
 * Takes messages out of the inbox. That there were such messages stays until they would have expired, so that they are
 * not told again; what still waits to be sent is not sent any more.
 */
export async function removeMessages(openid: string, ids: readonly string[]): Promise<void> {
  const { exists, remove, in: oneOf, neq } = command();
  const those = { owner: openid, _id: oneOf(ids), place: exists(true) };
  const messages = table<MessageDocument>(COLLECTION);
  const ended = { state: 'done', due: remove(), until: remove(), turn: remove(), at: remove() };
  // once more where a message went from one to the other in between
  do {
    await messages.updateWhere({ ...those, state: 'planned' }, { ...ended, ...emptied() });
    // what became of a message that is being sent is still settled
    await messages.updateWhere({ ...those, state: neq('planned') }, emptied());
  } while ((await messages.count(those)) > 0);
}

const emptied = (): Record<string, unknown> => {
  const { remove } = command();
  return { body: remove(), place: remove(), read: remove(), keys: remove() };
};

/** Removes what was told, or was to be told, because of the card that a reader had bound; in the transaction that ends it. */
export async function removeOfBinding(tables: Tables, openid: string): Promise<void> {
  const messages = tables<MessageDocument>(COLLECTION);
  const { exists, neq } = command();
  const those = { owner: openid, bindingId: exists(true) };
  for (const id of await messages.findIds({ ...those, state: neq('sending') })) await messages.remove(id);
  for (const id of await messages.findIds({ ...those, state: 'sending' })) await removeIn(tables, id);
}

/** Removes a message. Of one that is being sent it is still settled what became of the permission; then it goes, too. */
export async function removeIn(tables: Tables, id: string): Promise<void> {
  const messages = tables<MessageDocument>(COLLECTION);
  const found = await messages.find(id);
  if (found?.state !== 'sending') return void (await messages.remove(id));
  const { due = 0 } = found;
  const bindingId = command().remove();
  await messages.update(id, { ...emptied(), bindingId, expiresAt: due + SETTLED_WITHIN_MS });
}

/**
 * The same for most of it, before the transaction that ends a binding: half a year of messages, one by one, would take it
 * longer than a call lives.
 */
export async function clearOfBinding(openid: string, bindingId: string): Promise<void> {
  await table(COLLECTION).removeWhere({ owner: openid, bindingId, state: command().neq('sending') });
}
