import { randomUUID } from 'node:crypto';
import { table } from '../cloud/database';
import { transaction, type Tables } from '../cloud/transaction';
import { AppError } from '../runtime/app-error';
import type { Lookup } from '../runtime/lookup';
import { sweepNowAndThen } from './expired';

const COLLECTION = 'attempts';
const HALF_HOUR = 30 * 60_000;
const DAY = 24 * 3_600_000;

/** So many tries within so long, ms. */
interface Rule {
  limit: number;
  within: number;
}

/**
 * Below what libraries allow (5 is usual), so that nobody's card gets locked
 * through us. Libraries count wrong PINs until a right one comes, however long
 * that takes, so that a card has a limit by the day, too.
 */
const RULES = {
  identity: [{ limit: 3, within: HALF_HOUR }],
  card: [
    { limit: 3, within: HALF_HOUR },
    { limit: 4, within: DAY },
  ],
  // or erasing would be the way round every other limit
  erasure: [{ limit: 5, within: 10 * 60_000 }],
} as const satisfies Record<string, readonly Rule[]>;

/** Sign-ins that failed or are under way, by identity and by card, and erasures. Times in ms. */
interface AttemptsDocument {
  /** `identity:`, `card:` or `erasure:` and a keyed hash. */
  _id: string;
  tries: Try[];
  expiresAt: number;
}

interface Try {
  id: string;
  at: number;
  /** It counts against a card, too. */
  card?: boolean;
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

/** What tries are counted by. */
interface Counter {
  key: string;
  rules: readonly Rule[];
}

const counterOf = (lookup: Lookup, kind: keyof typeof RULES, text: string): Counter => ({
  key: `${kind}:${lookup(kind, text)}`,
  rules: RULES[kind],
});

/**
 * Reserves one try before the library is asked: what runs in parallel, on other
 * instances and before a restart counts, too.
 */
export async function reserveAttempt(
  lookup: Lookup,
  { openid, cardNumber }: Trial,
  now: number,
): Promise<Reservation | { retryAt: number }> {
  const counters = [counterOf(lookup, 'identity', openid)];
  if (cardNumber !== undefined) counters.push(counterOf(lookup, 'card', cardNumber));
  return reserve(counters, { id: randomUUID(), at: now, ...(cardNumber !== undefined && { card: true }) });
}

/** Counts an erasure that is about to be made. @throws {AppError} BUSY when there were too many */
export async function reserveErasure(lookup: Lookup, openid: string, now: number): Promise<void> {
  const reserved = await reserve([counterOf(lookup, 'erasure', openid)], { id: randomUUID(), at: now });
  if ('retryAt' in reserved) throw new AppError('BUSY', 'too many erasures', true);
}

/** The id of the last erasure of an identity; undefined when there was none for a while. */
export async function findLastErasure(lookup: Lookup, openid: string): Promise<string | undefined> {
  const found = await table<AttemptsDocument>(COLLECTION).find(counterOf(lookup, 'erasure', openid).key);
  return found?.tries.at(-1)?.id;
}

async function reserve(counters: readonly Counter[], one: Try): Promise<Reservation | { retryAt: number }> {
  const now = one.at;
  const result = await transaction(async (tables) => {
    const attempts = tables<AttemptsDocument>(COLLECTION);
    const standing = await readTries(tables, counters, now);
    const blocked = latest(standing.map((tries, i) => freeAt(counters[i]!.rules, tries, now)));
    if (blocked !== undefined) return { retryAt: blocked };
    const after = standing.map((tries) => [...tries, one]);
    for (const [i, { key, rules }] of counters.entries()) {
      await attempts.put({ _id: key, tries: after[i]!, expiresAt: now + longest(rules) });
    }
    const next = latest(after.map((tries, i) => freeAt(counters[i]!.rules, tries, now)));
    return {
      keys: counters.map(({ key }) => key),
      id: one.id,
      ...(next !== undefined && { nextIfFailed: next }),
    };
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
export async function findTries(
  lookup: Lookup,
  openid: string,
  now: number,
): Promise<{ what: 'signIn' | 'erasure'; at: number }[]> {
  const find = async (kind: 'identity' | 'erasure') => {
    const { key, rules } = counterOf(lookup, kind, openid);
    return running(rules, await table<AttemptsDocument>(COLLECTION).find(key), now);
  };
  return [
    ...(await find('identity')).map(({ at }) => ({ what: 'signIn' as const, at })),
    ...(await find('erasure')).map(({ at }) => ({ what: 'erasure' as const, at })),
  ];
}

/** Until when something about an identity stays, ms; absent where nothing does. */
export interface KeptTries {
  signIns?: number;
  /** Tries of this identity under the hash of a card; they do not say whose they were. */
  cards?: number;
  erasures?: number;
}

/**
 * Erases the tries of an identity that limit nobody any more. Those that do are
 * kept until they lapse: erased at once, they would let whoever erases go on
 * guessing. Tries of a card are the card's, whoever made them.
 */
export async function eraseTries(
  lookup: Lookup,
  openid: string,
  now: number,
): Promise<{ erased: number; kept: KeptTries }> {
  const identity = counterOf(lookup, 'identity', openid);
  const erasure = counterOf(lookup, 'erasure', openid);
  return transaction(async (tables) => {
    const attempts = tables<AttemptsDocument>(COLLECTION);
    const found = await attempts.find(identity.key);
    const tries = running(identity.rules, found, now);
    const signIns = lapseOf(identity.rules, tries);
    if (signIns !== undefined) await attempts.put({ _id: identity.key, tries, expiresAt: signIns });
    else if (found) await attempts.remove(identity.key);
    const cards = lapseOf(
      RULES.card,
      tries.filter(({ card }) => card === true),
    );
    const erasures = lapseOf(erasure.rules, running(erasure.rules, await attempts.find(erasure.key), now));
    return {
      erased: found !== undefined && signIns === undefined ? 1 : 0,
      kept: {
        ...(signIns !== undefined && { signIns }),
        ...(cards !== undefined && { cards }),
        ...(erasures !== undefined && { erasures }),
      },
    };
  });
}

/** When the last of the tries no longer counts. */
const lapseOf = (rules: readonly Rule[], tries: readonly Try[]): number | undefined =>
  tries.length === 0 ? undefined : Math.max(...tries.map(({ at }) => at)) + longest(rules);

async function readTries(tables: Tables, counters: readonly Counter[], now: number) {
  const attempts = tables<AttemptsDocument>(COLLECTION);
  const all: Try[][] = [];
  // one after the other: a transaction has one conversation
  for (const { key, rules } of counters) all.push(running(rules, await attempts.find(key), now));
  return all;
}

const longest = (rules: readonly Rule[]): number => Math.max(...rules.map(({ within }) => within));

const running = (rules: readonly Rule[], document: AttemptsDocument | undefined, now: number) =>
  (document?.tries ?? []).filter(({ at }) => isWithin(longest(rules), at, now));

/** Tries of the future were written before the clock was set back; the far ones say nothing any more. */
const isWithin = (span: number, at: number, now: number): boolean => now - at < span && at - now < HALF_HOUR;

/** When tries leave room for one more, in ms; undefined when they do now. */
function freeAt(rules: readonly Rule[], tries: readonly Try[], now: number): number | undefined {
  const times = tries.map(({ at }) => at).sort((a, b) => b - a);
  return latest(
    rules.map(({ limit, within }) => {
      const limiting = times.filter((at) => isWithin(within, at, now))[limit - 1];
      return limiting === undefined ? undefined : limiting + within;
    }),
  );
}

function latest(times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}
