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
    const start = performance.now();
    try {
      const running = feed(input);
      if (running) await running;
    } catch (error) {
      throw new Error(`${name}: case ${i} of seed ${seed} threw on ${input.toString('base64')}`, {
        cause: error,
      });
    }
    const took = performance.now() - start;
    slowestMs = Math.max(slowestMs, took);
    if (took > SLOW_MS)
      throw new Error(
        `${name}: case ${i} of seed ${seed} took ${took.toFixed(0)} ms on ${input.toString('base64')}`,
      );
  }
  const grown = process.memoryUsage().rss - before;
  if (grown > MAX_GROWTH) throw new Error(`${name}: memory grew by ${(grown / 2 ** 20).toFixed(0)} MB`);
  return { cases, slowestMs };
}
