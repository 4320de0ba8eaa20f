import { MAX_OPEN_TICKETS, MAX_READER_ENTRIES } from '../../contracts/feedback';
import { command, table } from '../cloud/database';
import { transaction, type Tables } from '../cloud/transaction';
import type { Desk } from '../runtime/context';
import { doomFilesIn, removeDoomed, useFileIn } from './feedback-files';
import {
  answerSubject,
  beginTicket,
  COLLECTION,
  derive,
  turnOf,
  withEntry,
  type EntryRecord,
  type TicketDocument,
} from './feedback-ticket';
import { messageId, removeIn } from './messages';

/** How long whoever asks for checks of a ticket has for it before another may, ms. */
const TURN = 70_000;

const tickets = () => table<TicketDocument>(COLLECTION);

/** The same tap always makes the same ticket. */
export const ticketIdOf = (desk: Desk, openid: string, requestId: string): string =>
  desk.lookup('feedback.ticket', JSON.stringify([openid, requestId]));

export const requestKeyOf = (desk: Desk, openid: string, requestId: string): string =>
  desk.lookup('feedback.request', JSON.stringify([openid, requestId]));

/** @returns undefined when there is none, or it is another reader's */
export async function findTicket(openid: string, id: string): Promise<TicketDocument | undefined> {
  const found = await tickets().find(id);
  return found?.owner === openid ? found : undefined;
}

/** What a reader sends, once it was checked. */
export interface NewEntry {
  openid: string;
  ticket: string;
  text: string;
  check: EntryRecord['check'];
  request: string;
  asked: string;
  /** Ids in `feedback_files`. */
  pictures: string[];
  /** For a new ticket; absent where an entry is added to one. */
  begin?: Pick<TicketDocument, 'kind' | 'via'>;
  /** When its check is to be asked for again; absent when it was answered. */
  due?: number;
}

export type Added =
  | { ticket: TicketDocument; entry: EntryRecord }
  | { tooMany: 'tickets' | 'entries' }
  | { badPicture: number }
  | { gone: true };

/**
 * Adds what a reader has written, once for one tap, with its pictures: all of it or nothing. The caller holds the reader's
 * lease, so that what is counted is so, and nothing is written while all is being erased.
 */
export async function addEntry(desk: Desk, wanted: NewEntry, now: number): Promise<Added> {
  try {
    return await transaction((tables) => addEntryIn(tables, desk, wanted, now));
  } catch (error) {
    if (error instanceof BadPicture) return { badPicture: error.index };
    throw error;
  }
}

async function addEntryIn(tables: Tables, desk: Desk, wanted: NewEntry, now: number): Promise<Added> {
  const { openid, ticket: _id, begin, request, asked, check, pictures, text, due } = wanted;
  const documents = tables<TicketDocument>(COLLECTION);
  const found = await documents.find(_id);
  if (found && found.owner !== openid) return { gone: true };
  const earlier = found?.entries.find((entry) => entry.request === request);
  if (found && earlier) return { ticket: found, entry: earlier };
  if (!found && !begin) return { gone: true };
  const before = found ?? beginTicket({ _id, owner: openid, ...begin! }, now);
  const refused = await refusalOf(tables, openid, found);
  if (refused) return { tooMany: refused };
  for (const [index, id] of pictures.entries())
    if (!(await useFileIn(tables, { openid, id, ticket: _id }, now))) throw new BadPicture(index);
  const entry: EntryRecord = { from: 'reader', at: now, check, request, asked, pictures };
  const soonest = Math.min(due ?? Infinity, before.due ?? Infinity);
  const timed = { ...before, tries: due === undefined ? before.tries : 0 };
  const ticket = withEntry(desk, soonest === Infinity ? timed : { ...timed, due: soonest }, entry, text);
  await documents.put(ticket);
  return { ticket, entry };
}

/** Ends the transaction, so that pictures before this one are not used either. */
class BadPicture extends Error {
  constructor(readonly index: number) {
    super('a picture is not to be had');
  }
}

async function refusalOf(
  tables: Tables,
  openid: string,
  found: TicketDocument | undefined,
): Promise<'tickets' | 'entries' | undefined> {
  if (found && found.entries.length >= MAX_READER_ENTRIES) return 'entries';
  if (found?.state === 'open') return undefined;
  const open = await tables(COLLECTION).findIds({ owner: openid, state: 'open' });
  return open.length >= MAX_OPEN_TICKETS ? 'tickets' : undefined;
}

/** The same before anything is checked: what would be refused is not sent to WeChat. */
export async function wouldBeTooMany(
  openid: string,
  found: TicketDocument | undefined,
): Promise<'tickets' | 'entries' | undefined> {
  if (found && found.entries.length >= MAX_READER_ENTRIES) return 'entries';
  if (found?.state === 'open') return undefined;
  return (await tickets().count({ owner: openid, state: 'open' })) >= MAX_OPEN_TICKETS
    ? 'tickets'
    : undefined;
}

