import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import * as fc from 'fast-check';
import type { Database } from '../../../local/emulator/database';
import { Client, makeFolder, openDatabase, ordinary, unique, type Folder } from './client';

jest.setTimeout(60_000);

let folder: Folder;
let database: Database;
let docs: Client;

beforeEach(async () => {
  folder = await makeFolder();
  database = await openDatabase(folder.dir, {
    collections: { docs: { indexes: [unique('no'), ordinary('kind')] }, others: { indexes: [] } },
  });
  docs = new Client(database, 'docs');
  await docs.insert({ _id: 'a', no: 1, kind: 'x' }, { _id: 'b', no: 2, kind: 'x' });
});
afterEach(async () => {
  await database.close();
  await folder.remove();
});

const CONFLICT = {
  code: 'DATABASE_TRANSACTION_CONFLICT',
  message: expect.stringContaining('TransactionConflict') as unknown,
};
const GONE = { message: expect.stringContaining('TransactionNotExist') as unknown };

describe('a transaction', () => {
  it('sees the state at its beginning, in every way of reading', async () => {
    const transaction = await docs.begin();
    await docs.update({ _id: 'a' }, { $set: { kind: 'changed' } });
    await docs.remove({ _id: 'b' });
    await docs.insert({ _id: 'c', no: 3, kind: 'x' });
    expect(await transaction.get('a')).toEqual({ _id: 'a', no: 1, kind: 'x' });
    expect(await transaction.get('c')).toBeUndefined();
    expect(await transaction.ids({})).toEqual(['a', 'b']);
    expect(await transaction.ids({ kind: 'x' })).toEqual(['a', 'b']);
    expect(await transaction.ids({ no: 3 })).toEqual([]);
    expect(await docs.ids({ kind: 'x' })).toEqual(['c']);
    await transaction.commit();
    expect(await docs.ids({})).toEqual(['a', 'c']);
  });

  it('sees its own writes, and nobody else does before it commits', async () => {
    const transaction = await docs.begin();
    await transaction.insert({ _id: 'c', no: 3, kind: 'x' });
    await transaction.update({ _id: 'a' }, { $set: { kind: 'mine' } });
    await transaction.remove({ _id: 'b' });
    expect(await transaction.find({})).toEqual([
      { _id: 'a', no: 1, kind: 'mine' },
      { _id: 'c', no: 3, kind: 'x' },
    ]);
    expect(await transaction.ids({ kind: 'x' })).toEqual(['c']);
    expect(await docs.ids({ kind: 'x' })).toEqual(['a', 'b']);
    await transaction.commit();
    expect(await docs.ids({ kind: 'x' })).toEqual(['c']);
    await expect(transaction.commit()).rejects.toMatchObject(GONE);
  });

  it('leaves nothing when it is aborted', async () => {
    const transaction = await docs.begin();
    await transaction.insert({ _id: 'c', no: 3 });
    await transaction.of('others').insert({ _id: 'o' });
    await transaction.abort();
    expect(await docs.count()).toBe(2);
    expect(await docs.of('others').count()).toBe(0);
    await docs.insert({ _id: 'c', no: 3 });
    await expect(transaction.get('a')).rejects.toMatchObject(GONE);
  });

  it('is over after an error in it, as in MongoDB', async () => {
    const transaction = await docs.begin();
    await transaction.insert({ _id: 'c', no: 3 });
    await expect(transaction.insert({ _id: 'd', no: 1 })).rejects.toThrow(/E11000/);
    await expect(transaction.commit()).rejects.toMatchObject(GONE);
    expect(await docs.count()).toBe(2);
  });
});

