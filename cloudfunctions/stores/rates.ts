import { command, isDuplicate, table } from '../cloud/database';
import { AppError } from '../runtime/app-error';
import { sweepNowAndThen } from './expired';

const COLLECTION = 'rates';
const WINDOW_MS = 10 * 60_000;
/**
 * Calls at the same moment come with times that differ: their order is lost on the way, and instances' clocks are
 * not the same. A window that began this much later counts still; one farther off was begun before a clock was set back.
 */
const SKEW_MS = 60_000;

/** How often one identity may do in ten minutes what costs the library or us; far above what a reader needs. */
const LIMITS = {
  // everything that is read of a reader at the library, together: one a second, all the while
  'library.read': 600,
  'cards.start': 20,
  'cards.bind': 40,
  'loans.renew': 200,
  'loans.renewAll': 60,
  'holds.write': 100,
  'holds.watch': 200,
  'history.export': 20,
  'privacy.export': 20,
  // an evening of reading and answering is a few hundred of both together
  'onboarding.read': 600,
  'onboarding.write': 600,
  // apart from the answers: whoever saved too many can still hand in
  'onboarding.sit': 200,
  'report.read': 600,
  // choosing and hiding cards one after the other
  'report.write': 200,
  // questions that are answered at once, from what is here
  ask: 400,
  // what one person writes to customer service
  'messages.chat': 60,
  // a badge on every page, and the inbox
  'messages.read': 600,
  'messages.write': 200,
  // each is drawn by WeChat, which bounds how many a mini program may have
  'report.code': 20,
  'feedback.read': 300,
  // each is checked by WeChat
  'feedback.write': 60,
  'feedback.upload': 40,
} as const;
export type CountedCall = keyof typeof LIMITS;

interface RateDocument {
  /** openid, colon, what is counted. */
  _id: string;
  owner: string;
  since: number;
  count: number;
  expiresAt: number;
}

/** What is called often is counted in tens: a write for each would cost more than the call. */
const AT_ONCE = 10;
/** Calls that this instance has counted already and that were not made yet, by identity and kind. Times in ms. */
const allowances = new Map<string, { left: number; from: number }>();
const MOST_ALLOWANCES = 1_000;

/** Counts one more read of a reader at the library. @throws {AppError} BUSY when there were too many */
export const countRead = (openid: string, now: number): Promise<void> =>
  countOften(openid, 'library.read', now);

/**
 * Counts one more of what is called often. An instance that ends may leave some of
 * its ten unused, so that a few less than the limit may be had.
 * @throws {AppError} BUSY when there were too many
 */
export async function countOften(openid: string, what: keyof typeof LIMITS, now: number): Promise<void> {
  const key = idOf(openid, what);
  const held = allowances.get(key);
  if (held && held.left > 0 && isRunning(held.from, now)) {
    held.left--;
    return;
  }
  await countCall(openid, what, now, AT_ONCE);
  if (allowances.size >= MOST_ALLOWANCES) allowances.clear();
  const left = (allowances.get(key)?.left ?? 0) + AT_ONCE - 1;
  allowances.set(key, { left, from: now });
}

/**
 * Between two looks another call may begin a window, and a sweep may take one that has run out. More than that
 * does not happen within one call.
 */
const MOST_LOOKS = 4;

/** Counts one more, or several at once. @throws {AppError} BUSY when there were too many */
export async function countCall(openid: string, what: CountedCall, now: number, by = 1): Promise<void> {
  for (let look = 1; look <= MOST_LOOKS; look++) {
    if (await countOn(openid, what, now, by)) return;
    const begun = await beginWindow(openid, what, now, by);
    if (begun === 'full') break;
    if (begun) return sweepNowAndThen(COLLECTION, now);
  }
  throw new AppError('BUSY', `too many calls of ${what}`, true);
}

const idOf = (openid: string, what: string): string => `${openid}:${what}`;

const isRunning = (since: number, now: number): boolean => since > now - WINDOW_MS && since <= now + SKEW_MS;

async function countOn(openid: string, what: CountedCall, now: number, by: number): Promise<boolean> {
  const { gt, lte, inc } = command();
  const since = gt(now - WINDOW_MS).and(lte(now + SKEW_MS));
  const withRoom = { _id: idOf(openid, what), since, count: lte(LIMITS[what] - by) };
  return (await table(COLLECTION).updateWhere(withRoom, { count: inc(by) })) > 0;
}

/** @returns whether this call is the first of a window, of many at once one is; `full` when one runs without room */
async function beginWindow(
  openid: string,
  what: CountedCall,
  now: number,
  by: number,
): Promise<boolean | 'full'> {
  const rates = table<RateDocument>(COLLECTION);
  const _id = idOf(openid, what);
  const begun = { since: now, count: by, expiresAt: now + WINDOW_MS };
  const found = await rates.find(_id);
  if (found && isRunning(found.since, now)) return found.count + by > LIMITS[what] && 'full';
  if (found) return (await rates.updateWhere({ _id, since: found.since }, begun)) > 0;
  try {
    await rates.add({ _id, owner: openid, ...begun });
    return true;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return false;
  }
}
