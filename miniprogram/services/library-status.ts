import type { SystemStatus } from '../../contracts/library';
import { call } from './api';
import { onLibraryAnswer, onLibraryTrouble } from './library-trouble';

/** How long an answer is believed, in ms: many calls fail together, and are explained by one question. */
const BELIEVED_MS = 20_000;
/** How soon a library that is down is asked about again, at the earliest, in ms. */
const AGAIN_MS = 15_000;

const UNKNOWN: SystemStatus = { state: 'unknown' };
const watchers = new Set<() => void>();
let known = UNKNOWN;
let askedAt = 0;

onLibraryTrouble(() => void askLibraryStatus());
// The banner must not say that the library is away above a list that it has just given.
onLibraryAnswer(() => {
  if (isAway()) void askNow();
});

/** What was last heard of the library's system. */
export function libraryStatus(): SystemStatus {
  return known;
}

/** Calls back at each change. @returns ends it */
export function watchLibraryStatus(changed: () => void): () => void {
  watchers.add(changed);
  return () => void watchers.delete(changed);
}

/** Asks how the library's system is doing, unless that was asked just now. */
export async function askLibraryStatus(): Promise<void> {
  if (Date.now() - askedAt >= BELIEVED_MS) await askNow();
}

const isAway = (): boolean => known.state === 'down' || known.state === 'recovering';

async function askNow(): Promise<void> {
  askedAt = Date.now();
  try {
    known = await call('system.status', {});
  } catch {
    // The phone or the cloud cannot say; what failed tells of itself on its page.
    known = UNKNOWN;
  }
  for (const changed of watchers) changed();
}

/** In how many ms it is worth asking again; `undefined` while nothing is known to be wrong. */
export function askAgainIn(): number | undefined {
  if (!isAway()) return undefined;
  const retryIn = known.retryAt === undefined ? 0 : Date.parse(known.retryAt) - Date.now();
  return Math.max(AGAIN_MS, BELIEVED_MS - (Date.now() - askedAt), retryIn + 1_000);
}
