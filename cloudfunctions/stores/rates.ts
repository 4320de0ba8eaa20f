import { command, isDuplicate, table } from '../cloud/database';
import { AppError } from '../runtime/app-error';
import { sweepNowAndThen } from './expired';

const COLLECTION = 'rates';
const WINDOW_MS = 10 * 60_000;

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
} as const;

interface RateDocument {
  /** openid, colon, what is counted. */
  _id: string;
  owner: string;
  since: number;
  count: number;
  expiresAt: number;
}

/** Counts one more. @throws {AppError} BUSY when there were too many */
export async function countCall(openid: string, what: keyof typeof LIMITS, now: number): Promise<void> {
  if (await countOn(openid, what, now)) return;
  if (await beginWindow(openid, what, now)) return sweepNowAndThen(COLLECTION, now);
  // another call may have begun the window meanwhile
  if (await countOn(openid, what, now)) return;
  throw new AppError('BUSY', `too many calls of ${what}`, true);
}

const idOf = (openid: string, what: string): string => `${openid}:${what}`;

async function countOn(openid: string, what: keyof typeof LIMITS, now: number): Promise<boolean> {
  const { gt, lte, lt, inc } = command();
  const since = gt(now - WINDOW_MS).and(lte(now));
  const withRoom = { _id: idOf(openid, what), since, count: lt(LIMITS[what]) };
  return (await table(COLLECTION).updateWhere(withRoom, { count: inc(1) })) > 0;
}

/** @returns whether this call is the first of a window; of many at once one is */
async function beginWindow(openid: string, what: string, now: number): Promise<boolean> {
  const rates = table<RateDocument>(COLLECTION);
  const _id = idOf(openid, what);
  const begun = { since: now, count: 1, expiresAt: now + WINDOW_MS };
  const found = await rates.find(_id);
  if (found) {
    const isRunning = found.since > now - WINDOW_MS && found.since <= now;
    return !isRunning && (await rates.updateWhere({ _id, since: found.since }, begun)) > 0;
  }
  try {
    await rates.add({ _id, owner: openid, ...begun });
    return true;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return false;
  }
}
