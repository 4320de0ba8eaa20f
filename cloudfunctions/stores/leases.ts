import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { command, isDuplicate, table } from '../cloud/database';
import { AppError } from '../runtime/app-error';
import { sweepNowAndThen } from './expired';

export const COLLECTION = 'leases';
/** How long a holder that has died keeps others waiting, ms. */
const LEASE_MS = 5_000;
const RENEW_EVERY_MS = 1_500;
/** Longer than a lease: who comes after a holder that died gets it without asking twice. */
const LONGEST_WAIT_MS = 5_500;

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
    await table(COLLECTION).removeWhere({ _id: openid, holder });
    await sweepNowAndThen(COLLECTION, Date.now());
  }
}

/** @returns from when on it is held, by the machine's steady time */
async function acquire(openid: string, holder: string): Promise<number> {
  // a clock that is set meanwhile must not stretch the wait
  const giveUpAt = performance.now() + LONGEST_WAIT_MS;
  for (let tries = 1; ; tries++) {
    const asked = performance.now();
    if (await take(openid, holder)) return asked;
    // a holder that died is looked for only now and then: mostly the lease is free because it was given back
    if (tries % 8 === 1 && (await takeLapsed(openid, holder))) return asked;
    if (performance.now() >= giveUpAt) {
      throw new AppError('BUSY', 'another request of this reader is still at work', true);
    }
    await pause(20 + Math.random() * Math.min(20 * tries, 150));
  }
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

async function takeLapsed(openid: string, holder: string): Promise<boolean> {
  const now = Date.now();
  // one that ends later than any could was taken before the clock was set back
  const { lt, gt } = command();
  const lapsed = lt(now).or(gt(now + LEASE_MS));
  const changes = { holder, expiresAt: now + LEASE_MS };
  return (await table(COLLECTION).updateWhere({ _id: openid, expiresAt: lapsed }, changes)) > 0;
}

const renew = async (openid: string, holder: string): Promise<boolean> =>
  (await table(COLLECTION).updateWhere({ _id: openid, holder }, { expiresAt: Date.now() + LEASE_MS })) > 0;
