import type { MessageBody } from '../../contracts/messages/body';
import type { Delivery, MessageKind } from '../../contracts/messages/kinds';
import { command, isDuplicate, table } from '../cloud/database';
import { transaction, type Tables } from '../cloud/transaction';
import type { Desk } from '../runtime/context';
import type { BindingDocument } from './binding';
import { holdCredit, settleCredit } from './message-credits';
import { addTold, findPlan, findTold } from './message-plans';
import {
  COLLECTION,
  inboxFields,
  messageId,
  rankOf,
  sealBody,
  SENT_WITHIN_MS,
  type MessageDocument,
} from './messages';
import { dropWatches, findWatches } from './watches';

/*
 * Messages on their way, from being planned to what became of them.
 */

/** How long a run has a message for itself, ms: longer than any invocation lives. */
const TURN_MS = 70_000;
/** Whatever is due later than this was written before the clock was set back, ms. */
const FARTHEST_MS = 30 * 3_600_000;
/** What was planned and never told is of no use later, ms. */
const PLAN_KEPT_MS = 3 * 86_400_000;

/** Messages that may have to be told on a day: whether they are true is asked again when they are. */
export interface Planned {
  openid: string;
  bindingId?: string;
  kind: MessageKind;
  /** What is known already; sealed. */
  body?: MessageBody;
}

/** On which day something is told, and between which moments of it, ms. */
export interface TellingDay {
  /** Local date. */
  day: string;
  due: number;
  until: number;
}

/** At most one of a kind for a reader and a day, whoever plans it how often. */
export async function planMessages(
  desk: Desk,
  planned: readonly Planned[],
  { day, due, until }: TellingDay,
  now: number,
): Promise<void> {
  for (const { openid, bindingId, kind, body } of planned) {
    const _id = messageId(desk.lookup, openid, kind, day);
    const isNew = await addOnce({
      ...{ _id, owner: openid, kind, rank: rankOf(kind), state: 'planned', due, until, tries: 0 },
      ...(bindingId !== undefined && { bindingId }),
      ...(body && { body: sealBody(desk, _id, body) }),
      expiresAt: now + PLAN_KEPT_MS,
    });
    // who was erased, or unbound the card, while the library was asked: their messages went after their plan
    if (isNew && !(await isAbout(openid, bindingId)))
      await table(COLLECTION).removeWhere({ _id, state: 'planned', at: command().exists(false) });
  }
}

/** @returns whether it was not there */
async function addOnce(document: MessageDocument): Promise<boolean> {
  try {
    await table<MessageDocument>(COLLECTION).add(document);
    return true;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return false;
  }
}

const isAbout = async (openid: string, bindingId: string | undefined): Promise<boolean> =>
  bindingId === undefined
    ? (await findWatches(openid)).length > 0
    : (await findPlan(openid))?.bindingId === bindingId;

/**
 * Takes messages that are due, the most urgent first, for one run.
 * @param turn names the run's taking: new for each
 */
export async function takeDue(
  turn: string,
  { now, kinds, limit }: { now: number; kinds: readonly MessageKind[]; limit: number },
): Promise<MessageDocument[]> {
  const { lte, gt, in: oneOf } = command();
  const messages = table<MessageDocument>(COLLECTION);
  const rank = oneOf(kinds.map(rankOf));
  const due = { state: 'planned', rank, due: lte(now).or(gt(now + FARTHEST_MS)) };
  const found = await messages.findPage({ where: due, by: 'rank', limit, fields: ['_id'] });
  if (found.length === 0) return [];
  const _id = oneOf(found.map((message) => message._id!));
  const taken = await messages.updateWhere({ ...due, _id }, { turn, due: now + TURN_MS });
  if (taken === 0) return [];
  const mine = await messages.findAll({ _id, turn, state: 'planned' });
  return mine.sort((a, b) => a.rank - b.rank);
}

