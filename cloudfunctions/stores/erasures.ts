import { AppError } from '../runtime/app-error';
import type { Lookup } from '../runtime/lookup';
import { findLastErasure } from './attempts';

export interface ErasureWatch {
  /** Whether all about the reader was erased since. */
  hadOne(): Promise<boolean>;
  /** @throws {AppError} BUSY when it was, after `takeBack` has undone what was written */
  requireNone(takeBack?: () => Promise<unknown>): Promise<void>;
}

/**
 * Begins to watch whether all about a reader is being erased: a call that is on its way meanwhile must leave nothing
 * behind. Asked within the reader's lease, for nothing is erased then, it is asked before something is written. Others
 * write first and ask then: what an erasure that begins later finds, it takes along.
 */
export async function watchErasures(lookup: Lookup, openid: string): Promise<ErasureWatch> {
  const before = await findLastErasure(lookup, openid);
  const hadOne = async (): Promise<boolean> => {
    const last = await findLastErasure(lookup, openid);
    // one that is known no more was before, and has lapsed
    return last !== undefined && last !== before;
  };
  return {
    hadOne,
    async requireNone(takeBack) {
      if (!(await hadOne())) return;
      await takeBack?.();
      throw new AppError('BUSY', 'all was erased meanwhile');
    },
  };
}
