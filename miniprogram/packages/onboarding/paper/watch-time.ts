import { serverClock } from '../server-clock';

const SECOND_MS = 1_000;
/** When a word is said, ms before the end. */
const WARNINGS_MS = [300_000, 60_000] as const;

interface Watch {
  /** Every second: what is left, ms. */
  show: (leftMs: number) => void;
  /** Once each, in minutes. */
  warn: (minutes: number) => void;
  /** The phone's clock has jumped, or nothing is left: only the server knows. */
  ask: () => void;
}

/**
 * Counts the time of a paper down, by the server's time.
 * @param endsAt may change: more time can be given while the paper is open
 * @returns how to stop
 */
export function watchTime(endsAt: () => string, { show, warn, ask }: Watch): () => void {
  let before = serverClock.until(endsAt());
  const tick = (): void => {
    const left = serverClock.until(endsAt());
    show(left);
    for (const at of WARNINGS_MS) if (left <= at && before > at && left > 0) warn(at / 60_000);
    before = left;
    if (left === 0 || serverClock.doubtful) ask();
  };
  show(before);
  const timer = setInterval(tick, SECOND_MS);
  return () => clearInterval(timer);
}
