import { afterAll, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import schema from '../../cloudfunctions/schema.json';
import { createLookup } from '../../cloudfunctions/runtime/lookup';
import { createSealer } from '../../cloudfunctions/runtime/sealed';
import type { AttemptDocument } from '../../cloudfunctions/stores/onboarding-attempts';
import type { UnlockDocument } from '../../cloudfunctions/stores/onboarding-unlocks';
import type { LibrarySystem } from '../../library-systems/library-system';
import type { DatabaseSchema } from '../../local/emulator/database';
import { pointSdksTo, serveDatabase, type Served } from '../emulator/database/serve';
import { makeItem } from './support/onboarding';

jest.setTimeout(60_000);

const NOW = Date.parse('2026-11-21T12:00:00+08:00');
const desk = {
  ...createSealer([{ id: 'k1', key: randomBytes(32) }]),
  lookup: createLookup(randomBytes(32)),
  cardSymbology: 'code128' as const,
};

let served: Served;
let parts: Awaited<ReturnType<typeof load>>;

/** The SDK reads its address when it is loaded. */
async function load() {
  const [unlock, mark, sweep, enrol, banks, unlocks, database] = await Promise.all([
    import('../../cloudfunctions/features/onboarding/retry-unlocks'),
    import('../../cloudfunctions/features/onboarding/mark-overdue'),
    import('../../cloudfunctions/features/privacy/remove-expired'),
    import('../../cloudfunctions/features/messages/job/enrol-readers'),
    import('../../cloudfunctions/stores/onboarding-banks'),
    import('../../cloudfunctions/stores/onboarding-unlocks'),
    import('../../cloudfunctions/cloud/database'),
  ]);
  return { unlock, mark, sweep, enrol, banks, unlocks, database };
}

beforeAll(async () => {
  served = await serveDatabase(schema as DatabaseSchema);
  pointSdksTo(served.url);
  parts = await load();
}, 60_000);
afterAll(() => served.close());
beforeEach(() => served.database.reset());

/** So often it may be asked whether there is time left, and there is. */
const timeFor = (asked: number) => {
  let left = asked;
  return { isLeft: () => left-- > 0 };
};
const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

it('orders to a library that is slow are tried some at each beat', async () => {
  const orders = parts.database.table<UnlockDocument>('onboarding_unlocks');
  for (const i of numbers(12)) {
    const order = { readerKey: `r${i}`, patronRef: `p${i}`, key: `attempt-${i}` };
    await orders.add(parts.unlocks.describeUnlock(desk, order, NOW));
  }
  const asked: string[] = [];
  const patrons = {
    openBorrowing: ({ ref }: { ref: string }) => {
      asked.push(ref);
      return Promise.resolve({ done: true } as const);
    },
  };
  const context = {
    library: () => Promise.resolve({ patrons } as unknown as LibrarySystem),
    desk: () => desk,
    now: () => NOW,
  };
  const after: number[] = [];
  for (let beat = 0; beat < 3; beat++) {
    await parts.unlock.retryUnlocks(context, timeFor(1));
    after.push(asked.length);
  }
  expect(after).toEqual([5, 10, 12]);
  expect(new Set(asked).size).toBe(12);
});

it('papers are marked some at each beat, also behind those that cannot be', async () => {
  const papers = parts.database.table<AttemptDocument>('onboarding_attempts');
  await parts.banks.keepSlice('here', 0, [makeItem('here', 'seats', 0)], NOW);
  await parts.banks.settleDraft('here');
  for (const i of numbers(9)) {
    await papers.add({
      ...{ _id: `paper-${i}`, owner: `nobody-${i}`, n: 1, state: 'open', items: [], answers: {} },
      bank: i < 6 ? 'gone' : 'here',
      ...{ startedAt: NOW - 61_000, endsAt: NOW - 60_000 + i, expiresAt: NOW + 1e9 },
    });
  }
  const context = { desk: () => desk, now: () => NOW };
  const left: number[] = [];
  for (let beat = 0; beat < 5; beat++) {
    await parts.mark.markOverdue(context, timeFor(2)).catch(() => undefined);
    left.push(await papers.count({}));
  }
  // those of nobody are taken away when it is their turn
  expect(left).toEqual([9, 9, 9, 7, 6]);
});

it('a paper is not marked before its time is over by every clock', async () => {
  const papers = parts.database.table<AttemptDocument>('onboarding_attempts');
  await parts.banks.keepSlice('here', 0, [makeItem('here', 'seats', 0)], NOW);
  const mark = () => parts.mark.markOverdue({ desk: () => desk, now: () => NOW }, timeFor(9));
  const put = (ago: number) =>
    papers.put({
      ...{ _id: `a${ago}`, owner: 'nobody', n: 1, state: 'open', items: [], answers: {}, bank: 'here' },
      ...{ startedAt: NOW - 61_000, endsAt: NOW - ago, expiresAt: NOW + 1e9 },
    });
  await put(9_999);
  await put(10_000);
  await mark();
  expect(await papers.findIds({})).toEqual(['a9999']);
});

it('what has expired is removed from some collections at each beat, from each in the end', async () => {
  const names = Object.entries(schema.collections).flatMap(([name, { fields }]) =>
    'expiresAt' in fields ? name : [],
  );
  for (const name of names) {
    await parts.database
      .table<{ _id: string; expiresAt: number }>(name)
      .add({ _id: 'x', expiresAt: NOW - 10_001 });
  }
  const removed: string[] = [];
  for (let beat = 0; beat < Math.ceil(names.length / 4); beat++) {
    const some = Object.keys(await parts.sweep.removeExpired(NOW, timeFor(4)));
    expect(some.length).toBeLessThanOrEqual(4);
    removed.push(...some);
  }
  expect(removed.sort()).toEqual(names.sort());
});

it('plans that are missing are made some at each beat', async () => {
  const bindings = parts.database.table<{ _id: string; bindingId: string; patronRef: string }>('bindings');
  for (const i of numbers(25))
    await bindings.add({ _id: `o-${i}`, bindingId: `b-${i}`, patronRef: `p-${i}` });
  const made: number[] = [];
  for (let beat = 0; beat < 4; beat++) made.push(await parts.enrol.enrolReaders(NOW, timeFor(1)));
  expect(made).toEqual([10, 10, 5, 0]);
  expect(await parts.database.table('message_plans').count({})).toBe(25);
});
