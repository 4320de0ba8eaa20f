import { CatalogIndex } from '../library-systems/catalog-index';
import { booksIn, loadBooks } from './load-books';
import { drawQueries, quantile, time } from './search-queries';

/**
 * Search over a large catalogue: `npx tsx --expose-gc bench/search-large.ts <folder of books-*.jsonl.gz>`,
 * or BOOKS_DIR. Says so when the books are not there. Target: p95 below 50 ms.
 */
const folder = process.argv[2] ?? process.env['BOOKS_DIR'] ?? '';
const files = folder === '' ? [] : booksIn(folder);
const print = (line: string): void => void process.stdout.write(`${line}\n`);

const memory = (): number => {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1e6;
};

if (files.length === 0) {
  print('search-large: skipped, no books-*.jsonl.gz there; name their folder as argument or in BOOKS_DIR');
} else {
  const records = loadBooks(files);
  const before = memory();
  const start = performance.now();
  const index = new CatalogIndex(records);
  const built = performance.now() - start;
  const used = memory() - before;
  const queries = drawQueries(records, 1_000);
  time(queries.slice(0, 200), (query) => index.search(query));
  const took = time(queries, (query) => index.search(query));
  const suggested = time(queries, ({ text }) => index.suggest([...text].slice(0, 3).join('')));
  print(
    `search-large: ${records.length} books, built in ${(built / 1000).toFixed(1)} s, ${Math.round(used)} MB`,
  );
  print(
    `  search   median ${quantile(took, 0.5).toFixed(2)} ms, p95 ${quantile(took, 0.95).toFixed(2)} ms, worst ${took.at(-1)!.toFixed(1)} ms`,
  );
  print(
    `  suggest  median ${quantile(suggested, 0.5).toFixed(2)} ms, p95 ${quantile(suggested, 0.95).toFixed(2)} ms, worst ${suggested.at(-1)!.toFixed(1)} ms`,
  );
}
