import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import * as fc from 'fast-check';
import type { Database } from '../../../local/emulator/database';
import { scalar } from './arbitraries';
import { Client, makeFolder, NOW, openDatabase, type Folder, type Json } from './client';

jest.setTimeout(60_000);

let folder: Folder;
let database: Database;
let loans: Client;

beforeAll(async () => {
  folder = await makeFolder();
  database = await openDatabase(folder.dir, {
    collections: {
      loans: { indexes: [] },
      bibs: { indexes: [] },
      one: { indexes: [] },
      any: { indexes: [] },
    },
  });
  loans = new Client(database, 'loans');
  await loans.insert(
    { _id: 1, bib: 'x', days: 10, tags: ['a', 'b'], at: new Date('2026-01-04T20:30:00.000Z') },
    { _id: 2, bib: 'y', days: 25, tags: ['a'], at: new Date('2025-12-31T16:00:00.000Z') },
    { _id: 3, bib: 'x', days: 40, tags: [], at: new Date('2026-12-31T23:59:59.999Z') },
    { _id: 4, bib: null, days: 55, at: new Date('2024-02-29T00:00:00.000Z') },
  );
  await loans
    .of('bibs')
    .insert({ _id: 'x', title: 'X' }, { _id: 'y', title: 'Y' }, { _id: 'z', codes: ['x', 'y'] });
  await loans
    .of('one')
    .insert({ _id: 1, n: 7, s: '书童 Book', list: [1, 2, 3], o: { a: 1 }, d: new Date(0) });
});
afterAll(async () => {
  await database.close();
  await folder.remove();
});

