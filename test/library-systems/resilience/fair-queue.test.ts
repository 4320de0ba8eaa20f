import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { FairQueue } from '../../../library-systems/resilience/fair-queue';
import type { NotAsked } from '../../../library-systems/resilience/not-asked';
import { settle } from './support';

const limits = { parallel: 3, waiting: 40, waitMs: 1_000, reader: { parallel: 2, waiting: 12 } };

// Properties take their time on a busy machine.
jest.setTimeout(60_000);

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** A queue with calls that end when told to. */
function open(own: Partial<typeof limits> = {}) {
  const now = { ...limits, ...own };
  const queue = new FairQueue(() => now);
  const running: { reader: string | undefined; nth: number; leave: () => void }[] = [];
  const started: number[] = [];
  const refused: NotAsked[] = [];
  let sent = 0;
  return {
    queue,
    limits: now,
    running,
    started,
    refused,
    send(reader: string | undefined, signal?: AbortSignal) {
      const nth = sent++;
      queue.enter(reader, signal).then(
        (leave) => {
          started.push(nth);
          running.push({ reader, nth, leave });
        },
        (error: unknown) => refused.push(error as NotAsked),
      );
      return nth;
    },
    end(at: number) {
      const [ended] = running.splice(at % Math.max(1, running.length), 1);
      ended?.leave();
    },
  };
}

const reader = fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined });
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ send: reader }) },
  { weight: 2, arbitrary: fc.record({ end: fc.nat(20) }) },
);

describe('the fair queue', () => {
  it('lets a reader through before most of a crowd that asks in nobody’s name', async () => {
    const line = open({ parallel: 1 });
    for (let i = 0; i < 30; i++) line.send(undefined);
    const nth = line.send('a');
    for (let ended = 0; ended < 3; ended++) {
      await settle();
      line.end(0);
    }
    await settle();
    expect(line.started).toContain(nth);
    // … and the crowd goes on as well, whatever many readers ask.
    for (let i = 0; i < 9; i++) line.send(`reader ${i}`);
    const before = line.started.length;
    for (let ended = 0; ended < 6; ended++) {
      line.end(0);
      await settle();
    }
    const crowd = line.started.slice(before).filter((call) => call < 30);
    expect(crowd).toHaveLength(3);
  });

  it('never exceeds a limit, serves everybody it has let wait, and each reader in order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 120 }), async (steps) => {
        const line = open();
        const byReader = new Map<number, string | undefined>();
        for (const next of steps) {
          if ('send' in next) byReader.set(line.send(next.send), next.send);
          else line.end(next.end);
          await settle();
          expect(line.running.length).toBeLessThanOrEqual(3);
          expect(line.queue.running).toBe(line.running.length);
          expect(line.queue.waiting).toBeLessThanOrEqual(40);
          for (const one of ['a', 'b', 'c']) {
            expect(line.running.filter((call) => call.reader === one).length).toBeLessThanOrEqual(2);
          }
        }
        while (line.running.length > 0) {
          line.end(0);
          await settle();
        }
        expect(line.queue.waiting).toBe(0);
        expect(line.started.length + line.refused.length).toBe(byReader.size);
        for (const one of ['a', 'b', 'c']) {
          const own = line.started.filter((nth) => byReader.get(nth) === one);
          expect(own).toEqual([...own].sort((x, y) => x - y));
        }
        await line.queue.idle();
      }),
      { numRuns: 150 },
    );
  });

  it('uses every place while somebody could go', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(reader, { maxLength: 30 }), async (readers) => {
        const line = open();
        for (const one of readers) line.send(one);
        await settle();
        const could = new Map<string, number>();
        let places = 0;
        for (const one of readers) {
          if (one === undefined) places += 1;
          else could.set(one, Math.min(2, (could.get(one) ?? 0) + 1));
        }
        for (const n of could.values()) places += n;
        expect(line.running.length).toBe(Math.min(3, places));
      }),
    );
  });

  it('lets a reader with one call pass a reader with many', async () => {
    const line = open({ parallel: 1 });
    for (let i = 0; i < 10; i++) line.send('greedy');
    const modest = line.send('modest');
    const nobody = line.send(undefined);
    await settle();
    for (let i = 0; i < 3; i++) {
      line.end(0);
      await settle();
    }
    expect(line.started).toContain(modest);
    expect(line.started).toContain(nobody);
  });

  it('bounds what waits, in all and for one reader', async () => {
    const line = open({ parallel: 1, waiting: 20 });
    for (let i = 0; i < 14; i++) line.send('a');
    for (let i = 0; i < 10_000; i++) line.send(undefined);
    await settle();
    expect(line.queue.waiting).toBe(20);
    expect(line.refused.filter(({ why }) => why === 'reader')).toHaveLength(1);
    expect(line.refused.filter(({ why }) => why === 'full')).toHaveLength(10_000 - 8);
    expect(
      line.refused.every(({ code, mayHaveHappened }) => code === 'UNREACHABLE' && !mayHaveHappened),
    ).toBe(true);
  });

  it('refuses who waited too long, and gives the place to the next', async () => {
    const line = open({ parallel: 1 });
    line.send(undefined);
    line.send('a');
    await jest.advanceTimersByTimeAsync(600);
    const second = line.send('b');
    await jest.advanceTimersByTimeAsync(500);
    expect(line.refused.map(({ why }) => why)).toEqual(['waited']);
    line.end(0);
    await settle();
    expect(line.started).toEqual([0, second]);
  });

  it('lets somebody leave the line who waits no longer', async () => {
    const line = open({ parallel: 1 });
    const gone = new AbortController();
    line.send('a');
    line.send('b', gone.signal);
    gone.abort();
    await settle();
    expect(line.queue.waiting).toBe(0);
    line.end(0);
    await settle();
    expect(line.queue.running).toBe(0);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('gives no place to somebody who had gone before', async () => {
    const line = open({ parallel: 1 });
    line.send('a', AbortSignal.abort());
    await settle();
    expect(line.queue.running).toBe(0);
    expect(line.started).toEqual([]);
  });

  it('takes a larger budget at once', async () => {
    const line = open({ parallel: 1 });
    for (let i = 0; i < 6; i++) line.send(undefined);
    line.limits.parallel = 4;
    line.queue.wake();
    await settle();
    expect(line.running).toHaveLength(4);
  });

  it('frees a place once, however often it is told', async () => {
    const line = open({ parallel: 1 });
    line.send('a');
    await settle();
    const [first] = line.running;
    first?.leave();
    first?.leave();
    line.send('a');
    line.send('a');
    await settle();
    expect(line.queue.running).toBe(1);
  });
});
