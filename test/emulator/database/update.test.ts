import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Database } from '../../../local/emulator/database';
import { Client, makeFolder, openDatabase, unique, type Folder } from './client';

let folder: Folder;
let database: Database;
let docs: Client;

beforeEach(async () => {
  folder = await makeFolder();
  database = await openDatabase(folder.dir, {
    collections: { docs: { indexes: [] }, numbered: { indexes: [unique('no')] } },
  });
  docs = new Client(database, 'docs');
});
afterEach(async () => {
  await database.close();
  await folder.remove();
});

describe('array updates', () => {
  const push = async (modifiers: object) => {
    await docs.set('it', { list: [3, 1] });
    await docs.update({ _id: 'it' }, { $push: { list: modifiers } });
    return (await docs.get('it'))?.['list'];
  };

  it('push with every modifier', async () => {
    expect(await push({ $each: [2, 5] })).toEqual([3, 1, 2, 5]);
    expect(await push({ $each: [2], $position: 0 })).toEqual([2, 3, 1]);
    expect(await push({ $each: [2], $position: -1 })).toEqual([3, 2, 1]);
    expect(await push({ $each: [2], $slice: 2 })).toEqual([3, 1]);
    expect(await push({ $each: [2], $slice: -2 })).toEqual([1, 2]);
    expect(await push({ $each: [2], $slice: 0 })).toEqual([]);
    expect(await push({ $each: [2], $sort: -1 })).toEqual([3, 2, 1]);
    expect(await push({ $each: [{ n: 2 }, { n: 1 }], $sort: { n: 1 }, $slice: -2 })).toEqual([
      { n: 1 },
      { n: 2 },
    ]);
  });

  it('push and addToSet several, each once', async () => {
    await docs.set('it', { list: [1] });
    await docs.update({ _id: 'it' }, { $addToSet: { list: { $each: [2, 1, 2] } } });
    expect(await docs.get('it')).toEqual({ _id: 'it', list: [1, 2] });
  });

  it('pull by condition, by fields and by pattern', async () => {
    await docs.set('it', { n: [1, 5, 9], of: [{ a: 1, b: 2 }, { a: 2 }], t: ['ab', 'cd'] });
    await docs.update({ _id: 'it' }, { $pull: { n: { $gte: 5 }, of: { a: 1 }, t: /^a/ } });
    expect(await docs.get('it')).toEqual({ _id: 'it', n: [1], of: [{ a: 2 }], t: ['cd'] });
  });
});

describe('refused updates', () => {
  const refusal = (update: object) => docs.update({ _id: 'it' }, update as Record<string, unknown>);

  beforeEach(() => docs.set('it', { text: 'x', nothing: null, list: [1], deep: { a: 1 } }));
  afterEach(async () => {
    expect(await docs.get('it')).toEqual({ _id: 'it', text: 'x', nothing: null, list: [1], deep: { a: 1 } });
  });

  it.each([
    [{ $inc: { text: 1 } }, /non-numeric type/],
    [{ $inc: { nothing: 1 } }, /non-numeric type/],
    [{ $mul: { fresh: 'x' } }, /non-numeric argument/],
    [{ $push: { text: 1 } }, /must be an array/],
    [{ $addToSet: { nothing: 1 } }, /must be an array/],
    [{ $pull: { text: 1 } }, /must be an array/],
    [{ $pop: { list: 2 } }, /\$pop expects 1 or -1/],
    [{ $set: { 'text.inner': 1 } }, /Cannot create field 'inner'/],
    [{ $set: { 'list.inner': 1 } }, /Cannot create field 'inner'/],
    [{ $set: { deep: 1, 'deep.a': 2 } }, /conflict at 'deep'/],
    [{ $set: { 'deep.a': 1 }, $unset: { deep: '' } }, /conflict at 'deep'/],
    [{ $inc: { n: 1 }, $set: { n: 1 } }, /conflict at 'n'/],
    [{ $rename: { text: 'n' }, $set: { n: 1 } }, /conflict at 'n'/],
    [{ $set: { _id: 'other' } }, /immutable field '_id'/],
    [{ $unset: { _id: '' } }, /immutable field '_id'/],
    [{ $set: { 'list.9999999': 1 } }, /backfill/],
    [{ $set: { '': 1 } }, /empty part/],
    [{ $set: { a: { $b: 1 } } }, /begins with \$/],
    [{ $set: { a: { 'b.c': 1 } } }, /contains a dot/],
    [{ $set: { '__proto__.polluted': 1 } }, /__proto__/],
    [{ $set: { 'list.$': 1 } }, /'\$' in the path/],
    [{ $set: { 'list.$[]': 1 } }, /'\$\[\]' in the path/],
    [{ $bit: { n: { and: 1 } } }, /\$bit is not supported/],
    [{ $currentDate: { n: true } }, /\$currentDate is not supported/],
    [{ $push: { list: { $each: [1], $what: 1 } } }, /\$what in \$push is not supported/],
    [{ $addToSet: { list: { each: [1] } } }, /each/],
    [{ $pull: { list: { operator: 'in', operands: [1] } } }, /inside of another/],
    [{ title: 'no operator' }, /needs operators/],
    [{}, /empty/],
  ])('%j', async (update, message) => {
    await expect(refusal(update)).rejects.toThrow(message);
  });

  it('says so for a pattern that would run for ever', async () => {
    await docs.set('long', { list: [`${'a'.repeat(60)}!`] });
    await expect(docs.update({ _id: 'long' }, { $pull: { list: /^(a+)+$/ } })).rejects.toThrow(/time limit/);
  });
});

