import { table } from '../cloud/database';
import type { Tables } from '../cloud/transaction';
import { sweepNowAndThen } from './expired';

const COLLECTION = 'notices';
const RETENTION_MS = 180 * 86_400_000;

/** What a reader is to be told when they next open the mini program. Times in ms. */
interface NoticeDocument {
  _id: string;
  /** When their binding ended because the card was bound to another identity. */
  endedAt: number;
  expiresAt: number;
}

export async function leaveEndedNotice(tables: Tables, openid: string, now: number): Promise<void> {
  const notice = { _id: openid, endedAt: now, expiresAt: now + RETENTION_MS };
  await tables<NoticeDocument>(COLLECTION).put(notice);
}

/** @returns when the binding ended, in ms */
export async function findEndedNotice(openid: string, now: number): Promise<number | undefined> {
  const notice = await table<NoticeDocument>(COLLECTION).find(openid);
  return notice && notice.expiresAt > now ? notice.endedAt : undefined;
}

/** Removes what was read, not what has come in its place. @param endedAt ms */
export async function removeNotice(openid: string, endedAt: number, now: number): Promise<void> {
  await table(COLLECTION).removeWhere({ _id: openid, endedAt });
  await sweepNowAndThen(COLLECTION, now);
}
