import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import * as v from 'valibot';
import { command, isDuplicate, table } from '../cloud/database';
import type { Desk } from '../runtime/context';
import { sweepNowAndThen } from './expired';
import { openSealed } from './open-sealed';

const COLLECTION = 'message_pushes';
const REPLY = `${COLLECTION}.reply`;
/** WeChat pushes again after five seconds, three times in all; this is far longer, and bounds what is kept, ms. */
const RETENTION_MS = 86_400_000;
/** How long a run that has died keeps the next push from its turn, ms. */
const TURN_MS = 4_000;
const RENEW_EVERY_MS = 1_000;
/** By how much the clocks of instances may differ, ms. */
const SKEW_MS = 10_000;
/** A push that comes while the one before is at work waits this long: until a turn must have ended. */
const LONGEST_WAIT_MS = TURN_MS + 500;
const LOOK_EVERY_MS = 150;

/**
 * What has come of a push. Times in ms.
 * - taken: being read; nothing has been said yet, so a run that dies may be followed by another
 * - done: an answer may have gone out, or none is due; never again
 * - late: the answer was ready when WeChat no longer waited for it; the next push of the same takes it along
 */
interface PushDocument {
  _id: string;
  owner: string;
  state: 'taken' | 'done' | 'late';
  holder: string;
  turnEndsAt: number;
  /** Sealed; with `late` only. */
  reply?: string;
  expiresAt: number;
}

/** A push that this run alone works on. */
export interface TakenPush {
  /**
   * From here on an answer may go out, so that nobody takes the push again.
   * @returns false when another run has taken it over meanwhile: then nothing must be said
   */
  begin(): Promise<boolean>;
  /** Keeps an answer for which nobody waits any more. */
  keepLate(reply: unknown): Promise<void>;
  /** No more turns are renewed; to be called whatever happened. */
  leave(): Promise<void>;
}

export interface PushKey {
  /** Of whom it came. */
  openid: string;
  /** What makes two pushes the same one. */
  parts: readonly unknown[];
}

/** For the staff: how many pushes were taken in the last 24 hours. */
export const countPushes = (now: number): Promise<number> =>
  table<PushDocument>(COLLECTION).count({ expiresAt: command().gt(now) });

/** By what a push is known; nobody can read from it what was pushed. */
export const pushIdOf = ({ lookup }: Pick<Desk, 'lookup'>, { openid, parts }: PushKey): string =>
  lookup('push', JSON.stringify([openid, ...parts]));

/**
 * Takes a push, once: one that comes again while it is worked on waits for its end, and gets its turn only if that
 * run has died before anything was said.
 * @returns undefined when there is nothing left to do; `late` when an answer lies ready; `atWork` when another run is still
 *   at it, with how long ago it was first pushed, ms
 */
export async function takePush(
  desk: Desk,
  key: PushKey,
  now: () => number,
): Promise<TakenPush | { late: unknown } | { atWork: number } | undefined> {
  const _id = pushIdOf(desk, key);
  const holder = randomUUID();
  const giveUpAt = performance.now() + LONGEST_WAIT_MS;
  for (;;) {
    if (await add(_id, key.openid, holder, now())) return hold(desk, _id, holder, now);
    const found = await table<PushDocument>(COLLECTION).find(_id);
    if (found?.state === 'done') return undefined;
    if (found?.state === 'late') {
      const mine = await change(_id, { state: 'late' }, { state: 'done', reply: command().remove() });
      const late = openSealed(desk, v.unknown(), found.reply, { owner: _id, purpose: REPLY });
      return mine && late !== undefined ? { late } : undefined;
    }
    if (found && hasEnded(found, now())) {
      const turn = { holder, turnEndsAt: now() + TURN_MS };
      if (await change(_id, { state: 'taken', holder: found.holder, turnEndsAt: found.turnEndsAt }, turn)) {
        return hold(desk, _id, holder, now);
      }
    }
    if (performance.now() >= giveUpAt) return found && { atWork: now() - (found.expiresAt - RETENTION_MS) };
    await pause(LOOK_EVERY_MS);
  }
}

/** A turn that ends later than any could was taken before the clock was set back. */
const hasEnded = ({ turnEndsAt }: PushDocument, now: number): boolean =>
  turnEndsAt <= now || turnEndsAt > now + TURN_MS + SKEW_MS;

async function add(_id: string, owner: string, holder: string, now: number): Promise<boolean> {
  const turn = { holder, turnEndsAt: now + TURN_MS, expiresAt: now + RETENTION_MS };
  try {
    await table<PushDocument>(COLLECTION).add({ _id, owner, state: 'taken', ...turn });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return false;
  }
  await sweepNowAndThen(COLLECTION, now);
  return true;
}

const change = async (
  _id: string,
  is: Partial<PushDocument>,
  changes: Record<string, unknown>,
): Promise<boolean> => (await table(COLLECTION).updateWhere({ _id, ...is }, changes)) > 0;

function hold(desk: Desk, _id: string, holder: string, now: () => number): TakenPush {
  const mine = { holder, state: 'taken' } as const;
  let renewal: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    // the next one may get through; if none does, the turn ends by itself
    renewal = change(_id, mine, { turnEndsAt: now() + TURN_MS }).catch(() => undefined);
  }, RENEW_EVERY_MS);
  return {
    begin: () => change(_id, mine, { state: 'done' }),
    async keepLate(reply) {
      const sealed = desk.seal(reply, { owner: _id, purpose: REPLY });
      await change(_id, mine, { state: 'late', reply: sealed });
    },
    async leave() {
      clearInterval(timer);
      await renewal;
    },
  };
}