/** What a message says now, and how it goes out. */
export interface Telling {
  body: MessageBody;
  /** As of when, ms. */
  asOf: number;
  /** What counts as told from then on. */
  keys?: readonly string[];
  /** Titles that the reader does not watch any more when they are told. */
  bibIds?: readonly string[];
  /** By which template; or what becomes of it instead, and for what has to wait until when. */
  by: { template: string } | { instead: Delivery; due?: number };
}

/**
 * - sending: it is told, a permission is held, and WeChat is to be asked now
 * - told: it is in the inbox, and that is all for now
 * - gone: there is no such message any more, or another run has it
 * - again: what it says has changed meanwhile
 */
export type Told = 'sending' | 'told' | 'gone' | 'again';

/** Tells a message, wholly or not at all: from then on the reader knows it, and it is told no second time. */
export const tell = (desk: Desk, taken: MessageDocument, telling: Telling, now: number): Promise<Told> =>
  transaction(async (tables) => {
    const messages = tables<MessageDocument>(COLLECTION);
    const found = await messages.find(taken._id);
    if (found?.state !== 'planned' || found.turn !== taken.turn) return 'gone';
    if (!(await isBound(tables, found))) {
      await messages.remove(found._id);
      return 'gone';
    }
    if (!(await writeDownTold(tables, found, telling))) return 'again';
    const { _id, owner } = found;
    const way = await holdFor(tables, owner, telling.by, now);
    const { due: _, turn: __, until: ___, errcode: ____, ...rest } = found;
    const isOver = way.state === 'done';
    await messages.put({
      ...rest,
      ...way,
      ...(found.at === undefined ? inboxFields(_id, now) : {}),
      ...(!isOver && { until: found.at === undefined ? now + SENT_WITHIN_MS : (found.until ?? now) }),
      ...(way.state === 'sending' && found.turn !== undefined && { turn: found.turn }),
      ...(!isOver && found.errcode !== undefined && { errcode: found.errcode }),
      asOf: telling.asOf,
      body: sealBody(desk, _id, telling.body),
      // of every day on which it was told, for keys name the day
      ...(telling.keys && { keys: [...new Set([...(found.keys ?? []), ...telling.keys])] }),
    });
    return way.state === 'sending' ? 'sending' : 'told';
  });

async function isBound(tables: Tables, { owner, bindingId }: MessageDocument): Promise<boolean> {
  if (bindingId === undefined) return true;
  return (await tables<BindingDocument>('bindings').find(owner))?.bindingId === bindingId;
}

/** @returns false when some of it was told, or is not wanted any more, since it was read */
async function writeDownTold(
  tables: Tables,
  { owner, bindingId, keys: own = [] }: MessageDocument,
  { keys = [], bibIds = [] }: Telling,
): Promise<boolean> {
  if (bibIds.length > 0 && !(await dropWatches(tables, owner, bibIds))) return false;
  if (keys.length === 0 || bindingId === undefined) return true;
  const plan = await findTold(tables, owner, bindingId);
  if (!plan) return false;
  const others = plan.told.filter((key) => !own.includes(key));
  if (keys.some((key) => others.includes(key))) return false;
  await addTold(tables, plan, keys);
  return true;
}

type Way = Pick<MessageDocument, 'state' | 'delivery' | 'due' | 'template'>;

async function holdFor(tables: Tables, openid: string, by: Telling['by'], now: number): Promise<Way> {
  if ('instead' in by) {
    const { instead: delivery, due } = by;
    return due === undefined ? { state: 'done', delivery } : { state: 'planned', delivery, due };
  }
  const { template } = by;
  switch (await holdCredit(tables, openid, template, now)) {
    case 'held':
      return { state: 'sending', delivery: 'waiting', due: now + TURN_MS, template };
    case 'none':
      return { state: 'done', delivery: 'noCredit' };
    case 'refused':
      return { state: 'done', delivery: 'switchedOff' };
  }
}

