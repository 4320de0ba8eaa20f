import { setTimeout as pause } from 'node:timers/promises';
import { LibraryFault } from '../../library-systems/library-fault';

/** Longest wait for what the library adds and we can do without, ms. */
const LIBRARY_WAIT = 2_500;

/** What the library says, or undefined when it is away or slow: neither progress, nor a paper, nor a report waits for it. */
export async function inTime<T>(reading: Promise<T>): Promise<T | undefined> {
  const waiting = new AbortController();
  try {
    return await Promise.race([
      reading,
      pause(LIBRARY_WAIT, undefined, { signal: waiting.signal, ref: false }),
    ]);
  } catch (error) {
    if (error instanceof LibraryFault) return undefined;
    throw error;
  } finally {
    waiting.abort();
  }
}
