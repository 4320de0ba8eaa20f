import { command, isDuplicate, table } from '../cloud/database';
import type { Desk } from '../runtime/context';
import { openSealed } from './open-sealed';
import { sweepNowAndThen } from './expired';
import * as v from 'valibot';

const COLLECTION = 'requests';
const BEFORE = `${COLLECTION}.before`;
const OUTCOME = `${COLLECTION}.outcome`;
/** Longer than any client repeats a tap. */
const RETENTION_MS = 2 * 86_400_000;

interface RequestDocument {
  /** openid, colon, the client's id. */
  _id: string;
  owner: string;
  /** Keyed hash of what was asked, so that an id cannot be used for something else. */
  asked: string;
  startedAt: number;
  expiresAt: number;
  /** What the library showed before the write, sealed. */
  before: string;
  /** What came of it, sealed; absent while it runs, or when it was cut off. */
  outcome?: string;
}

/** One tap of a reader that writes to the library. */
export interface RequestKey {
  openid: string;
  requestId: string;
  /** The action and its input. */
  asked: unknown;
}

export interface EarlierRequest {
  /** Whether the same was asked then. */
  same: boolean;
  before: unknown;
  outcome: unknown;
}

const idOf = ({ openid, requestId }: RequestKey): string => `${openid}:${requestId}`;
const fingerprint = (desk: Desk, { asked }: RequestKey): string =>
  desk.lookup('request', JSON.stringify(asked));

/** What is known about a request that was started before; undefined for a new one. */
export async function findRequest(
  desk: Desk,
  key: RequestKey,
  now: number,
): Promise<EarlierRequest | undefined> {
  const found = await table<RequestDocument>(COLLECTION).find(idOf(key));
  if (!found || found.expiresAt <= now) return undefined;
  const seal = (purpose: string) => ({ owner: idOf(key), purpose });
  return {
    same: found.asked === fingerprint(desk, key),
    before: openSealed(desk, v.unknown(), found.before, seal(BEFORE)),
    outcome: openSealed(desk, v.unknown(), found.outcome, seal(OUTCOME)),
  };
}

/**
 * Records that a write is about to be made, with what it would change.
 * @returns false when the same request was started before: then it must not be made again
 */
export async function startRequest(
  desk: Desk,
  key: RequestKey,
  before: unknown,
  now: number,
): Promise<boolean> {
  const { _id, ...content }: RequestDocument = {
    _id: idOf(key),
    owner: key.openid,
    asked: fingerprint(desk, key),
    startedAt: now,
    expiresAt: now + RETENTION_MS,
    before: desk.seal(before, { owner: idOf(key), purpose: BEFORE }),
  };
  const requests = table<RequestDocument>(COLLECTION);
  try {
    await requests.add({ _id, ...content });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    const { lte, remove } = command();
    const anew = { ...content, outcome: remove() };
    if ((await requests.updateWhere({ _id, expiresAt: lte(now) }, anew)) === 0) return false;
  }
  await sweepNowAndThen(COLLECTION, now);
  return true;
}

export async function finishRequest(desk: Desk, key: RequestKey, outcome: unknown): Promise<void> {
  const sealed = desk.seal(outcome, { owner: idOf(key), purpose: OUTCOME });
  await table(COLLECTION).update(idOf(key), { outcome: sealed });
}

/** For a request that certainly changed nothing: it may be made again. */
export async function forgetRequest(key: RequestKey): Promise<void> {
  await table(COLLECTION).removeWhere({ _id: idOf(key), outcome: command().exists(false) });
}

export async function removeRequests(openid: string): Promise<void> {
  await table(COLLECTION).removeWhere({ owner: openid });
}
