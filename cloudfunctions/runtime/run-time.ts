import { setTimeout as pause } from 'node:timers/promises';
import { LibraryFault } from '../../library-systems/library-fault';

/** How long an invocation may go on, by the machine's steady time. */
export interface RunTime {
  /** Whether something new may be begun. */
  isLeft(): boolean;
  /** How long what is under way may take, ms. */
  left(): number;
}

/** Waits for the library no longer than the invocation may go on. @throws {LibraryFault} TIMEOUT */
export async function withinRun<T>(time: RunTime, work: Promise<T>): Promise<T> {
  const waiting = new AbortController();
  const tooLate = pause(time.left(), undefined, { signal: waiting.signal, ref: false }).then(() => {
    throw new LibraryFault('TIMEOUT', 'the invocation has to end');
  });
  tooLate.catch(() => undefined);
  // what is given up must not fail unheard
  work.catch(() => undefined);
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    waiting.abort();
  }
}
