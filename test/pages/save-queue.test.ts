import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import type { Answers } from '../../contracts/onboarding';
import { SaveQueue, type SaveState } from '../../miniprogram/packages/onboarding/paper/save-queue';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** A server whose answers are given by hand. */
function set(kept: Answers = {}) {
  const calls: { answers: Answers; answer: (saved: boolean) => void; fail: (error: Error) => void }[] = [];
  const states: SaveState[] = [];
  const keeps: Answers[] = [];
  const ended = jest.fn();
  const queue = new SaveQueue(
    {
      send: (answers) =>
        new Promise((resolve, reject) => calls.push({ answers, answer: resolve, fail: reject })),
      keep: (waiting) => void keeps.push(waiting),
      isPassing: (error) => (error as Error).message !== 'hopeless',
    },
    kept,
  );
  queue.watch({ show: (state) => void states.push(state), ended });
  return { queue, calls, states, keeps, ended };
}
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
};

describe('the queue of answers', () => {
  it('sends one call at a time; what is answered meanwhile goes with the next', async () => {
    const { queue, calls, states, keeps } = set();
    queue.put(0, [1]);
    queue.put(1, [2]);
    queue.put(1, [3]);
    expect(calls.map(({ answers }) => answers)).toEqual([{ 0: [1] }]);
    calls[0]!.answer(true);
    await settle();
    expect(calls.map(({ answers }) => answers)).toEqual([{ 0: [1] }, { 1: [3] }]);
    expect(states.at(-1)).toBe('saving');
    calls[1]!.answer(true);
    await settle();
    expect([states.at(-1), keeps.at(-1)]).toEqual(['saved', {}]);
  });

  it('keeps an answer that was changed while the older one was on its way', async () => {
    const { queue, calls, keeps } = set();
    queue.put(4, [0]);
    queue.put(4, [1]);
    calls[0]!.answer(true);
    await settle();
    expect(keeps.at(-1)).toEqual({ 4: [1] });
    expect(calls[1]!.answers).toEqual({ 4: [1] });
  });

  it('tries again with growing pauses, and at once when told', async () => {
    const { queue, calls, states, keeps } = set();
    queue.put(0, [1]);
    calls[0]!.fail(new Error('offline'));
    await settle();
    expect([states.at(-1), keeps.at(-1)]).toEqual(['unsaved', { 0: [1] }]);
    jest.advanceTimersByTime(1_999);
    expect(calls).toHaveLength(1);
    jest.advanceTimersByTime(1);
    expect(calls).toHaveLength(2);
    calls[1]!.fail(new Error('offline'));
    await settle();
    jest.advanceTimersByTime(3_999);
    expect(calls).toHaveLength(2);
    queue.sendNow();
    expect(calls).toHaveLength(3);
    calls[2]!.answer(true);
    await settle();
    expect([states.at(-1), keeps.at(-1)]).toEqual(['saved', {}]);
    jest.advanceTimersByTime(60_000);
    expect(calls).toHaveLength(3);
  });

  it('does not go on by itself where that cannot help, and keeps what it has', async () => {
    const { queue, calls, states, keeps } = set();
    queue.put(0, [1]);
    calls[0]!.fail(new Error('hopeless'));
    await settle();
    jest.advanceTimersByTime(60_000);
    expect(calls).toHaveLength(1);
    expect([states.at(-1), keeps.at(-1)]).toEqual(['unsaved', { 0: [1] }]);
  });

  it('tells once that the server takes no more, and whoever watches later', async () => {
    const { queue, calls, ended } = set();
    queue.put(0, [1]);
    calls[0]!.answer(false);
    await settle();
    expect(ended).toHaveBeenCalledTimes(1);
    queue.put(1, [1]);
    expect(calls).toHaveLength(1);
    expect(queue.unsent).toEqual({ 0: [1], 1: [1] });
    const later = jest.fn();
    queue.watch({ show: () => undefined, ended: later });
    expect(later).toHaveBeenCalledTimes(1);
  });

  it('begins with what was kept, and sends nothing once stopped', async () => {
    const { queue, calls } = set({ 3: [0, 2] });
    queue.sendNow();
    expect(calls[0]!.answers).toEqual({ 3: [0, 2] });
    const stopped = queue.stop();
    calls[0]!.fail(new Error('offline'));
    await stopped;
    jest.advanceTimersByTime(60_000);
    expect(calls).toHaveLength(1);
    queue.resume();
    expect(calls).toHaveLength(2);
  });

  it('leaves the server with the last answer to each item, whatever is lost on the way', async () => {
    const step = fc.oneof(
      fc.record({ put: fc.tuple(fc.nat(4), fc.nat(3)) }),
      // what becomes of the call under way: it arrives, is lost before, or its answer is lost
      fc.record({ call: fc.constantFrom('arrives', 'lost', 'answerLost') }),
      fc.record({ wait: fc.nat(40_000) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const server: Answers = {};
        const given: Answers = {};
        const { queue, calls, keeps } = set();
        let answered = 0;
        const finish = async (how: string): Promise<void> => {
          const call = calls[answered];
          if (call === undefined) return;
          answered += 1;
          if (how !== 'lost') Object.assign(server, call.answers);
          if (how === 'arrives') call.answer(true);
          else call.fail(new Error('offline'));
          await settle();
        };
        for (const next of steps) {
          if ('put' in next) {
            given[next.put[0]] = [next.put[1]];
            queue.put(next.put[0], [next.put[1]]);
          } else if ('call' in next) await finish(next.call);
          else jest.advanceTimersByTime(next.wait);
          // at most one call is under way, and nothing is anywhere but at the server or kept
          expect(calls.length - answered).toBeLessThanOrEqual(1);
          for (const [place, choice] of Object.entries(given))
            expect([server[place], keeps.at(-1)?.[place]]).toContainEqual(choice);
        }
        for (let turn = 0; turn < 4; turn++) {
          queue.sendNow();
          await finish('arrives');
        }
        expect(server).toEqual(given);
        expect(keeps.at(-1) ?? {}).toEqual({});
      }),
    );
  });
});