describe('a conflict', () => {
  it('comes at once to the second of two that write the same document', async () => {
    const [first, second] = [await docs.begin(), await docs.begin()];
    await first.update({ _id: 'a' }, { $set: { kind: 'first' } });
    await expect(second.update({ _id: 'a' }, { $set: { kind: 'second' } })).rejects.toMatchObject(CONFLICT);
    await first.commit();
    expect((await docs.get('a'))?.['kind']).toBe('first');
  });

  it.each([
    ['changed', (client: Client) => client.update({ _id: 'a' }, { $set: { kind: 'y' } })],
    ['removed', (client: Client) => client.remove({ _id: 'a' })],
  ])('comes to one that writes what was %s after its beginning', async (_, change) => {
    const transaction = await docs.begin();
    await change(docs);
    await expect(transaction.set('a', { no: 1 })).rejects.toMatchObject(CONFLICT);
  });

  it('comes when a unique key was taken meanwhile, committed or not', async () => {
    const [first, second, third] = [await docs.begin(), await docs.begin(), await docs.begin()];
    await first.insert({ _id: 'c', no: 3 });
    await expect(second.insert({ _id: 'd', no: 3 })).rejects.toMatchObject(CONFLICT);
    await first.commit();
    await expect(third.insert({ _id: 'e', no: 3 })).rejects.toMatchObject(CONFLICT);
    const fourth = await docs.begin();
    await expect(fourth.insert({ _id: 'e', no: 3 })).rejects.toThrow(/E11000/);
  });

  it('does not come to transactions that write different documents', async () => {
    const [first, second] = [await docs.begin(), await docs.begin()];
    await first.update({ _id: 'a' }, { $set: { kind: 'y' } });
    await second.update({ _id: 'b' }, { $set: { kind: 'y' } });
    await Promise.all([first.commit(), second.commit()]);
    expect(await docs.ids({ kind: 'y' })).toEqual(['a', 'b']);
  });
});

describe('a write outside of transactions', () => {
  it('waits for the transaction that holds the document, and then counts on its result', async () => {
    const transaction = await docs.begin();
    await transaction.update({ _id: 'a' }, { $set: { no: 10 } });
    const waiting = docs.update({ _id: 'a' }, { $inc: { no: 1 } });
    // Others are not held up, and what is not held is written at once.
    await docs.update({ _id: 'b' }, { $set: { kind: 'free' } });
    expect((await docs.get('a'))?.['no']).toBe(1);
    await transaction.commit();
    expect(await waiting).toBe(1);
    expect((await docs.get('a'))?.['no']).toBe(11);
  });

  it('waits for a unique key too, and has it if the transaction is aborted', async () => {
    const [loser, winner] = [await docs.begin(), await docs.begin()];
    await loser.insert({ _id: 'c', no: 3 });
    await winner.insert({ _id: 'd', no: 4 });
    const has = docs.insert({ _id: 'e', no: 3 });
    const hasNot = expect(docs.insert({ _id: 'f', no: 4 })).rejects.toThrow(/E11000/);
    await loser.abort();
    await winner.commit();
    expect(await has).toEqual(['e']);
    await hasNot;
  });
});

it('a transaction that stays open is rolled back after 30 seconds', async () => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
  try {
    const transaction = await docs.begin();
    await transaction.update({ _id: 'a' }, { $set: { kind: 'late' } });
    const waiting = docs.update({ _id: 'a' }, { $set: { kind: 'next' } });
    jest.advanceTimersByTime(29_999);
    expect((await transaction.get('a'))?.['kind']).toBe('late');
    jest.advanceTimersByTime(1);
    await expect(transaction.commit()).rejects.toMatchObject(GONE);
    expect(await waiting).toBe(1);
  } finally {
    jest.useRealTimers();
  }
});

it('counters that many count up by retried transactions equal the acknowledged counts', async () => {
  const counters = docs.of('others');
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.constantFrom('p', 'q'), { minLength: 1, maxLength: 3 }), {
        minLength: 1,
        maxLength: 8,
      }),
      async (tasks) => {
        await counters.set('p', { n: 0 });
        await counters.set('q', { n: 0 });
        const countUp = async (ids: string[]): Promise<void> => {
          for (;;) {
            const transaction = await counters.begin();
            try {
              for (const id of ids) {
                const n = Number((await transaction.get(id))?.['n']);
                await transaction.set(id, { n: n + 1 });
              }
              await transaction.commit();
              return;
            } catch (error) {
              expect(error).toMatchObject(CONFLICT);
            }
          }
        };
        await Promise.all(tasks.map(countUp));
        const total = (id: string) => tasks.flat().filter((task) => task === id).length;
        expect(await counters.find({}, { order: { _id: 1 } })).toEqual([
          { _id: 'p', n: total('p') },
          { _id: 'q', n: total('q') },
        ]);
      },
    ),
    { numRuns: 30 },
  );
});
