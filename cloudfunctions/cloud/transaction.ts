import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../runtime/app-error';
import { database, isConflict, isDuplicate, operationsOn, type TransactionTable } from './database';

/** Twenty who change one document at once all get their turn, on a slow machine too; in three seconds or so. */
const MAX_ATTEMPTS = 16;
const FIRST_PAUSE_MS = 15;
const LONGEST_PAUSE_MS = 500;

/** Gives a collection as this transaction sees it. */
export type Tables = <T extends { _id: string }>(name: string) => TransactionTable<T>;

/**
 * Does the work wholly or not at all, on one state of the database. When another
 * transaction was faster the work is done anew, so it must change nothing but
 * the database. A duplicate key counts as that too: the new attempt sees the
 * other document and can decide by it.
 * @throws {AppError} BUSY when others stay faster
 */
export async function transaction<R>(work: (tables: Tables) => Promise<R>): Promise<R> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptOnce(work);
    } catch (error) {
      if (!isConflict(error) && !isDuplicate(error)) throw error;
      if (attempt === MAX_ATTEMPTS) {
        throw new AppError('BUSY', 'the database stayed busy', true, { cause: error });
      }
      // full jitter: those who collided must not collide again
      await pause(Math.random() * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt));
    }
  }
}

async function attemptOnce<R>(work: (tables: Tables) => Promise<R>): Promise<R> {
  const open = await database().startTransaction();
  let result: R;
  try {
    result = await work((name) => operationsOn(() => open.collection(name)));
  } catch (error) {
    // an error of the database has ended it already
    await open.rollback().catch(() => undefined);
    throw error;
  }
  await open.commit();
  return result;
}
