import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { SEARCH_FIELDS, SEARCH_SORTS } from '../../../contracts/catalog';
import { CatalogIndex } from '../../../library-systems/catalog-index';
import type { IndexField } from '../../../library-systems/catalog-index';
import { demoRecords, record } from '../support/index-records';

// Thousands of searches on a machine that does other things too.
jest.setTimeout(60_000);

const search = (index: CatalogIndex, text: string, field: IndexField = 'any') =>
  index.search({ field, text, sort: 'relevance', page: 1, pageSize: 10, filters: {} });

describe('hostile searches', () => {
  let index: CatalogIndex;
  beforeAll(() => {
    index = new CatalogIndex(demoRecords());
  });

  it.each([
    ['a regex bomb', '(a+)+$'.repeat(33)],
    ['a lone surrogate', '\ud83d三体\udc00'],
    ['NUL', '\0\0三体\0'],
    ['a prototype', '__proto__ constructor toString'],
    ['combining marks', 'e\u0301'.repeat(100) + '\u0301'.repeat(60)],
    ['ligatures that grow', '\ufdfa'.repeat(200)],
    ['syllables that can be cut in very many ways', 'xianan'.repeat(33)],
    ['syllables that cannot be cut at the end', `${'anan'.repeat(15)}q`],
    ['the same characters again and again', '三体'.repeat(100)],
    ['apostrophes', "'".repeat(200)],
    ['one long word', 'a'.repeat(200)],
    ['five megabytes', '三'.repeat(5_000_000)],
    ['emoji', '👩‍👩‍👧‍👦'.repeat(20)],
    ['wildcards', '*?%_~^"\\/[]{}'],
    ['right to left', '\u202e三体 قرآن עברית'],
  ])('%s gives an answer', (_, text) => {
    for (const field of SEARCH_FIELDS) {
      const { ids, total } = search(index, text, field);
      expect(ids.length).toBeLessThanOrEqual(Math.min(10, total));
    }
    expect(index.suggest(text).length).toBeLessThanOrEqual(10);
  });

  it('any text at all gives an answer, and leaves nothing behind for the next search', () => {
    const before = search(index, '三体');
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.string({ unit: fc.constantFrom(..."三体红楼梦abxian '+#.-/《》"), maxLength: 200 }),
    );
    fc.assert(
      fc.property(
        texts,
        fc.constantFrom(...SEARCH_FIELDS),
        fc.constantFrom(...SEARCH_SORTS),
        (text, field, sort) => {
          const found = index.search({
            field,
            text,
            sort,
            page: 1,
            pageSize: 50,
            filters: { availableNow: false },
          });
          expect(new Set(found.ids).size).toBe(found.ids.length);
          expect(found.ids.length).toBe(Math.min(50, found.total));
          index.suggest(text);
        },
      ),
      { numRuns: 300 },
    );
    expect(search(index, '三体')).toEqual(before);
  });

  it('records of any text can be indexed, and are found by their ISBN', () => {
    const text = fc.string({ unit: 'binary', maxLength: 60 });
    fc.assert(
      fc.property(text, fc.array(text, { maxLength: 3 }), text, (title, authors, subject) => {
        const isbns = ['9787111407010'];
        const small = new CatalogIndex([
          record('x', {
            title,
            subtitle: subject,
            authors,
            subjects: [subject],
            publisher: title,
            isbns,
            callNumbers: [title],
          }),
        ]);
        expect(search(small, '7-111-40701-6').ids).toEqual(['x']);
        small.related('x');
      }),
    );
  });

  it('an empty catalogue answers too', () => {
    const empty = new CatalogIndex([]);
    expect(search(empty, '三体')).toMatchObject({ ids: [], total: 0 });
    expect(empty.suggest('三')).toEqual([]);
    expect(empty.newest(1, 20)).toEqual([]);
  });
});
