import * as v from 'valibot';
import { command, isDuplicate, table } from '../cloud/database';
import type { Desk } from '../runtime/context';
import { localDate, HOME_TIME_ZONE } from '../runtime/format-time';
import { sweepNowAndThen } from './expired';
import { openSealed } from './open-sealed';

const COLLECTION = 'message_chats';
const TALK = `${COLLECTION}.talk`;
/** What was talked about is forgotten after this long, ms: "2" an hour later is no choice any more. */
const TALK_LASTS = 30 * 60_000;
const RETENTION_MS = 86_400_000;

const Talk = v.object({
  language: v.picklist(['zh', 'en']),
  /** Entries of the FAQ that were numbered for choosing. */
  offered: v.array(v.string()),
  /** What was last asked: goes to a librarian if the reader wants that. */
  question: v.optional(v.string()),
});
/** What a conversation with customer service is about. */
export type Talk = v.InferOutput<typeof Talk>;

interface ChatDocument {
  _id: string;
  /** Sealed. */
  talk?: string;
  talkedAt?: number;
  /** Local date of the last greeting. */
  greetedOn?: string;
  expiresAt: number;
}

/** Between looking and writing another call may write, or a sweep take away what was there; not more often than this. */
const MOST_TRIES = 3;

const isLately = (talkedAt: number, now: number): boolean =>
  talkedAt > now - TALK_LASTS && talkedAt <= now + TALK_LASTS;

/** @returns undefined when there was none, or it is too long ago */
export async function findTalk(desk: Desk, openid: string, now: number): Promise<Talk | undefined> {
  const found = await table<ChatDocument>(COLLECTION).find(openid);
  if (found?.talkedAt === undefined || !isLately(found.talkedAt, now)) return undefined;
  return openSealed(desk, Talk, found.talk, { owner: openid, purpose: TALK });
}

export async function keepTalk(desk: Desk, openid: string, talk: Talk, now: number): Promise<void> {
  const changes = {
    talk: desk.seal(talk, { owner: openid, purpose: TALK }),
    talkedAt: now,
    expiresAt: now + RETENTION_MS,
  };
  // a greeting at the same moment must not be lost, nor lose this
  const chats = table<ChatDocument>(COLLECTION);
  for (let tries = 1; tries <= MOST_TRIES; tries++) {
    if ((await chats.update(openid, changes)) || (await addChat({ _id: openid, ...changes }))) break;
  }
  await sweepNowAndThen(COLLECTION, now);
}

/** What was kept of a conversation that went on while all was erased. */
export const removeTalk = (openid: string): Promise<boolean> => table(COLLECTION).remove(openid);

const dayOf = (now: number): string => localDate(now, HOME_TIME_ZONE);

export async function wasGreeted(openid: string, now: number): Promise<boolean> {
  return (await table<ChatDocument>(COLLECTION).find(openid))?.greetedOn === dayOf(now);
}

/**
 * Notes a greeting that is about to be sent, for which nothing that was talked about is kept longer.
 * @returns false when there was one today: of all who want to greet at a time, one does
 */
export async function noteGreeting(openid: string, now: number): Promise<boolean> {
  const greetedOn = dayOf(now);
  const chats = table<ChatDocument>(COLLECTION);
  const { neq, remove } = command();
  const greeted = { greetedOn, expiresAt: now + RETENTION_MS };
  for (let tries = 1; tries <= MOST_TRIES; tries++) {
    const found = await chats.find(openid);
    if (found?.greetedOn === greetedOn) return false;
    const talkedAt = found?.talkedAt;
    const goesOn = talkedAt !== undefined && isLately(talkedAt, now);
    if (talkedAt !== undefined && !goesOn)
      await chats.updateWhere({ _id: openid, talkedAt }, { talk: remove(), talkedAt: remove() });
    const isFirst = { _id: openid, greetedOn: neq(greetedOn) };
    if ((await chats.updateWhere(isFirst, goesOn ? { greetedOn } : greeted)) > 0) return true;
    // another has greeted, or there is nothing yet
    if (await addChat({ _id: openid, ...greeted })) return true;
  }
  return false;
}

/** @returns false when there is one meanwhile */
async function addChat(chat: ChatDocument): Promise<boolean> {
  try {
    await table<ChatDocument>(COLLECTION).add(chat);
    return true;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return false;
  }
}
