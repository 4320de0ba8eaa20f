import type { IndexField, IndexQuery, IndexRecord } from '../../library-systems/catalog-index';

/** Queries as readers type them, drawn from the records: whole and partial titles, authors, subjects, slips, numbers. */
export function drawQueries(records: readonly IndexRecord[], count: number): IndexQuery[] {
  let seed = 20261121;
  const below = (n: number): number => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return Math.floor((seed / 2 ** 32) * n);
  };
  const texts: ((record: IndexRecord) => [IndexField, string])[] = [
    ({ title }) => ['any', title],
    ({ title }) => ['any', [...title].slice(0, 4).join('')],
    ({ title }) => ['any', [...title].slice(0, 2).join('')],
    ({ title, authors }) => ['any', authors[0] ?? title],
    ({ title, subjects }) => ['any', subjects[0] ?? title],
    // One character missing.
    ({ title }) => ['any', [...title].filter((_, i) => i !== 1).join('')],
    ({ title }) => ['title', title],
    ({ title, authors }) => ['author', authors[0] ?? title],
    ({ title, isbns }) => ['any', isbns[0] ?? title],
    () => [
      'any',
      ['hongloumeng', 'shujujiegou', 'hlm', 'Liu Cixin', 'algoritm', 'C++', '红楼孟', '历史', '爱', '中国'][
        below(10)
      ]!,
    ],
  ];
  return Array.from({ length: count }, (_, i) => {
    const record = records[below(records.length)]!;
    const [field, text] = texts[i % texts.length]!(record);
    const sort = i % 7 === 0 ? 'newest' : i % 11 === 0 ? 'mostBorrowed' : 'relevance';
    const filters = i % 5 === 0 ? { branches: ['MAIN'], years: { from: 1990 } } : {};
    return { field, text: text.slice(0, 200), sort, page: 1, pageSize: 20, filters };
  });
}

/** Milliseconds each call took. */
export function time<T>(inputs: readonly T[], call: (input: T) => unknown): number[] {
  return inputs.map((input) => {
    const start = performance.now();
    call(input);
    return performance.now() - start;
  });
}
