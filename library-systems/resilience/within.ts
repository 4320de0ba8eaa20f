import { LibraryFault } from '../library-fault';

/**
 * Waits for a call, but no longer than `ms`. The call itself goes on: the port knows no way to stop one.
 * @param call is given what tells it that nobody waits any more
 * @throws LibraryFault TIMEOUT when it takes longer
 */
export async function within<T>(
  ms: number,
  name: string,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const gone = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new LibraryFault('TIMEOUT', `${name} took longer than ${ms} ms`));
      gone.abort();
    }, ms);
  });
  try {
    return await Promise.race([call(gone.signal), limit]);
  } finally {
    clearTimeout(timer);
  }
}
