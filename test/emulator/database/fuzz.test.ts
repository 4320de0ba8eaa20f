import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import * as fc from 'fast-check';
import { WireError, type Database } from '../../../local/emulator/database';
import { makeFolder, openDatabase, type Folder } from './client';

// 4 000 requests, many of which wait for the disk.
jest.setTimeout(240_000);

const log: string[] = [];
let folder: Folder;
let database: Database;

beforeAll(async () => {
  folder = await makeFolder();
  const index = {
    name: 'a_b',
    fields: [
      { field: 'a', direction: 1 as const },
      { field: 'b', direction: 1 as const },
    ],
    unique: true,
  };
  database = await openDatabase(folder.dir, { collections: { docs: { indexes: [index] } } }, { log });
});
afterAll(async () => {
  await database.close();
  await folder.remove();
});

const WORDS = [
  ...[
    '$eq',
    '$in',
    '$all',
    '$elemMatch',
    '$not',
    '$mod',
    '$type',
    '$regex',
    '$options',
    '$size',
    '$exists',
    '$and',
  ],
  ...[
    '$set',
    '$inc',
    '$push',
    '$each',
    '$slice',
    '$sort',
    '$position',
    '$pull',
    '$pullAll',
    '$rename',
    '$unset',
  ],
  ...[
    '$sum',
    '$avg',
    '$cond',
    '$map',
    '$filter',
    '$dateToString',
    '$zip',
    '$let',
    '$switch',
    '$reduce',
    '$range',
  ],
  ...[
    '_id',
    'input',
    'in',
    'as',
    'cond',
    'date',
    'format',
    'timezone',
    'inputs',
    'vars',
    'branches',
    'path',
    'size',
  ],
  ...[
    '$date',
    '$numberInt',
    '$regularExpression',
    'pattern',
    'options',
    '$tcb_server_date',
    'offset',
    'newRoot',
  ],
  ...['groupBy', 'boundaries', 'default', 'output', 'from', 'localField', 'foreignField'],
  ...[
    'a',
    'b',
    'a.b',
    'a.0',
    '0',
    '',
    '$',
    '$a',
    '$$ROOT',
    '$$this',
    'constructor',
    '__proto__',
    'toString',
    '%Y',
    'docs',
  ],
];
const STAGES = [
  ...[
    '$match',
    '$project',
    '$addFields',
    '$group',
    '$sort',
    '$limit',
    '$skip',
    '$unwind',
    '$lookup',
    '$count',
  ],
  ...['$sortByCount', '$bucket', '$replaceRoot', '$sample'],
];

const word = fc.constantFrom(...WORDS);
const json: fc.Arbitrary<unknown> = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc.constantFrom(null, true, false, 0, 1, -1, 2.5, 1e300, '2020-01-01'),
    word,
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(word, tie('json'), { maxKeys: 3 }),
  ),
})).json;
const text = json.map((value) => JSON.stringify(value));
const object = fc.dictionary(word, json, { maxKeys: 3 }).map((value) => JSON.stringify(value));

const request = fc.oneof(
  fc.tuple(
    fc.constant('getDocument'),
    fc.record({ query: object, order: object, projection: object }, { requiredKeys: ['query'] }),
  ),
  fc.tuple(fc.constant('insertDocument'), fc.record({ data: fc.array(object, { maxLength: 2 }) })),
  fc.tuple(
    fc.constant('modifyDocument'),
    fc.record({
      query: object,
      data: object,
      multi: fc.boolean(),
      merge: fc.boolean(),
      upsert: fc.boolean(),
    }),
  ),
  fc.tuple(fc.constant('removeDocument'), fc.record({ query: object, multi: fc.constant(false) })),
  fc.tuple(
    fc.constant('aggregateDocuments'),
    fc.record({
      stages: fc.array(
        fc.record({ stageKey: fc.constantFrom(...STAGES), stageValue: fc.oneof(object, text) }),
        {
          maxLength: 3,
        },
      ),
    }),
  ),
);

it('no request, however strange, brings forth anything but an answer or an error of the cloud', async () => {
  await database.handle('database.insertDocument', {
    collectionName: 'docs',
    data: ['{"_id":"x","a":[1,{"b":2}],"b":"text"}', '{"_id":"y","a":{"b":[1,2]}}'],
  });
  await fc.assert(
    fc.asyncProperty(request, async ([action, params]) => {
      try {
        await database.handle(`database.${action}`, { collectionName: 'docs', ...params });
      } catch (error) {
        expect(error).toBeInstanceOf(WireError);
        expect(error).not.toMatchObject({ code: 'SYS_ERR' });
      }
    }),
    { numRuns: 4000 },
  );
  expect(log).toEqual([]);
});
