import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { isDuplicate, table } from '../cloud/database';
import { AppError } from '../runtime/app-error';
import { attempt } from '../runtime/attempt';
import { sweepNowAndThen } from './expired';

export const COLLECTION = 'leases';
/** How long a holder that has died keeps others waiting, ms. */
const LEASE_MS = 5_000;
const RENEW_EVERY_MS = 1_500;
/** Longer than a lease: who comes after a holder that died gets it without asking twice. */
const LONGEST_WAIT_MS = 5_500;
/** By how much the clocks of instances may differ, ms. */
const SKEW_MS = 10_000;

/** Who works for a reader right now. Times in ms. */
interface LeaseDocument {
  _id: string;
  holder: string;
  expiresAt: number;
}

export interface Lease {
  /** @throws {AppError} BUSY when the lease was lost to somebody else */
  assertHeld(): void;
}

/**
 * Lets one call at a time write for a reader, on whatever instance it runs.
 * @throws {AppError} BUSY when another stays at work
 */
export async function withLease<T>(openid: string, work: (lease: Lease) => Promise<T>): Promise<T> {
  const holder = randomUUID();
  // by the machine's steady time, counted from before the database was asked
  let heldUntil = (await acquire(openid, holder)) + LEASE_MS;
  let renewal = Promise.resolve();
  const timer = setInterval(() => {
    const asked = performance.now();
    renewal = renew(openid, holder).then(
      (still) => void (heldUntil = still ? asked + LEASE_MS : -Infinity),
      // the next one may get through; if none does, the lease ends by itself
      () => undefined,
    );
  }, RENEW_EVERY_MS);
  try {
    return await work({
      assertHeld: () => {
        if (performance.now() >= heldUntil)
          throw new AppError('BUSY', 'another request of this reader took over', true);
      },
    });
  } finally {
    clearInterval(timer);
    await renewal;
    // what stays lapses by itself, and must not hide what the work has come to
    await attempt('lease-kept', () => table(COLLECTION).removeWhere({ _id: openid, holder }));
    await sweepNowAndThen(COLLECTION, Date.now());
  }
}

/** @returns from when on it is held, by the machine's steady time */
async function acquire(openid: string, holder: string): Promise<number> {
  // a clock that is set meanwhile must not stretch the wait
  let giveUpAt = performance.now() + LONGEST_WAIT_MS;
  let watched: LeaseDocument | undefined;
  let lookAt = -Infinity;
  for (let tries = 1; ; tries++) {
    const asked = performance.now();
    if (await take(openid, holder)) return asked;
    const isWatched = asked >= lookAt;
    const isLast = asked >= giveUpAt;
    // a holder that died is seldom looked for: mostly the lease is free because it was given back
    if (isWatched || isLast) {
      const found = await table<LeaseDocument>(COLLECTION).find(openid);
      const isDead = found && (isLongOver(found, Date.now()) || (isWatched && isSame(found, watched)));
      if (isDead && (await takeOver(found, holder))) return asked;
      if (found) lookAt = performance.now() + LEASE_MS;
      // whom one began to watch late, for the database is slow, is watched to the end; those who follow are not
      if (found && !watched) giveUpAt = Math.max(giveUpAt, lookAt);
      watched = found;
    }
    if (isLast) throw new AppError('BUSY', 'another request of this reader is still at work', true);
    await pause(Math.min(20 + Math.random() * Math.min(20 * tries, 150), untilLook(lookAt)));
  }
}

const untilLook = (lookAt: number): number => Math.max(1, lookAt - performance.now());

/** Its holder has not renewed it, seen with one's own steady time: how far clocks are apart does not matter then. */
const isSame = (found: LeaseDocument, watched: LeaseDocument | undefined): boolean =>
  found.holder === watched?.holder && found.expiresAt === watched.expiresAt;

/** It ended long ago by any clock, or ends later than any could: then it was taken before a clock was set back. */
const isLongOver = ({ expiresAt }: LeaseDocument, now: number): boolean =>
  expiresAt < now - SKEW_MS || expiresAt > now + LEASE_MS + SKEW_MS;

async function takeOver({ _id, holder: former, expiresAt }: LeaseDocument, holder: string): Promise<boolean> {
  const changes = { holder, expiresAt: Date.now() + LEASE_MS };
  return (await table(COLLECTION).updateWhere({ _id, holder: former, expiresAt }, changes)) > 0;
}

async function take(openid: string, holder: string): Promise<boolean> {
  const expiresAt = Date.now() + LEASE_MS;
  try {
    await table<LeaseDocument>(COLLECTION).add({ _id: openid, holder, expiresAt });
    return true;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return false;
  }
}

const renew = async (openid: string, holder: string): Promise<boolean> =>
  (await table(COLLECTION).updateWhere({ _id: openid, holder }, { expiresAt: Date.now() + LEASE_MS })) > 0;
