import { command, table } from '../cloud/database';
import { attempt } from '../runtime/attempt';
import type { RunTime } from '../runtime/run-time';
import schema from '../schema.json';

/** One in so many writes of short-lived documents also clears away what has expired. */
const SWEEP_EVERY = 40;

/** By how much the clocks of instances may differ: one that is ahead must not remove what others go by, ms. */
const SKEW_MS = 10_000;

/** Every collection whose documents end by themselves, also one that is added to the schema. */
const SHORT_LIVED = Object.entries(schema.collections).flatMap(([name, { fields }]) =>
  'expiresAt' in fields ? name : [],
);

/**
 * Now and then removes the expired documents of a collection, whoever they belonged to; nobody reads them any more.
 * Never throws: who came for something else must not be refused for it.
 */
export async function sweepNowAndThen(collection: string, now: number): Promise<void> {
  if (Math.random() * SWEEP_EVERY >= 1) return;
  await attempt('sweep-failed', () => sweep(collection, now));
}

/** Whose turn it is next: what there was no time for comes first. */
let turn = 0;

/**
 * Sweeps each collection once, as long as there is time.
 * @returns how many were removed, by collection; those that lost none are left out
 */
export async function sweepAll(now: number, time: Pick<RunTime, 'isLeft'>): Promise<Record<string, number>> {
  const removed: Record<string, number> = {};
  for (let swept = 0; swept < SHORT_LIVED.length && time.isLeft(); swept++) {
    const name = SHORT_LIVED[turn]!;
    turn = (turn + 1) % SHORT_LIVED.length;
    const count = await sweep(name, now);
    if (count > 0) removed[name] = count;
  }
  return removed;
}

/** @returns how many were removed */
export const sweep = (collection: string, now: number): Promise<number> =>
  table(collection).removeWhere({ expiresAt: command().lt(now - SKEW_MS) });