describe('several documents', () => {
  it('count as updated only if they changed', async () => {
    await docs.insert({ _id: 'a', n: 1 }, { _id: 'b', n: 2 });
    expect(await docs.update({}, { $set: { n: 2 } })).toBe(1);
    expect(await docs.update({}, { $set: { n: 3 } }, false)).toBe(1);
    expect(await docs.find()).toEqual([
      { _id: 'a', n: 3 },
      { _id: 'b', n: 2 },
    ]);
  });

  it('stay done up to an error, as in MongoDB', async () => {
    await docs.insert({ _id: 'a', n: 1 }, { _id: 'b', n: 'x' }, { _id: 'c', n: 1 });
    await expect(docs.update({}, { $inc: { n: 1 } })).rejects.toThrow(/non-numeric/);
    expect((await docs.find()).map(({ n }) => n)).toEqual([2, 'x', 1]);
    const numbered = docs.of('numbered');
    await expect(
      numbered.insert({ _id: 'a', no: 1 }, { _id: 'b', no: 1 }, { _id: 'c', no: 2 }),
    ).rejects.toThrow(/E11000/);
    expect(await numbered.ids({})).toEqual(['a']);
  });
});

describe('unique indexes', () => {
  it('take an absent field for null, which collides', async () => {
    const numbered = docs.of('numbered');
    await numbered.insert({ _id: 'a' });
    const refused = {
      code: 'DATABASE_REQUEST_FAILED',
      message: expect.stringContaining('E11000') as unknown,
    };
    await expect(numbered.insert({ _id: 'b' })).rejects.toMatchObject(refused);
    await expect(numbered.insert({ _id: 'b', no: null })).rejects.toMatchObject(refused);
    await numbered.insert({ _id: 'c', no: 1 });
    await expect(numbered.update({ _id: 'c' }, { $unset: { no: '' } })).rejects.toMatchObject(refused);
    await numbered.remove({ _id: 'a' });
    await numbered.update({ _id: 'c' }, { $unset: { no: '' } });
    await numbered.insert({ _id: 'd', no: 1 });
    expect(await numbered.ids({ no: 1 })).toEqual(['d']);
  });

  it('take an empty array neither for null nor for absent', async () => {
    const numbered = docs.of('numbered');
    await numbered.insert({ _id: 'a', no: null }, { _id: 'b', no: [] }, { _id: 'c', no: [1, 2] });
    await expect(numbered.insert({ _id: 'd', no: [] })).rejects.toThrow(/E11000/);
    await expect(numbered.insert({ _id: 'd', no: 2 })).rejects.toThrow(/E11000/);
  });

  it('and ids refuse a second document', async () => {
    await docs.insert({ _id: 'a' });
    await expect(docs.insert({ _id: 'a' })).rejects.toThrow(/E11000 .* _id_/);
  });
});
