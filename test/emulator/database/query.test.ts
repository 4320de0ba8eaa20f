import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EJSON } from 'bson';
import type { Database } from '../../../local/emulator/database';
import { Client, makeFolder, openDatabase, type Folder, type Json } from './client';

let folder: Folder;
let database: Database;
let docs: Client;

beforeAll(async () => {
  folder = await makeFolder();
  database = await openDatabase(folder.dir, {
    collections: { docs: { indexes: [] }, sorted: { indexes: [] } },
  });
  docs = new Client(database, 'docs');
  await docs.insert(
    {
      _id: 'a',
      title: '红楼梦',
      n: 1,
      tags: ['x', 'y'],
      of: [
        { k: 1, v: 2 },
        { k: 3, v: 4 },
      ],
    },
    { _id: 'b', title: 'Hong Lou Meng\nsecond line', n: 2.5, tags: [] },
    { _id: 'c', title: 'hong', n: null },
    { _id: 'd', when: new Date(1000), nested: { a: { b: 1 }, list: [1, 2, 3, 4] } },
  );
});
afterAll(async () => {
  await database.close();
  await folder.remove();
});

describe('queries', () => {
  it.each<[Json, string[]]>([
    [{ title: /^HONG/i }, ['b', 'c']],
    [{ title: /^second/m }, ['b']],
    [{ title: { $regex: '^hong', $options: 'i' } }, ['b', 'c']],
    [{ title: { $in: [/梦$/, 'hong'] } }, ['a', 'c']],
    [{ title: { $not: /o/ } }, ['a', 'd']],
    [{ tags: { $all: [/x/, 'y'] } }, ['a']],
    [{ of: { $elemMatch: { k: 1, v: { $gt: 1 } } } }, ['a']],
    [{ of: { $elemMatch: { k: 1, v: 4 } } }, []],
    [{ 'of.k': 1, 'of.v': 4 }, ['a']],
    [{ of: { $all: [{ $elemMatch: { k: 1 } }, { $elemMatch: { k: 3 } }] } }, ['a']],
    [{ n: { $lte: null } }, ['c', 'd']],
    [{ n: { $type: 'double' } }, ['b']],
    [{ n: { $type: ['int', 'null'] } }, ['a', 'c']],
    [{ when: { $lt: new Date(1001) } }, ['d']],
    [{ nested: { a: { b: 1 }, list: [1, 2, 3, 4] } }, ['d']],
    [{ nested: { list: [1, 2, 3, 4], a: { b: 1 } } }, []],
    [{ constructor: { $exists: true } }, []],
  ])('%j finds %j', async (query, ids) => {
    expect(await docs.ids(query)).toEqual(ids);
  });

  it.each<[Json, RegExp]>([
    [{ $where: 'true' }, /\$where is not supported/],
    [{ $expr: { $eq: [1, 1] } }, /\$expr is not supported/],
    [{ $text: { $search: 'x' } }, /\$text is not supported/],
    [{ n: { $near: [1, 1] } }, /\$near is not supported/],
    [{ n: { $geoWithin: {} } }, /\$geoWithin is not supported/],
    [{ n: { $bitsAllSet: 1 } }, /\$bitsAllSet is not supported/],
    [{ n: { $gt: 1, plain: 2 } }, /operator plain is not supported/],
    [{ n: { $not: { $what: 1 } } }, /\$what is not supported/],
    [{ tags: { $elemMatch: { $what: 1 } } }, /\$what is not supported/],
    [{ 'tags.$': 1 }, /'\$' in the path/],
    [{ n: { $type: 'decimal' } }, /\$type with decimal/],
    [{ n: { $in: 1 } }, /\$in needs an array/],
    [{ n: { $mod: [0, 0] } }, /divisor cannot be 0/],
    [{ n: { $size: -1 } }, /\$size/],
    [{ $or: [] }, /\$or must be a nonempty array/],
    [{ n: { $not: 1 } }, /\$not needs/],
    [{ n: { $options: 'i' } }, /\$options needs a \$regex/],
    [{ title: { $regex: '(' } }, /Regular expression is invalid/],
    [{ title: { $regex: 'a', $options: 'x' } }, /option 'x' is not supported/],
    [{ title: { $regex: 'a'.repeat(1001) } }, /longer than 1000/],
    [{ a: { $ne: /x/ } }, /Can't have regex/],
    [Object.fromEntries([['__proto__', 1]]), /__proto__/],
    [{ 'a.__proto__.b': 1 }, /__proto__/],
  ])('%j is refused by name', async (query, message) => {
    await expect(docs.find(query)).rejects.toThrow(message);
  });

  it('stop a pattern that would run for ever, and go on', async () => {
    await docs.insert({ _id: 'bomb', bomb: `${'a'.repeat(60)}!` });
    await expect(docs.find({ bomb: /^(a+)+$/ })).rejects.toThrow(/exceeded time limit/);
    await expect(docs.aggregate({ $match: { bomb: /^(a+)+$/ } })).rejects.toThrow(/exceeded time limit/);
    expect(await docs.remove({ _id: 'bomb' })).toBe(1);
  });
});

describe('requests that are not what the SDKs send', () => {
  const deep = `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`;

  it.each<[string, Json]>([
    ['getDocument', { query: deep }],
    ['getDocument', { query: '{"n":' }],
    ['getDocument', { query: '[1]' }],
    ['getDocument', { query: 5 }],
    ['getDocument', { query: '{}', limit: -1 }],
    ['getDocument', { query: '{}', offset: 1.5 }],
    ['getDocument', { query: '{}', order: '{"n":"up"}' }],
    ['getDocument', { query: '{"n":{"$numberInt":"many"}}' }],
    ['getDocument', { query: '{"n":{"$date":"never"}}' }],
    ['insertDocument', { data: '{}' }],
    ['insertDocument', { data: ['{"__proto__":{"polluted":true}}'] }],
    ['insertDocument', { data: ['{"a":{"$oid":"507f1f77bcf86cd799439011"}}'] }],
    ['insertDocument', { data: ['{"a":{"$numberLong":"9223372036854775807"}}'] }],
    ['insertDocument', { data: ['{"a":{"$binary":{"base64":"","subType":"00"}}}'] }],
    ['insertDocument', { data: ['{"a":{"$regularExpression":{"pattern":"a","options":""}}}'] }],
    ['insertDocument', { data: ['{"_id":{"a":1}}'] }],
    ['insertDocument', { data: ['{"_id":null}'] }],
    ['insertDocument', { data: ['{"a\\u0000b":1}'] }],
    ['insertDocument', { data: ['{"":1}'] }],
    ['insertDocument', { data: ['{"$set":1}'] }],
    ['insertDocument', { data: [deep] }],
    ['modifyDocument', { query: '{}', data: '{"a":1}', merge: false, upsert: true }],
    ['modifyDocument', { query: '{"_id":"a"}', data: '{"_id":"b"}', merge: false, upsert: true }],
    ['modifyDocument', { query: '{"_id":"a"}', data: '{"$set":{"a":1}}', merge: true, upsert: true }],
    ['aggregateDocuments', { stages: 'all' }],
    ['aggregateDocuments', { stages: [null] }],
    ['aggregateDocuments', { stages: [{ stageKey: '$match', stageValue: '1' }] }],
    ['addCollection', { collectionName: '../x' }],
    ['addCollection', { collectionName: '__proto__' }],
    ['getDocument', { collectionName: 'constructor' }],
    ['commitTransaction', { transactionId: 'none' }],
    ['getDocument', { transactionId: 'none' }],
    ['listCollections', {}],
  ])('%s %j is refused with a code', async (action, params) => {
    await expect(docs.call(action, params)).rejects.toMatchObject({
      name: 'WireError',
      code: expect.stringMatching(/^[A-Z_]+$/) as unknown,
    });
    expect(({} as Json)['polluted']).toBeUndefined();
    expect(await docs.count()).toBe(4);
  });

  it('keep hostile texts as they are', async () => {
    const text = `\u0000\ud800 \u2028 ${'x'.repeat(1_000)}`;
    await docs.insert({ _id: text, text });
    expect(await docs.get(text)).toEqual({ _id: text, text });
    await docs.remove({ _id: text });
  });
});

describe('projections', () => {
  it.each<[string, Json, Json]>([
    ['a', { title: 1 }, { _id: 'a', title: '红楼梦' }],
    ['a', { title: 1, _id: 0 }, { title: '红楼梦' }],
    ['a', { 'of.k': 1 }, { _id: 'a', of: [{ k: 1 }, { k: 3 }] }],
    ['a', { of: 0, n: 0 }, { _id: 'a', title: '红楼梦', tags: ['x', 'y'] }],
    ['a', { 'of.k': 0, title: 0, n: 0, tags: 0 }, { _id: 'a', of: [{ v: 2 }, { v: 4 }] }],
    ['a', { _id: 1 }, { _id: 'a' }],
    ['a', { tags: { $slice: 1 }, of: 0 }, { _id: 'a', title: '红楼梦', n: 1, tags: ['x'] }],
    ['a', { of: { $elemMatch: { k: 3 } } }, { _id: 'a', of: [{ k: 3, v: 4 }] }],
    [
      'd',
      { 'nested.list': { $slice: [-3, 2] }, when: 0 },
      { _id: 'd', nested: { a: { b: 1 }, list: [2, 3] } },
    ],
    ['d', { 'nested.a': 1 }, { _id: 'd', nested: { a: { b: 1 } } }],
  ])('of %s by %j', async (id, projection, expected) => {
    expect(await docs.find({ _id: id }, { projection })).toEqual([expected]);
  });

  it.each<[Json, RegExp]>([
    [{ a: 1, b: 0 }, /mix of inclusion and exclusion/],
    [{ a: 1, 'a.b': 1 }, /Path collision/],
    [{ a: '$b' }, /computed field/],
    [{ a: { $meta: 'x' } }, /\$meta/],
  ])('%j is refused', async (projection, message) => {
    await expect(docs.find({}, { projection })).rejects.toThrow(message);
  });
});

it('sorts by MongoDB’s order of types and of arrays', async () => {
  const values: unknown[] = [
    [],
    null,
    NaN,
    -1,
    [-0.5, 9],
    0,
    5,
    '',
    'a',
    '\uff01',
    '📚',
    { a: 1 },
    { a: 2 },
    { b: 0 },
    false,
    true,
    new Date(0),
  ];
  const sorted = docs.of('sorted');
  await sorted.insert(...values.map((v, i) => ({ _id: i, v })).reverse());
  expect(await sorted.ids({}, { v: 1 })).toEqual(values.map((_, i) => i));
  // Descending, an array counts by its greatest element: 9 comes before 5.
  expect(await sorted.ids({ _id: { $in: [3, 4, 6] } }, { v: -1 })).toEqual([4, 6, 3]);
});

it('answers in extended JSON that MongoDB’s own library reads back', async () => {
  const document = {
    _id: 'ejson',
    n: [1, -0, NaN, 1e300, 2 ** 40],
    at: new Date(-5),
    far: new Date(8.64e15),
  };
  await docs.insert(document);
  const { data } = await docs.call('getDocument', { query: EJSON.stringify({ _id: 'ejson' }) });
  expect(EJSON.parse(data.list[0] ?? '')).toEqual(document);
  await docs.remove({ _id: 'ejson' });
});
