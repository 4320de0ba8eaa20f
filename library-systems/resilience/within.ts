import { TaskCancelledError, timeout, TimeoutStrategy } from 'cockatiel';
import { LibraryFault } from '../library-fault';

/** @throws LibraryFault TIMEOUT when it takes longer than `ms` */
export async function within<T>(
  ms: number,
  name: string,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  try {
    return await timeout(ms, TimeoutStrategy.Aggressive).execute(({ signal }) => call(signal));
  } catch (error) {
    if (!(error instanceof TaskCancelledError)) throw error;
    throw new LibraryFault('TIMEOUT', `${name} took longer than ${ms} ms`);
  }
}
