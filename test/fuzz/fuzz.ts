import { InputMaker, randomFrom } from './generate';
import type { FuzzTarget } from './target';

/** Longest time that one input may take, in milliseconds. */
const SLOW_MS = 1_000;
/** Memory that parsers may come to hold on to, in bytes. */
const MAX_GROWTH = 256 * 1024 * 1024;

export interface FuzzResult {
  cases: number;
  slowestMs: number;
}

class TooSlow extends Error {}

async function time(feed: FuzzTarget['feed'], input: Buffer): Promise<number> {
  const start = performance.now();
  const running = feed(input);
  if (running) await running;
  return performance.now() - start;
}

/**
 * Feeds a target with so many inputs.
 * @throws {Error} for an input that made it throw, took too long, or let memory grow; it names the seed and the input in base64
 */
export async function fuzz(target: FuzzTarget, cases: number, seed: number): Promise<FuzzResult> {
  const { name, corpus, feed, maxBytes = 400 } = target;
  const maker = new InputMaker(randomFrom(seed), corpus, maxBytes);
  const before = process.memoryUsage().rss;
  let slowestMs = 0;
  for (let i = 0; i < cases; i++) {
    const input = maker.next();
    const told = (what: string): string =>
      `${name}: case ${i} of seed ${seed} ${what} on ${input.toString('base64')}`;
    try {
      let took = await time(feed, input);
      // The machine may have been busy, or a table loaded: what is slow is slow again.
      if (took > SLOW_MS) took = await time(feed, input);
      if (took > SLOW_MS) throw new TooSlow(told(`took ${took.toFixed(0)} ms`));
      slowestMs = Math.max(slowestMs, took);
    } catch (error) {
      if (error instanceof TooSlow) throw error;
      throw new Error(told('threw'), { cause: error });
    }
  }
  const grown = process.memoryUsage().rss - before;
  if (grown > MAX_GROWTH) throw new Error(`${name}: memory grew by ${(grown / 2 ** 20).toFixed(0)} MB`);
  return { cases, slowestMs };
}
