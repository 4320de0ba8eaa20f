import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import * as fc from 'fast-check';
import { WireError, type Database } from '../../../local/emulator/database';
import { document, path, scalar, value } from './arbitraries';
import { Client, makeFolder, openDatabase, type Folder } from './client';
import type { Doc } from './reference-query';
import { updated } from './reference-update';

const operation: fc.Arbitrary<[string, unknown]> = fc.oneof(
  fc.tuple(fc.constantFrom('$inc', '$mul'), fc.integer({ min: -3, max: 5 })),
  fc.tuple(fc.constantFrom('$min', '$max'), scalar),
  fc.tuple(fc.constantFrom('$set', '$push', '$addToSet'), value),
  fc.tuple(fc.constant('$pull'), scalar),
  fc.tuple(fc.constant('$pullAll'), fc.array(value, { maxLength: 2 })),
  fc.tuple(fc.constant('$pop'), fc.constantFrom(1, -1)),
  fc.tuple(fc.constant('$unset'), fc.constant('')),
);

// Each run waits for the disk, which other tests may keep busy; one that is cut off would go on writing under the next.
jest.setTimeout(240_000);

describe('updates', () => {
  let folder: Folder;
  let database: Database;

  beforeAll(async () => {
    folder = await makeFolder();
    database = await openDatabase(folder.dir);
  });
  afterAll(async () => {
    await database.close();
    await folder.remove();
  });

  it('do to a document what an independent reading of the language does, or refuse when it refuses', async () => {
    const client = new Client(database, 'docs');
    const seen = { done: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(document, path, operation, async (content, at, [operator, operand]) => {
        // $min and $max of containers would compare these by rules that the reference does not know.
        fc.pre(!['$min', '$max'].includes(operator) || !holdsContainer(content));
        const before: Doc = { _id: 'it', ...content };
        await client.set('it', content);
        const update = { [operator]: { [at]: operand } };
        let expected: Doc | undefined;
        try {
          expected = updated(before, operator, at, operand);
        } catch {
          expected = undefined;
        }
        if (expected === undefined) {
          await expect(client.update({ _id: 'it' }, update)).rejects.toThrow(WireError);
          seen.refused++;
        } else {
          await client.update({ _id: 'it' }, update);
          seen.done++;
        }
        expect(await client.get('it')).toEqual(expected ?? before);
      }),
      { numRuns: 500 },
    );
    expect(seen.done).toBeGreaterThan(100);
    expect(seen.refused).toBeGreaterThan(20);
  });
});

const holdsContainer = (content: Doc): boolean => /[[{]/.test(JSON.stringify(content).slice(1));
