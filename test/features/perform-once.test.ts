import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import * as v from 'valibot';
import schema from '../../cloudfunctions/schema.json';
import type { Change } from '../../cloudfunctions/readers/perform-once';
import { createLookup } from '../../cloudfunctions/runtime/lookup';
import type { Context } from '../../cloudfunctions/runtime/context';
import { createSealer } from '../../cloudfunctions/runtime/sealed';
import type { Binding } from '../../cloudfunctions/stores/binding';
import { WireError, type DatabaseSchema } from '../../local/emulator/database';
import { pointSdksTo, serveDatabase, type Served } from '../emulator/database/serve';

const desk = {
  ...createSealer([{ id: 'k1', key: randomBytes(32) }]),
  lookup: createLookup(randomBytes(32)),
  cardSymbology: 'code128' as const,
};
const KEY = { requestId: 'tap-00000001', asked: ['loans.renew', ['l-1']] };
const profile = { maskedNumber: '****0017', readerType: { code: 'ug', name: '本科生' }, blocks: [] };

let served: Served;
let stores: Awaited<ReturnType<typeof loadStores>>;
let binding: Binding;
const context = { openid: 'o-1', now: () => Date.now(), desk: () => desk } as unknown as Context;

/** The SDK reads its address when it is loaded, so the stores are loaded after the server has one. */
async function loadStores() {
  const [{ performOnce }, bindings, { table }] = await Promise.all([
    import('../../cloudfunctions/readers/perform-once'),
    import('../../cloudfunctions/stores/bindings'),
    import('../../cloudfunctions/cloud/database'),
  ]);
  return { performOnce, bindings, table };
}

beforeAll(async () => {
  served = await serveDatabase(schema as DatabaseSchema);
  pointSdksTo(served.url);
  stores = await loadStores();
}, 60_000);
afterAll(() => served.close());
beforeEach(async () => {
  await served.database.reset();
  const { bindCard, findBinding } = stores.bindings;
  const one = { openid: 'o-1', patronRef: 'p-1', consentVersion: 1, profile, replace: false };
  await bindCard(desk, one, Date.now());
  binding = (await findBinding(desk, 'o-1', Date.now()))!;
});
afterEach(() => jest.restoreAllMocks());

const requests = () => stores.table('requests').findAll({});

/** A library with one loan that can be renewed any number of times, and counts how often it was. */
function library() {
  const count = { renewed: 0 };
  const told = (): string => `renewed ${count.renewed}`;
  const change: Change<number, string> = {
    before: v.number(),
    outcome: v.string(),
    read: () => Promise.resolve({ before: count.renewed }),
    write: () => {
      count.renewed++;
      return Promise.resolve(told());
    },
    settle: (before) => Promise.resolve(count.renewed > before ? told() : 'unknown'),
    lost: () => 'unknown',
    isSettled: (outcome) => outcome !== 'unknown',
    isFinal: () => true,
  };
  return { count, change };
}

/** The database fails from here on with what it is asked for like this. */
function fail(isMeant: (action: string, params: Record<string, unknown>) => boolean): void {
  const handle = served.database.handle.bind(served.database);
  jest.spyOn(served.database, 'handle').mockImplementation(async (action, params) => {
    if (isMeant(action, params)) throw new WireError('DATABASE_REQUEST_FAILED', 'cut off');
    return handle(action, params);
  });
}

it('tells what the library has done, also when it cannot be kept, and repeats nothing', async () => {
  const one = library();
  let alsoKept = 0;
  const change = {
    ...one.change,
    alsoKeep: async () => {
      alsoKept++;
      throw new Error('cut off');
    },
  };
  // the outcome, what goes with it, and that the turn ends
  fail(
    (action, { collectionName }) =>
      (action === 'database.modifyDocument' && collectionName === 'requests') ||
      (action === 'database.removeDocument' && collectionName === 'leases'),
  );
  expect(await stores.performOnce(context, binding, KEY, change)).toBe('renewed 1');
  expect(alsoKept).toBe(1);
  expect(await requests()).toEqual([expect.not.objectContaining({ outcome: expect.anything() })]);
  jest.restoreAllMocks();
  await stores.table('leases').remove('o-1');
  expect(await stores.performOnce(context, binding, KEY, change)).toBe('renewed 1');
  expect(one.count.renewed).toBe(1);
});

it('asks nothing of the library when the turn was lost, and leaves nothing that says so', async () => {
  const one = library();
  const handle = served.database.handle.bind(served.database);
  jest.spyOn(served.database, 'handle').mockImplementation(async (action, params) => {
    const answer = await handle(action, params);
    const isStart = action === 'database.insertDocument' && params['collectionName'] === 'requests';
    // the machine stood still for longer than a turn lasts
    if (isStart) {
      const now = performance.now();
      jest.spyOn(performance, 'now').mockReturnValue(now + 6_000);
    }
    return answer;
  });
  await expect(stores.performOnce(context, binding, KEY, one.change)).rejects.toMatchObject({ code: 'BUSY' });
  jest.restoreAllMocks();
  expect(one.count.renewed).toBe(0);
  expect(await requests()).toEqual([]);
  expect(await stores.performOnce(context, binding, KEY, one.change)).toBe('renewed 1');
});

it('writes once, though two believe that it is their turn', async () => {
  const { count, change } = library();
  const read = async (): Promise<{ before: number }> => {
    await stores.table('leases').remove('o-1');
    expect(await stores.performOnce(context, binding, KEY, change)).toBe('renewed 1');
    return { before: 0 };
  };
  expect(await stores.performOnce(context, binding, KEY, { ...change, read })).toBe('renewed 1');
  expect(count.renewed).toBe(1);
});

it.each([-1_500, 6_000])('takes no turn from who is at work, with a clock that is %i ms off', async (off) => {
  const { withLease } = await import('../../cloudfunctions/stores/leases');
  const now = Date.now.bind(Date);
  let hasEnded = false;
  let second: Promise<boolean> | undefined;
  await withLease('o-1', async () => {
    jest.spyOn(Date, 'now').mockImplementation(() => now() + off);
    second = withLease('o-1', () => Promise.resolve(hasEnded));
    await pause(300);
    hasEnded = true;
  });
  jest.restoreAllMocks();
  expect(await second).toBe(true);
});

it('gets the turn of a holder that has died', async () => {
  const { withLease } = await import('../../cloudfunctions/stores/leases');
  await stores
    .table('leases')
    .put({ _id: 'o-1', holder: 'dead', expiresAt: Date.now() + 5_000 } as { _id: string });
  expect(await withLease('o-1', () => Promise.resolve('done'))).toBe('done');
});