describe('stages', () => {
  it('$group with all accumulators', async () => {
    const [x, y, none] = await loans.aggregate({
      $group: {
        _id: '$bib',
        sum: { $sum: '$days' },
        avg: { $avg: '$days' },
        min: { $min: '$days' },
        max: { $max: '$days' },
        first: { $first: '$days' },
        last: { $last: '$tags' },
        all: { $push: '$tags' },
        set: { $addToSet: '$bib' },
        pop: { $stdDevPop: '$days' },
        samp: { $stdDevSamp: '$days' },
        merged: { $mergeObjects: { d: '$days', b: '$bib' } },
      },
    });
    expect(x).toEqual({
      _id: 'x',
      sum: 50,
      avg: 25,
      min: 10,
      max: 40,
      first: 10,
      last: [],
      all: [['a', 'b'], []],
      set: ['x'],
      pop: 15,
      samp: Math.sqrt(450),
      merged: { d: 40, b: 'x' },
    });
    expect(y).toMatchObject({ _id: 'y', pop: 0, samp: null });
    expect(none).toMatchObject({ _id: null, last: null, all: [], set: [null] });
  });

  it('$unwind drops what is empty or absent unless told otherwise', async () => {
    const tags = (spec: unknown) => loans.aggregate({ $unwind: spec }, { $project: { tags: 1, i: 1 } });
    expect(await tags('$tags')).toEqual([
      { _id: 1, tags: 'a' },
      { _id: 1, tags: 'b' },
      { _id: 2, tags: 'a' },
    ]);
    expect(await tags({ path: '$tags', preserveNullAndEmptyArrays: true, includeArrayIndex: 'i' })).toEqual([
      { _id: 1, tags: 'a', i: 0 },
      { _id: 1, tags: 'b', i: 1 },
      { _id: 2, tags: 'a', i: 0 },
      { _id: 3, i: null },
      { _id: 4, i: null },
    ]);
    expect(await loans.of('one').aggregate({ $unwind: '$s' }, { $project: { s: 1 } })).toEqual([
      { _id: 1, s: '书童 Book' },
    ]);
  });

  it('$lookup joins by equality, through arrays, and null with absent', async () => {
    const join = { from: 'bibs', localField: 'bib', foreignField: 'codes', as: 'found' };
    const found = await loans.aggregate({ $lookup: join }, { $project: { found: '$found._id' } });
    expect(found).toEqual([
      { _id: 1, found: ['z'] },
      { _id: 2, found: ['z'] },
      { _id: 3, found: ['z'] },
      { _id: 4, found: ['x', 'y'] },
    ]);
    await expect(loans.aggregate({ $lookup: { ...join, from: 'absent' } })).rejects.toMatchObject({
      code: 'DATABASE_COLLECTION_NOT_EXIST',
    });
  });

  it('$bucket gives only buckets that have documents, the default last', async () => {
    const bucket = (spec: Json) => loans.aggregate({ $bucket: { groupBy: '$days', ...spec } });
    expect(await bucket({ boundaries: [0, 5, 20, 40], default: 'more' })).toEqual([
      { _id: 5, count: 1 },
      { _id: 20, count: 1 },
      { _id: 'more', count: 2 },
    ]);
    await expect(bucket({ boundaries: [0, 20] })).rejects.toThrow(/no default/);
    await expect(bucket({ boundaries: [5, 0] })).rejects.toThrow(/ascending/);
    await expect(bucket({ boundaries: [0, 9], default: 5 })).rejects.toThrow(/default/);
  });

  it('$project, $addFields and $replaceRoot reshape', async () => {
    const one = loans.of('one');
    expect(
      await one.aggregate({
        $project: { _id: 0, n: 1, 'o.b': '$n', x: { $literal: '$n' }, r: ['$n', '$none'] },
      }),
    ).toEqual([{ n: 7, o: { b: 7 }, x: '$n', r: [7, null] }]);
    expect(await one.aggregate({ $project: { s: 0, list: 0, d: 0 } })).toEqual([
      { _id: 1, n: 7, o: { a: 1 } },
    ]);
    expect(
      await one.aggregate(
        { $addFields: { n: 8, 'o.c': { $add: ['$n', 1] }, s: '$$REMOVE' } },
        { $project: { n: 1, o: 1, s: 1 } },
      ),
    ).toEqual([{ _id: 1, n: 8, o: { a: 1, c: 8 } }]);
    expect(
      await one.aggregate({ $replaceRoot: { newRoot: { $mergeObjects: ['$o', { n: '$n' }] } } }),
    ).toEqual([{ a: 1, n: 7 }]);
    await expect(one.aggregate({ $replaceRoot: { newRoot: '$n' } })).rejects.toThrow(
      /must evaluate to an object/,
    );
  });

  it('$sort, $skip, $limit, $count and $sortByCount', async () => {
    expect(
      await loans.aggregate(
        { $sort: { bib: -1, days: -1 } },
        { $skip: 1 },
        { $limit: 2 },
        { $project: { _id: 1 } },
      ),
    ).toEqual([{ _id: 3 }, { _id: 1 }]);
    expect(await loans.aggregate({ $match: { days: { $gt: 10 } } }, { $count: 'n' })).toEqual([{ n: 3 }]);
    expect(await loans.aggregate({ $match: { days: -1 } }, { $count: 'n' })).toEqual([]);
    expect((await loans.aggregate({ $sortByCount: '$bib' }))[0]).toEqual({ _id: 'x', count: 2 });
  });

  it('$sample gives different documents, as many as there are at most', async () => {
    const sampled = await loans.aggregate({ $sample: { size: 10 } });
    expect(sampled.map(({ _id }) => Number(_id)).sort()).toEqual([1, 2, 3, 4]);
    expect(await loans.aggregate({ $sample: { size: 2 } })).toHaveLength(2);
  });

  it.each<[Json, RegExp]>([
    [{ $facet: {} }, /stage \$facet is not supported/],
    [{ $geoNear: {} }, /stage \$geoNear is not supported/],
    [{ $out: 'x' }, /stage \$out is not supported/],
    [{ $bucketAuto: {} }, /stage \$bucketAuto is not supported/],
    [{ $lookup: { from: 'bibs', let: {}, pipeline: [], as: 'x' } }, /'let' of \$lookup is not supported/],
    [{ $group: { _id: 1, x: { $top: 1 } } }, /accumulator \$top is not supported/],
    [{ $project: { x: { $dateTrunc: { date: '$at', unit: 'day' } } } }, /\$dateTrunc is not supported/],
    [{ $project: { x: { $function: { body: 'x' } } } }, /\$function is not supported/],
    [{ $project: { x: { $range: [0, 1e9] } } }, /more than 1000000/],
    [{ $project: { x: 1, y: 0 } }, /include some fields and exclude others/],
    [{ $project: { x: '$$none' } }, /undefined variable: none/],
    [{ $match: { $expr: true } }, /\$expr is not supported/],
    [{ $limit: 0 }, /\$limit/],
    [{ $sort: {} }, /\$sort/],
    [{ $project: { x: '$__proto__.y' } }, /__proto__/],
    [{ $project: { x: { $arrayToObject: [[['__proto__', 1]]] } } }, /not allowed/],
  ])('%j is refused by name', async (stage, message) => {
    await expect(loans.aggregate(stage)).rejects.toThrow(message);
  });
});