/**
 * Which tickets a reader has, the one that changed last first. Ids only: texts of many may be more than one answer holds.
 * @param before the place of the last one of the page before
 */
export async function listTicketPlaces(
  openid: string,
  before: string | undefined,
  limit: number,
): Promise<{ id: string; place: string }[]> {
  const page = { where: { owner: openid }, by: 'place', order: 'desc', after: before, limit } as const;
  const found = await tickets().findPage({ ...page, fields: ['state'] });
  return found.map(({ _id, place }) => ({ id: _id!, place: place! }));
}

/** Notes that the reader has opened a ticket as it was read; what has come since is still unread. */
export const markOpened = ({ _id, owner, changedAt }: TicketDocument): Promise<number> =>
  tickets().updateWhere({ _id, owner, changedAt, unread: true }, { unread: false });

/** Has the job ask again for checks that are put off: WeChat gives some only while the reader is about. */
export async function askSoon(openid: string, ids: readonly string[], now: number): Promise<void> {
  if (ids.length === 0) return;
  const { in: among, gt } = command();
  const putOff = { owner: openid, due: gt(now + TURN) };
  await Promise.all([
    tickets().updateWhere({ ...putOff, _id: among(ids) }, { due: now }),
    table('feedback_files').updateWhere(
      // what was asked waits for its verdict
      { ...putOff, ticket: among(ids), state: 'pending', trace: command().exists(false) },
      { due: now },
    ),
  ]);
}

/** Changes a ticket that is there in one step. @returns undefined when it is not, or the change is none */
export async function changeTicket(
  id: string,
  change: (
    ticket: TicketDocument,
    tables: Tables,
  ) => TicketDocument | undefined | Promise<TicketDocument | undefined>,
): Promise<TicketDocument | undefined> {
  return transaction(async (tables) => {
    const documents = tables<TicketDocument>(COLLECTION);
    const found = await documents.find(id);
    const changed = found && (await change(found, tables));
    if (!changed) return undefined;
    const whole = derive(changed);
    await documents.put(whole);
    return whole;
  });
}

/** Sets what a check has said of an entry. What was rejected has no turn, and its pictures go. */
export function withVerdict(
  ticket: TicketDocument,
  place: number,
  verdict: Partial<Pick<EntryRecord, 'check' | 'lapsed'>>,
): TicketDocument {
  const entries = ticket.entries.map((entry, at) => (at === place ? { ...entry, ...verdict } : entry));
  const changed = { ...ticket, entries };
  return verdict.check === 'rejected' && ticket.state === 'open'
    ? { ...changed, state: turnOf(changed) }
    : changed;
}

/** Erases a ticket with its pictures and what was announced of it. @returns whether it was there */
export const removeTicket = (
  desk: Pick<Desk, 'lookup'>,
  openid: string,
  id: string,
  now: number,
): Promise<boolean> => removeIf(desk, id, ({ owner }) => owner === openid, now);

/** The same for one whose time is over, unless somebody has written in it since it was listed. */
export const removeEnded = (desk: Pick<Desk, 'lookup'>, id: string, now: number): Promise<boolean> =>
  removeIf(desk, id, ({ endsAt }) => endsAt <= now, now);

async function removeIf(
  { lookup }: Pick<Desk, 'lookup'>,
  id: string,
  isWanted: (ticket: TicketDocument) => boolean,
  now: number,
): Promise<boolean> {
  const files = await transaction(async (tables) => {
    const found = await tables<TicketDocument>(COLLECTION).find(id);
    if (!found || !isWanted(found)) return undefined;
    for (const [place, { from }] of found.entries.entries())
      if (from === 'library')
        await removeIn(tables, messageId(lookup, found.owner, 'feedbackAnswered', answerSubject(id, place)));
    const doomed = await doomFilesIn(tables, id, now);
    await tables(COLLECTION).remove(id);
    return doomed;
  });
  await removeDoomed(files ?? [], now);
  return files !== undefined;
}

/** Tickets whose time is over. */
export async function listEndedTickets(now: number, limit: number): Promise<string[]> {
  const where = { endsAt: command().lte(now) };
  const found = await tickets().findPage({ where, by: 'endsAt', limit, fields: ['state'] });
  return found.map(({ _id }) => _id!);
}

/** Tickets with a text whose check is to be asked for, the longest waiting first. */
export async function listUnchecked(now: number, limit: number): Promise<string[]> {
  const where = { due: command().lte(now) };
  const found = await tickets().findPage({ where, by: 'due', limit, fields: ['state'] });
  return found.map(({ _id }) => _id!);
}

/** Takes a turn with a ticket whose check is due. @returns it as it was; of all who want one at a time, one gets it */
export async function takeTicketTurn(id: string, now: number): Promise<TicketDocument | undefined> {
  const found = await tickets().find(id);
  if (found?.due === undefined || found.due > now) return undefined;
  const taken = await tickets().updateWhere({ _id: id, due: found.due }, { due: now + TURN });
  return taken > 0 ? found : undefined;
}
