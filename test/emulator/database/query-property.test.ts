import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import * as fc from 'fast-check';
import type { Database } from '../../../local/emulator/database';
import { document, query } from './arbitraries';
import { Client, makeFolder, openDatabase, ordinary, type Folder } from './client';
import { matches } from './reference-query';

const INDEXED = { indexes: [ordinary('a'), ordinary('b', 'c'), ordinary('a.b'), ordinary('c', 'b.a')] };

// Each run waits for the disk, which other tests may keep busy; one that is cut off would go on writing under the next.
jest.setTimeout(240_000);

describe('queries', () => {
  let folder: Folder;
  let database: Database;

  beforeAll(async () => {
    folder = await makeFolder();
    database = await openDatabase(folder.dir, { collections: { plain: { indexes: [] }, indexed: INDEXED } });
  });
  afterAll(async () => {
    await database.close();
    await folder.remove();
  });

  const documents = fc
    .array(document, { maxLength: 8 })
    .map((list) => list.map((content, i) => ({ _id: `d${i}`, ...content })));

  it('find what an independent reading of the language finds', async () => {
    const client = new Client(database, 'plain');
    await fc.assert(
      fc.asyncProperty(
        documents,
        fc.array(query, { minLength: 1, maxLength: 10 }),
        async (stored, queries) => {
          await client.remove({});
          if (stored.length > 0) await client.insert(...stored);
          for (const asked of queries) {
            const expected = stored.filter((it) => matches(it, asked)).map(({ _id }) => _id);
            expect({ asked, found: await client.ids(asked) }).toEqual({ asked, found: expected });
            expect(await client.count(asked)).toBe(expected.length);
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  // Two arrays in one compound index are refused, as in MongoDB, so these documents have one at most.
  const indexable = documents.map((list) => list.filter((it) => !hasTwoArrays(it)));

  it('find the same in the same order with and without indexes', async () => {
    const [plain, indexed] = [new Client(database, 'plain'), new Client(database, 'indexed')];
    await fc.assert(
      fc.asyncProperty(
        indexable,
        fc.array(query, { minLength: 1, maxLength: 10 }),
        async (stored, queries) => {
          for (const client of [plain, indexed]) {
            await client.remove({});
            if (stored.length > 0) await client.insert(...stored);
            await client.update({ a: 'x' }, { $set: { b: 2 } });
          }
          for (const asked of queries) {
            expect({ asked, found: await indexed.ids(asked) }).toEqual({
              asked,
              found: await plain.ids(asked),
            });
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

const hasTwoArrays = (it: object): boolean => (JSON.stringify(it).match(/\[/g) ?? []).length > 1;
