import * as v from 'valibot';
import type { Ticket } from '../../contracts/feedback';
import type { Sealer } from '../runtime/sealed';
import { openSealed } from './open-sealed';

export const COLLECTION = 'feedback';
const TEXTS = `${COLLECTION}.texts`;
const YEAR = 365 * 86_400_000;
/** From the last entry on, ms. */
export const KEPT_FOR = YEAR;

/** `review`: WeChat's check leaves it to a human of the staff. */
export type EntryCheck = 'pending' | 'review' | 'passed' | 'rejected';

/** One entry of a ticket; its text stands in the same place of `texts`. Times in ms. */
export interface EntryRecord {
  from: 'reader' | 'library';
  at: number;
  check: EntryCheck;
  /** Its check is not asked for any more. */
  lapsed?: boolean;
  /** Keyed hash of the id of the tap. */
  request?: string;
  /** Keyed hash of what was sent under it, so that an id cannot be used for something else. */
  asked?: string;
  /** Ids in `feedback_files`. */
  pictures: string[];
}

/** What a reader has written to the library, with its answers. Times in ms. */
export interface TicketDocument {
  /** A keyed hash of the reader and the tap. */
  _id: string;
  owner: string;
  kind: Ticket['kind'];
  via: Ticket['via'];
  state: Ticket['state'];
  at: number;
  entries: EntryRecord[];
  /** Sealed texts of the entries. */
  texts: string;
  unread: boolean;
  /** Something of the reader's has passed, so that staff may see the ticket. */
  visible: boolean;
  /** A text or a picture waits for a human of the staff. */
  review: boolean;
  /** A picture does. */
  pictureReview: boolean;
  /** When it came to be whose turn it is, and the id: the order of the staff's lists. */
  queue: string;
  /** When the check of a text is to be asked for; absent when none is. */
  due?: number;
  /** How often it was asked for in vain. */
  tries: number;
  /** When the library answered first, and how long that took. */
  answeredAt?: number;
  waited?: number;
  changedAt: number;
  /** Its place in the reader's list. */
  place: string;
  /** From when on it is erased, with its pictures. */
  endsAt: number;
}

export function textsOf(sealer: Sealer, { _id, texts, entries }: TicketDocument): string[] {
  const opened = openSealed(sealer, v.array(v.string()), texts, { owner: _id, purpose: TEXTS });
  // a key that has left the ring leaves that something was written, and when
  return entries.map((_, place) => opened?.[place] ?? '');
}

export const sealTexts = (sealer: Sealer, _id: string, texts: readonly string[]): string =>
  sealer.seal(texts, { owner: _id, purpose: TEXTS });

/** What a new ticket starts from; the rest follows from its entries. */
export function beginTicket(
  start: Pick<TicketDocument, '_id' | 'owner' | 'kind' | 'via'>,
  now: number,
): Omit<TicketDocument, 'texts'> {
  return {
    ...start,
    state: 'open',
    at: now,
    entries: [],
    unread: false,
    visible: false,
    review: false,
    pictureReview: false,
    queue: '',
    place: '',
    tries: 0,
    changedAt: now,
    endsAt: now + KEPT_FOR,
  };
}

/** A ticket with one more entry: then it is the other side's turn. */
export function withEntry(
  sealer: Sealer,
  ticket: Omit<TicketDocument, 'texts'> & { texts?: string },
  entry: EntryRecord,
  text: string,
): TicketDocument {
  const { texts } = ticket;
  const before = texts === undefined ? [] : textsOf(sealer, { ...ticket, texts });
  const isAnswer = entry.from === 'library';
  return derive({
    ...ticket,
    entries: [...ticket.entries, entry],
    texts: sealTexts(sealer, ticket._id, [...before, text]),
    state: isAnswer ? 'answered' : 'open',
    unread: isAnswer || ticket.unread,
    changedAt: entry.at,
    endsAt: entry.at + KEPT_FOR,
  });
}

/** The same with what follows from its entries: who may see it, what is still to be checked, where it stands in lists. */
export function derive(ticket: TicketDocument): TicketDocument {
  const { entries, pictureReview } = ticket;
  const isWaiting = entries.some(({ check, lapsed }) => check === 'pending' && lapsed !== true);
  const { due, ...rest } = ticket;
  return {
    ...rest,
    visible: entries.some(({ from, check }) => from === 'reader' && check === 'passed'),
    review: pictureReview || entries.some(({ check }) => check === 'review'),
    place: `${String(ticket.changedAt).padStart(14, '0')}.${ticket._id}`,
    queue: `${new Date(waitingSince(ticket) ?? ticket.changedAt).toISOString()} ${ticket._id}`,
    ...(isWaiting && due !== undefined && { due }),
  };
}

/** Entries of the reader after the last answer. */
const sinceAnswer = (entries: readonly EntryRecord[]): EntryRecord[] =>
  entries.slice(entries.findLastIndex(({ from }) => from === 'library') + 1);

/** Since when something that staff may see waits for an answer, ms; undefined when nothing does. */
export const waitingSince = ({ state, entries }: TicketDocument): number | undefined =>
  state === 'open' ? sinceAnswer(entries).find(({ check }) => check === 'passed')?.at : undefined;

/** Whose turn it is once an entry was rejected, or a ticket was opened again: nobody answers what was rejected. */
export function turnOf({ entries }: Pick<TicketDocument, 'entries'>): Ticket['state'] {
  if (sinceAnswer(entries).some(({ check }) => check !== 'rejected')) return 'open';
  return entries.some(({ from }) => from === 'library') ? 'answered' : 'closed';
}

/** Under which an answer is announced, once. @param place of the answer in the ticket */
export const answerSubject = (id: string, place: number): string => `${id}:${place}`;
