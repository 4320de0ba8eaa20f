import { createLog, placeOf } from './log';

/**
 * Does what may fail without changing the answer to a call: clearing up, and keeping what can be found out again.
 * What failed is logged, by its place only. Never throws.
 */
export async function attempt(event: string, work: () => Promise<unknown> | undefined): Promise<void> {
  try {
    await work();
  } catch (error) {
    createLog({})('warn', event, placeOf(error));
  }
}
