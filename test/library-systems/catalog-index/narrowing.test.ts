import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CatalogIndex } from '../../../library-systems/catalog-index';
import type { IndexFilters, IndexRecord } from '../../../library-systems/catalog-index';
import { record } from '../support/index-records';

/** A book whose title always holds the word that is searched, so that the whole list is the result. */
interface Book {
  year: number | undefined;
  language: string | undefined;
  /** Branch code → whether a copy is available there. */
  branches: Partial<Record<'A' | 'B' | 'C', boolean>>;
  addedAt: number;
  loans: number;
}

const books = fc.array(
  fc.record<Book>({
    year: fc.option(fc.integer({ min: 1988, max: 2011 }), { nil: undefined }),
    language: fc.option(fc.constantFrom('zh', 'en', 'ja'), { nil: undefined }),
    branches: fc.dictionary(fc.constantFrom('A', 'B', 'C'), fc.boolean()),
    addedAt: fc.integer({ min: 0, max: 5 }),
    loans: fc.integer({ min: 0, max: 5 }),
  }),
  { minLength: 1, maxLength: 40 },
);
const someOf = (...values: string[]) => fc.option(fc.subarray(values), { nil: undefined });
const filters: fc.Arbitrary<IndexFilters> = fc.record({
  availableNow: fc.option(fc.boolean(), { nil: undefined }),
  branches: someOf('A', 'B', 'C', 'nowhere'),
  languages: someOf('zh', 'en', 'ja', 'xx'),
  years: fc.option(
    fc.record({
      from: fc.option(fc.integer({ min: 1985, max: 2012 }), { nil: undefined }),
      to: fc.option(fc.integer({ min: 1985, max: 2012 }), { nil: undefined }),
    }),
    { nil: undefined },
  ),
});

const toIndex = (list: readonly Book[]): CatalogIndex => {
  const index = new CatalogIndex(
    list.map(({ year, language, branches, addedAt, loans }, i): IndexRecord =>
      record(`r${i}`, {
        title: `历史${i}`,
        ...(year !== undefined && { year }),
        ...(language !== undefined && { language }),
        branches: Object.keys(branches),
        addedAt,
        loans,
      }),
    ),
  );
  list.forEach(({ branches }, i) =>
    index.setAvailable(
      `r${i}`,
      Object.entries(branches).flatMap(([code, available]) => (available ? [code] : [])),
    ),
  );
  return index;
};

/** What the contract says, book by book, without the index. */
const passes = (book: Book, by: IndexFilters): boolean => {
  const codes = Object.entries(book.branches).filter(
    ([code]) => !by.branches?.length || by.branches.includes(code),
  );
  if (by.branches?.length && codes.length === 0) return false;
  if (by.availableNow && !codes.some(([, available]) => available)) return false;
  if (by.languages?.length && !by.languages.includes(book.language ?? '')) return false;
  const { from, to } = by.years ?? {};
  if (from === undefined && to === undefined) return true;
  return book.year !== undefined && book.year >= (from ?? 0) && book.year <= (to ?? 9999);
};

describe('narrowing and ordering', () => {
  it('agrees with going through the books one by one', () => {
    fc.assert(
      fc.property(books, filters, (list, by) => {
        const { ids, total, facets } = toIndex(list).search({
          ...{ field: 'title', text: '历史', sort: 'relevance', page: 1, pageSize: 50 },
          filters: by,
        });
        const expected = list.flatMap((book, i) => (passes(book, by) ? [`r${i}`] : []));
        expect(new Set(ids)).toEqual(new Set(expected));
        expect(total).toBe(expected.length);

        const count = (change: IndexFilters): number =>
          list.filter((book) => passes(book, { ...by, ...change })).length;
        expect(facets.availableNow).toBe(count({ availableNow: true }));
        const counted = (values: { code: string; count: number }[]) =>
          Object.fromEntries(values.map(({ code, count: n }) => [code, n]));
        const positive = (entries: [string, number][]) =>
          Object.fromEntries(entries.filter(([, n]) => n > 0));
        expect(counted(facets.branches)).toEqual(
          positive(['A', 'B', 'C'].map((code) => [code, count({ branches: [code] })])),
        );
        expect(counted(facets.languages)).toEqual(
          positive(['zh', 'en', 'ja'].map((code) => [code, count({ languages: [code] })])),
        );
        expect(counted(facets.years)).toEqual(
          positive(
            [1980, 1990, 2000, 2010].map((from) => [String(from), count({ years: { from, to: from + 9 } })]),
          ),
        );
      }),
    );
  });

  it('orders by year or by loans, and covers each once over all pages', () => {
    fc.assert(
      fc.property(
        books,
        fc.constantFrom('newest', 'mostBorrowed'),
        fc.integer({ min: 1, max: 9 }),
        (list, sort, pageSize) => {
          const index = toIndex(list);
          const ids: string[] = [];
          for (let page = 1; page <= Math.ceil(list.length / pageSize) + 1; page++) {
            const found = index.search({ field: 'title', text: '历史', sort, page, pageSize, filters: {} });
            expect(found.ids.length).toBeLessThanOrEqual(pageSize);
            ids.push(...found.ids);
          }
          expect([...ids].sort()).toEqual(list.map((_, i) => `r${i}`).sort());
          const key = (id: string): number => {
            const book = list[Number(id.slice(1))]!;
            return sort === 'newest' ? (book.year ?? 0) : book.loans;
          };
          const keys = ids.map(key);
          expect(keys).toEqual([...keys].sort((a, b) => b - a));
        },
      ),
    );
  });

  it('counts what was lent or returned since', () => {
    const index = toIndex([{ year: 2000, language: 'zh', branches: { A: true }, addedAt: 0, loans: 0 }]);
    const now = (branches?: string[]) =>
      index.search({
        ...{ field: 'any', text: '历史', sort: 'relevance', page: 1, pageSize: 10 },
        filters: { availableNow: true, branches },
      }).total;
    expect([now(), now(['A']), now(['B'])]).toEqual([1, 1, 0]);
    index.setAvailable('r0', []);
    expect([now(), now(['A']), now(['B'])]).toEqual([0, 0, 0]);
    index.setAvailable('r0', ['B']);
    expect([now(), now(['A']), now(['B'])]).toEqual([1, 0, 1]);
  });

  it('refuses more branches than it can count', () => {
    const branches = Array.from({ length: 32 }, (_, i) => `b${i}`);
    expect(() => new CatalogIndex([record('r', { title: 'x', branches })])).toThrow('at most 31 branches');
  });
});
