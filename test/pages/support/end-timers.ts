import { afterEach } from '@jest/globals';

/** Shorter ones are the framework's own, which it counts on. */
const SHORTEST_MS = 200;

/**
 * A page that a test has opened goes on after it: what it would do in some seconds (put a draft away, end the time in
 * which something can be undone) would be done to the phone of a later test. So it ends with its test.
 */
const begin = globalThis.setTimeout;
const pending = new Set<NodeJS.Timeout>();

function setTimeoutOfTest(run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]): NodeJS.Timeout {
  const timer = begin(() => {
    pending.delete(timer);
    run(...args);
  }, ms);
  if (ms >= SHORTEST_MS) pending.add(timer);
  return timer;
}
globalThis.setTimeout = setTimeoutOfTest as typeof setTimeout;

afterEach(() => {
  for (const timer of pending) clearTimeout(timer);
  pending.clear();
});
