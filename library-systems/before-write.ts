import { LibraryFault } from './library-fault';

/**
 * Waits for a read that a write begins with: whatever becomes of it, nothing was changed.
 * @throws {LibraryFault} never one after which the write may have happened
 */
export async function beforeWrite<T>(read: Promise<T>): Promise<T> {
  try {
    return await read;
  } catch (error) {
    if (!(error instanceof LibraryFault) || !error.mayHaveHappened) throw error;
    const { message, reason } = error;
    throw new LibraryFault('UNREACHABLE', `Nothing was changed: ${message}`, {
      cause: error,
      ...(reason !== undefined && { reason }),
    });
  }
}