/** What became of asking WeChat. `later`: it takes no more until then. */
export type SendEnd =
  | { delivery: 'sent' | 'unknown' }
  | { delivery: 'noCredit' | 'switchedOff' | 'failed'; errcode: number }
  | { later: number; errcode: number };

const CREDIT = {
  sent: 'spent',
  unknown: 'spent',
  noCredit: 'void',
  switchedOff: 'switchedOff',
  failed: 'back',
} as const;

/**
 * Writes down what became of a message, and of the permission that was held for it. What was given up as unknown
 * meanwhile stays so. @returns whether it counted
 */
export const settle = (
  { _id, owner, turn }: MessageDocument,
  template: string,
  end: SendEnd,
  now: number,
): Promise<boolean> =>
  transaction(async (tables) => {
    const messages = tables<MessageDocument>(COLLECTION);
    const found = await messages.find(_id);
    // one that was erased leaves its permission held
    if (found && (found.state !== 'sending' || found.turn !== turn)) return false;
    await settleCredit(tables, owner, template, 'later' in end ? 'back' : CREDIT[end.delivery], now);
    if (!found) return true;
    const { due: _, turn: __, until, template: ___, errcode: ____, ...rest } = found;
    // what the reader has taken out of the inbox is not tried again
    const isPutOff = 'later' in end && found.place !== undefined;
    await messages.put({
      ...rest,
      ...(isPutOff
        ? { state: 'planned', delivery: 'waiting', due: end.later, ...(until !== undefined && { until }) }
        : { state: 'done', delivery: 'later' in end ? 'failed' : end.delivery }),
      ...('errcode' in end && { errcode: end.errcode }),
      tries: found.tries + 1,
    });
    return true;
  });

/** Messages at which a run was killed after they were told: whether WeChat was asked nobody knows. */
export async function listStuck(now: number, limit: number): Promise<MessageDocument[]> {
  const { lte, gt } = command();
  // instances' clocks differ by less than a turn
  const where = { state: 'sending', due: lte(now).or(gt(now + 2 * TURN_MS)) };
  const fields = ['owner', 'turn', 'template'];
  return (await table<MessageDocument>(COLLECTION).findPage({
    ...{ where, by: 'due', limit, fields },
  })) as MessageDocument[];
}

/** Tries a message again later; it is not told. */
export async function putOff({ _id, turn, tries }: MessageDocument, due: number): Promise<void> {
  await table(COLLECTION).updateWhere({ _id, turn, state: 'planned' }, { due, tries: tries + 1 });
}

/** What stands in the inbox and cannot be sent any more stays there. */
export async function giveUp({ _id, turn }: MessageDocument, delivery: 'failed' | 'outdated'): Promise<void> {
  await table(COLLECTION).updateWhere({ _id, turn, state: 'planned' }, endedAs(delivery));
}

const endedAs = (delivery: 'failed' | 'outdated'): Record<string, unknown> => {
  const { remove } = command();
  return { state: 'done', delivery, due: remove(), until: remove(), turn: remove() };
};

/** What is not true any more is told to nobody. */
export async function dropPlanned({ _id, turn }: MessageDocument): Promise<void> {
  await table(COLLECTION).removeWhere({ _id, turn, state: 'planned' });
}

/**
 * Gives up what could not be told on its day; the next night looks anew. What stands in the inbox and could not be sent
 * has failed. @returns how many of either
 */
export async function giveUpOverdue(now: number): Promise<{ lapsed: number; failed: number }> {
  const { lte, exists } = command();
  const messages = table<MessageDocument>(COLLECTION);
  const overdue = { state: 'planned', until: lte(now) };
  const lapsed = await messages.removeWhere({ ...overdue, at: exists(false) });
  const failed = await messages.updateWhere({ ...overdue, at: exists(true) }, endedAs('failed'));
  return { lapsed, failed };
}
