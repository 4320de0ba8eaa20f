import { LibraryFault } from './library-fault';

/**
 * The answer to a write, or what stands for `unknown` where it was lost after the write may have happened; a write is
 * never made again.
 * @throws {LibraryFault} after which it certainly has not happened
 */
export async function orUnknown<T>(answer: Promise<T>, unknown: T): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof LibraryFault && error.mayHaveHappened) return unknown;
    throw error;
  }
}
