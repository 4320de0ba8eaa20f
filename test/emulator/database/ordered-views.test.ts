import { describe, expect, it, jest } from '@jest/globals';
import * as fc from 'fast-check';
import { Collection } from '../../../local/emulator/database/collection';
import { DirectDraft } from '../../../local/emulator/database/direct-draft';
import { find } from '../../../local/emulator/database/find';
import { Locks } from '../../../local/emulator/database/locks';
import { compileQuery } from '../../../local/emulator/database/query';
import type { Document, Value } from '../../../local/emulator/database/values';
import { ordinary } from './client';

jest.setTimeout(60_000);

/** More than what the collection would rather sort. */
const MANY = 400;

const scalar: fc.Arbitrary<Value> = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 6 }) },
  fc.constantFrom<Value>('', 'x', 'y', true, null, 0.5, NaN, new Date(0), new Date(86_400_000)),
);
const content = (values: fc.Arbitrary<Value>): fc.Arbitrary<Document> =>
  fc.record({ a: values, b: values, c: values, d: values }, { requiredKeys: ['a'] });

const bound = fc.oneof(fc.integer({ min: -1, max: 7 }), fc.constantFrom<Value>('', 'x', new Date(10)));
const range = fc.dictionary(fc.constantFrom('$gt', '$gte', '$lt', '$lte'), bound, {
  ...{ minKeys: 1, maxKeys: 2, noNullPrototype: true },
});
const condition: fc.Arbitrary<Value> = fc.oneof(
  fc.integer({ min: 0, max: 6 }),
  range,
  fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 2 }).map(($in) => ({ $in })),
);
const fields = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), condition, {
  maxKeys: 3,
  noNullPrototype: true,
});
const ids = fc.integer({ min: 0, max: MANY }).map((n) => ({ _id: { $gt: `d${n}` } }));
const query = fc.oneof(
  fields,
  fc.tuple(fields, fields).map(($and) => ({ $and })),
  fc.tuple(fields, ids).map(([some, more]) => ({ ...some, ...more })),
) as fc.Arbitrary<Document>;
const order = fc.record({
  field: fc.constantFrom('a', 'b', 'c', 'd', '_id'),
  direction: fc.constantFrom<1 | -1>(1, -1),
  skip: fc.integer({ min: 0, max: 5 }),
  limit: fc.integer({ min: 1, max: 60 }),
});

interface Change {
  at: number;
  document: Document | undefined;
}
const changes = (values: fc.Arbitrary<Value>): fc.Arbitrary<Change[]> =>
  fc.array(fc.record({ at: fc.nat(MANY + 20), document: fc.option(content(values), { nil: undefined }) }), {
    maxLength: 12,
  });

function collections(): Collection[] {
  const indexes = [ordinary('a'), ordinary('b', 'c'), ordinary('c', 'd', 'a'), ordinary('d')];
  return [new Collection('plain', undefined), new Collection('indexed', { indexes })];
}

function put(all: readonly Collection[], at: number, document: Document | undefined): void {
  const id = `d${at}`;
  for (const one of all) one.apply(id, document && { _id: id, ...document }, 1, false);
}

/** What a sorted list of all that match has, and what is read from the indexes in order. */
function compare(
  all: readonly Collection[],
  asked: Document,
  page: { field: string; direction: 1 | -1 } & Page,
): void {
  const { field, direction, skip, limit } = page;
  const [plain, indexed] = all.map((collection) =>
    find(new DirectDraft(new Locks()), collection, compileQuery(asked), {
      ...{ order: { [field]: direction, ...(collection.name === 'plain' && { zz: 1 }) }, skip, limit },
    }),
  );
  expect({ asked, page, found: indexed }).toEqual({ asked, page, found: plain });
  const [unsorted, found] = all.map((collection) =>
    find(new DirectDraft(new Locks()), collection, compileQuery(asked), { skip, limit: MANY * 2 }),
  );
  expect({ asked, found }).toEqual({ asked, found: unsorted });
}
interface Page {
  skip: number;
  limit: number;
}

const stored = (values: fc.Arbitrary<Value>): fc.Arbitrary<Document[]> =>
  fc.array(content(values), { minLength: MANY, maxLength: MANY, size: 'max' });

describe('documents read from an index in order', () => {
  it.each([
    ['single values', scalar],
    [
      'lists among them',
      fc.oneof({ weight: 300, arbitrary: scalar }, { weight: 1, arbitrary: fc.constant<Value>([1, 2]) }),
    ],
  ])('are those that sorting gives: %s', (_, values) => {
    fc.assert(
      fc.property(
        stored(values),
        fc.array(fc.tuple(query, order, changes(values)), { minLength: 1, maxLength: 12 }),
        (documents, rounds) => {
          const all = collections();
          documents.forEach((document, i) => putIfIndexable(all, i, document));
          for (const [asked, page, changed] of rounds) {
            compare(all, asked, page);
            for (const { at, document } of changed) putIfIndexable(all, at, document);
            compare(all, asked, page);
          }
        },
      ),
      { numRuns: 15 },
    );
  });

  it('are read no further than the page needs', () => {
    const all = collections();
    for (let i = 0; i < 2_000; i++) put(all, i, { b: 1, c: i, a: 0 });
    const indexed = all[1]!;
    const query = compileQuery({ b: 1, c: { $gt: 99, $lte: 1_500 } });
    let tested = 0;
    const counting = { ...query, test: (document: Document) => (tested++, query.test(document)) };
    const page = { order: { c: 1 }, skip: 0, limit: 20 };
    const found = find(new DirectDraft(new Locks()), indexed, counting, page);
    expect(found.map(({ c }) => c)).toEqual(Array.from({ length: 20 }, (__, i) => 100 + i));
    expect(tested).toBeLessThan(25);
  });
});

/** Two lists in one compound index are refused. */
function putIfIndexable(all: readonly Collection[], at: number, document: Document | undefined): void {
  if (document && Object.values(document).filter(Array.isArray).length > 1) return;
  put(all, at, document);
}
