import { command, table } from '../cloud/database';

/** One in so many writes of short-lived documents also clears away what has expired. */
const SWEEP_EVERY = 40;

/** Now and then removes the expired documents of a collection, whoever they belonged to; nobody reads them any more. */
export async function sweepNowAndThen(collection: string, now: number): Promise<void> {
  if (Math.random() * SWEEP_EVERY >= 1) return;
  await sweep(collection, now);
}

/** @returns how many were removed */
export const sweep = (collection: string, now: number): Promise<number> =>
  table(collection).removeWhere({ expiresAt: command().lt(now) });
