import { command, table } from '../cloud/database';
import { AppError } from '../runtime/app-error';
import { sweepNowAndThen } from './expired';

const COLLECTION = 'rates';
const WINDOW_MS = 10 * 60_000;

/** How often one identity may do in ten minutes what costs the library or us much; far above what a reader needs. */
const LIMITS = {
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
  const _id = `${openid}:${what}`;
  const { gt, lte, lt, inc } = command();
  const running = { _id, since: gt(now - WINDOW_MS).and(lte(now)) };
  const counted = await table(COLLECTION).updateWhere(
    { ...running, count: lt(LIMITS[what]) },
    { count: inc(1) },
  );
  if (counted > 0) return;
  const found = await table<RateDocument>(COLLECTION).find(_id);
  if (found && found.since > now - WINDOW_MS && found.since <= now) {
    throw new AppError('BUSY', `too many calls of ${what}`, true);
  }
  // Two that begin a window at once count as one; the bound need not be exact.
  await table<RateDocument>(COLLECTION).put({
    _id,
    owner: openid,
    since: now,
    count: 1,
    expiresAt: now + WINDOW_MS,
  });
  await sweepNowAndThen(COLLECTION, now);
}
