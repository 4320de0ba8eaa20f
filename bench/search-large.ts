/**
 * Search over a large catalogue: `npx tsx bench/search-large.ts <folder of books-*.jsonl.gz>`, or
 * BOOKS_DIR; says so when the books are not there. Reference in the same run: a scan of all titles
 * and authors for the same texts. Target: p95 below 50 ms.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { CatalogIndex } from '../library-systems/catalog-index';
import { booksIn, loadBooks } from './support/load-books';
import { drawQueries, time } from './support/search-queries';
import { median, ms, percentile, ratio } from './support/statistics';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
/** In use, in megabytes. */
function memory(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1e6;
}

function main(folder: string): void {
  const files = booksIn(folder);
  if (files.length === 0) {
    print('search-large: skipped; name a folder of books-*.jsonl.gz as argument or in BOOKS_DIR');
    return;
  }
  const records = loadBooks(files);
  const before = memory();
  const start = performance.now();
  const index = new CatalogIndex(records);
  const built = performance.now() - start;
  print(
    `${records.length} books: built in ${(built / 1000).toFixed(1)} s, ${Math.round(memory() - before)} MB`,
  );

  const queries = drawQueries(records, 1_000);
  time(queries.slice(0, 200), (query) => index.search(query));
  const searched = time(queries, (query) => index.search(query));
  const suggested = time(queries, ({ text }) => index.suggest([...text].slice(0, 3).join('')));
  const scanned = time(queries.slice(0, 100), ({ text }) =>
    records.filter(
      ({ title, authors }) => title.includes(text) || authors.some((name) => name.includes(text)),
    ),
  );
  const row = (name: string, samples: readonly number[]): void =>
    print(`${name.padEnd(10)} median ${ms(median(samples))}, p95 ${ms(percentile(samples, 0.95))}`);
  row('search', searched);
  row('suggest', suggested);
  row('scan', scanned);
  print(`search / scan, medians: ${ratio(median(searched), median(scanned))}; target p95 < 50 ms`);
}

main(process.argv[2] ?? process.env['BOOKS_DIR'] ?? '');
