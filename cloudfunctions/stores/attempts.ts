import { randomUUID } from 'node:crypto';
import { table } from '../cloud/database';
import { transaction, type Tables } from '../cloud/transaction';
import type { Lookup } from '../runtime/lookup';
import { sweepNowAndThen } from './expired';

const COLLECTION = 'attempts';
/** Below what libraries allow (5 is usual), so that nobody's card gets locked through us. */
const LIMIT = 3;
const WINDOW_MS = 30 * 60_000;

/** Sign-ins that failed or are under way, by identity and by card. Times in ms. */
interface AttemptsDocument {
  /** `identity:` or `card:` and a keyed hash. */
  _id: string;
  tries: { id: string; at: number }[];
  expiresAt: number;
}

/** Who tries to prove which card; the card is absent where its number does not pass through us. */
export interface Trial {
  openid: string;
  cardNumber?: string;
}

export interface Reservation {
  keys: string[];
  id: string;
  /** When the next try is possible if this one fails, ms; absent when one is possible at once. */
  nextIfFailed?: number;
}

const identityKey = (lookup: Lookup, openid: string): string => `identity:${lookup('identity', openid)}`;

/**
 * Reserves one try before the library is asked: what runs in parallel, on other
 * instances and before a restart counts, too.
 */
export async function reserveAttempt(
  lookup: Lookup,
  { openid, cardNumber }: Trial,
  now: number,
): Promise<Reservation | { retryAt: number }> {
  const keys = [identityKey(lookup, openid)];
  if (cardNumber !== undefined) keys.push(`card:${lookup('card', cardNumber)}`);
  const id = randomUUID();
  const result = await transaction(async (tables) => {
    const attempts = tables<AttemptsDocument>(COLLECTION);
    const standing = await readTries(tables, keys, now);
    const blocked = standing.map(freeAt).filter((at) => at !== undefined);
    if (blocked.length > 0) return { retryAt: Math.max(...blocked) };
    const after = standing.map((tries) => [...tries, { id, at: now }]);
    for (const [index, tries] of after.entries()) {
      await attempts.put({ _id: keys[index]!, tries, expiresAt: now + WINDOW_MS });
    }
    const next = after.map(freeAt).filter((at) => at !== undefined);
    return { keys, id, ...(next.length > 0 && { nextIfFailed: Math.max(...next) }) };
  });
  await sweepNowAndThen(COLLECTION, now);
  return result;
}

/** Gives a try back that was no failure: the proof was right, or the library was certainly not asked. */
export async function returnAttempt({ keys, id }: Reservation): Promise<void> {
  await transaction(async (tables) => {
    const attempts = tables<AttemptsDocument>(COLLECTION);
    for (const key of keys) {
      const found = await attempts.find(key);
      if (!found) continue;
      const tries = found.tries.filter((one) => one.id !== id);
      if (tries.length === 0) await attempts.remove(key);
      else await attempts.put({ ...found, tries });
    }
  });
}

/** What stands against an identity now, for its owner to see. */
export async function findTries(lookup: Lookup, openid: string, now: number): Promise<{ at: number }[]> {
  const found = await table<AttemptsDocument>(COLLECTION).find(identityKey(lookup, openid));
  return running(found, now).map(({ at }) => ({ at }));
}

async function readTries(tables: Tables, keys: readonly string[], now: number) {
  const attempts = tables<AttemptsDocument>(COLLECTION);
  const all: AttemptsDocument['tries'][] = [];
  // one after the other: a transaction has one conversation
  for (const key of keys) all.push(running(await attempts.find(key), now));
  return all;
}

/** Tries of the future were written before the clock was set back; the far ones say nothing any more. */
const running = (document: AttemptsDocument | undefined, now: number): AttemptsDocument['tries'] =>
  (document?.tries ?? []).filter(({ at }) => Math.abs(now - at) < WINDOW_MS);

/** When tries leave room for one more, in ms; undefined when they do now. */
function freeAt(tries: AttemptsDocument['tries']): number | undefined {
  const limiting = tries.map(({ at }) => at).sort((a, b) => b - a)[LIMIT - 1];
  return limiting === undefined ? undefined : limiting + WINDOW_MS;
}