describe('expressions', () => {
  const evaluate = async (expression: unknown) =>
    (await loans.of('one').aggregate({ $project: { _id: 0, x: expression } }))[0]?.['x'];
  const at = { $literal: new Date('2026-01-04T20:30:05.007Z') };
  const zoned = (timezone: string) => ({ date: at, timezone });

  it.each<[unknown, unknown]>([
    [{ $add: ['$n', 1, 0.5] }, 8.5],
    [{ $add: ['$d', 1000] }, new Date(1000)],
    [{ $add: ['$n', '$none'] }, null],
    [{ $subtract: [new Date(5000), '$d'] }, 5000],
    [{ $divide: [7, 2] }, 3.5],
    [{ $mod: [-7, 3] }, -1],
    [{ $trunc: [-4.357, 2] }, -4.35],
    [{ $trunc: 1234.5 }, 1234],
    [{ $trunc: [1234.5, -2] }, 1200],
    [{ $log: [8, 2] }, 3],
    [{ $pow: [2, 10] }, 1024],
    [{ $arrayElemAt: ['$list', -1] }, 3],
    [{ $arrayElemAt: ['$list', 9] }, undefined],
    [
      {
        $arrayToObject: [
          [
            ['a', 1],
            ['b', 2],
          ],
        ],
      },
      { a: 1, b: 2 },
    ],
    [{ $arrayToObject: [[{ k: 'a', v: 1 }]] }, { a: 1 }],
    [{ $objectToArray: '$o' }, [{ k: 'a', v: 1 }]],
    [{ $concatArrays: ['$list', [4]] }, [1, 2, 3, 4]],
    [{ $filter: { input: '$list', as: 'it', cond: { $gt: ['$$it', 1] } } }, [2, 3]],
    [{ $map: { input: '$list', in: { $multiply: ['$$this', '$n'] } } }, [7, 14, 21]],
    [{ $reduce: { input: '$list', initialValue: 0, in: { $add: ['$$value', '$$this'] } } }, 6],
    [{ $in: [2, '$list'] }, true],
    [{ $indexOfArray: ['$list', 3] }, 2],
    [{ $indexOfArray: ['$list', 9] }, -1],
    [{ $range: [5, 0, -2] }, [5, 3, 1]],
    [{ $reverseArray: '$list' }, [3, 2, 1]],
    [{ $slice: ['$list', -2] }, [2, 3]],
    [{ $slice: ['$list', 1, 1] }, [2]],
    [
      { $zip: { inputs: ['$list', ['a']], useLongestLength: true, defaults: [0, 'z'] } },
      [
        [1, 'a'],
        [2, 'z'],
        [3, 'z'],
      ],
    ],
    [{ $size: '$list' }, 3],
    [{ $isArray: '$list' }, true],
    [{ $sum: '$list' }, 6],
    [{ $max: ['$n', 9, null] }, 9],
    [{ $and: ['', 1] }, true],
    [{ $not: [0] }, true],
    [{ $or: [null, '$none'] }, false],
    [{ $cmp: ['a', 5] }, 1],
    [{ $gt: ['x', 5] }, true],
    [{ $lt: ['$none', null] }, true],
    [{ $eq: ['$none', null] }, false],
    [{ $cond: { if: { $gte: ['$n', 7] }, then: 'yes', else: 'no' } }, 'yes'],
    [{ $ifNull: ['$none', null, 'last'] }, 'last'],
    [
      {
        $switch: {
          branches: [
            { case: false, then: 1 },
            { case: '$n', then: 2 },
          ],
          default: 3,
        },
      },
      2,
    ],
    [{ $let: { vars: { twice: { $multiply: ['$n', 2] } }, in: ['$$twice', '$n'] } }, [14, 7]],
    [{ $concat: ['a', '$s'] }, 'a书童 Book'],
    [{ $concat: ['a', '$none'] }, null],
    [{ $substrCP: ['$s', 1, 3] }, '童 B'],
    [{ $substrBytes: ['$s', 3, 3] }, '童'],
    [{ $substr: ['$s', 7, -1] }, 'Book'],
    [{ $strLenCP: '$s' }, 7],
    [{ $strLenBytes: '$s' }, 11],
    [{ $indexOfCP: ['$s', 'B'] }, 3],
    [{ $indexOfBytes: ['$s', 'B'] }, 7],
    [{ $split: ['a-b-', '-'] }, ['a', 'b', '']],
    [{ $toUpper: 'ä书a' }, 'ä书A'],
    [{ $strcasecmp: ['Abc', 'aBC'] }, 0],
    [
      {
        $setUnion: [
          [1, 2],
          [2, 3],
        ],
      },
      [1, 2, 3],
    ],
    [{ $setIntersection: [[1, 2, 2], [2]] }, [2]],
    [{ $setDifference: [[1, 2], [2]] }, [1]],
    [
      {
        $setEquals: [
          [1, 2],
          [2, 1, 1],
        ],
      },
      true,
    ],
    [{ $setIsSubset: [[1], [1, 2]] }, true],
    [{ $allElementsTrue: [[1, true]] }, true],
    [{ $anyElementTrue: [[0, false]] }, false],
    [{ $mergeObjects: ['$o', { b: 2 }, null] }, { a: 1, b: 2 }],
    ['$$NOW', new Date(NOW)],
    ['$o.a', 1],
    ['$constructor', undefined],
    [{ $year: at }, 2026],
    [{ $dayOfYear: zoned('+08:00') }, 5],
    [{ $hour: zoned('Asia/Shanghai') }, 4],
    [{ $minute: zoned('+05:30') }, 0],
    [{ $dayOfMonth: zoned('Asia/Shanghai') }, 5],
    [{ $dayOfWeek: zoned('America/New_York') }, 1],
    [{ $isoDayOfWeek: at }, 7],
    [{ $week: at }, 1],
    [{ $isoWeek: at }, 1],
    [{ $isoWeek: { $literal: new Date('2027-01-03T00:00:00Z') } }, 53],
    [{ $isoWeekYear: { $literal: new Date('2027-01-03T00:00:00Z') } }, 2026],
    [{ $dateToString: { date: at } }, '2026-01-04T20:30:05.007Z'],
    [
      { $dateToString: { date: at, format: '%Y-%m-%d %H:%M', timezone: 'Asia/Shanghai' } },
      '2026-01-05 04:30',
    ],
    [{ $dateToString: { date: at, format: '%G-W%V-%u %j %z', timezone: '+08:00' } }, '2026-W02-1 005 +0800'],
    [{ $dateToString: { date: null, onNull: 'none' } }, 'none'],
    [{ $dateFromParts: { year: 2026, month: 14, day: 1 } }, new Date(Date.UTC(2027, 1, 1))],
    [
      { $dateFromParts: { year: 2026, hour: 4, timezone: 'Asia/Shanghai' } },
      new Date(Date.UTC(2025, 11, 31, 20)),
    ],
    [
      { $dateFromString: { dateString: '2026-01-05', timezone: '+08:00' } },
      new Date(Date.UTC(2026, 0, 4, 16)),
    ],
    [
      { $dateFromString: { dateString: '2026-01-05T01:02:03.4Z' } },
      new Date(Date.UTC(2026, 0, 5, 1, 2, 3, 400)),
    ],
    [{ $dateFromString: { dateString: '2026-02-30', onError: 'bad' } }, 'bad'],
  ])('%j is %j', async (expression, expected) => {
    expect(await evaluate(expression)).toEqual(expected);
  });

  it.each<[unknown, RegExp]>([
    [{ $add: ['$s', 1] }, /numeric/],
    [{ $divide: [1, 0] }, /divide by zero/],
    [{ $size: '$n' }, /must be an array/],
    [{ $in: [1, '$none'] }, /must be an array/],
    [{ $substrBytes: ['$s', 1, 2] }, /cuts a UTF-8 character/],
    [{ $year: '$s' }, /to Date/],
    [{ $dateToString: { date: at, timezone: 'Mars/Base' } }, /unrecognized time zone/],
    [{ $dateToString: { date: at, format: '%Q' } }, /%Q/],
    [{ $dateFromString: { dateString: 'x', format: '%Y' } }, /'format' of \$dateFromString is not supported/],
    [{ $switch: { branches: [{ case: false, then: 1 }] } }, /no default/],
    [{ $cond: [1, 2] }, /takes 3 arguments/],
    [{ $add: [1], $subtract: [1] }, /one operator/],
    [{ $toString: '$n' }, /\$toString is not supported/],
  ])('%j is an error', async (expression, message) => {
    await expect(evaluate(expression)).rejects.toThrow(message);
  });
});

it('grouping and sorting agree with plain JavaScript on any data', async () => {
  const any = loans.of('any');
  const rows = fc.array(
    fc.record({ k: fc.constantFrom('p', 'q', null, 1), v: fc.integer({ min: -9, max: 9 }), s: scalar }),
    {
      minLength: 1,
      maxLength: 30,
    },
  );
  await fc.assert(
    fc.asyncProperty(rows, async (list) => {
      await any.remove({});
      await any.insert(...list.map((row, i) => ({ _id: i, ...row })));
      const expected = [...new Set(list.map(({ k }) => k))]
        .map((k) => {
          const values = list.filter((row) => row.k === k).map(({ v }) => v);
          return {
            _id: k,
            sum: values.reduce((a, b) => a + b, 0),
            max: Math.max(...values),
            n: values.length,
            all: values,
          };
        })
        .sort((a, b) => b.n - a.n || a.sum - b.sum);
      const grouped = await any.aggregate(
        {
          $group: {
            _id: '$k',
            sum: { $sum: '$v' },
            max: { $max: '$v' },
            n: { $sum: 1 },
            all: { $push: '$v' },
          },
        },
        { $sort: { n: -1, sum: 1 } },
      );
      expect(grouped).toEqual(expected);
      const matched = await any.aggregate(
        { $match: { v: { $gte: 0 } } },
        { $sort: { v: -1, _id: 1 } },
        { $project: { _id: 1 } },
      );
      const order = list.map(({ v }, i) => ({ v, i })).filter(({ v }) => v >= 0);
      expect(matched).toEqual(order.sort((a, b) => b.v - a.v || a.i - b.i).map(({ i }) => ({ _id: i })));
    }),
    { numRuns: 60 },
  );
});
