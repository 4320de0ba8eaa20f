/**
 * The catalogue index over the demo catalogue, in process. Reference in the
 * same run: a scan of all titles and authors for the same texts, which finds
 * only what is written exactly so. Targets: built in < 1 s; through `/call`
 * (bench/call.ts) median < 10 ms, p95 < 30 ms.
 */
import path from 'node:path';
import { CatalogIndex } from '../library-systems/catalog-index';
import { loadBooks } from './support/load-books';
import { drawQueries, time } from './support/search-queries';
import { median, ms, percentile, ratio } from './support/statistics';

const CATALOG = path.join(__dirname, '../local/seed/catalog/books.jsonl.gz');
const BUILDS = 5;

const print = (line: string): void => void process.stdout.write(`${line}\n`);

const records = loadBooks([CATALOG]);
const cpu = process.cpuUsage();
const first = time([0], () => new CatalogIndex(records));
const { user, system } = process.cpuUsage(cpu);
const again = time(Array.from({ length: BUILDS }), () => new CatalogIndex(records));
const used = ms((user + system) / 1000);
print(
  `${records.length} books: built in ${ms(first[0]!)} the first time (${used} of CPU), ${ms(median(again))} later`,
);

const index = new CatalogIndex(records);
const queries = drawQueries(records, 2_000);
time(queries, (query) => index.search(query));
const searched = time(queries, (query) => index.search(query));
const suggested = time(queries, ({ text }) => index.suggest([...text].slice(0, 3).join('')));
const scanned = time(queries, ({ text }) =>
  records.filter(({ title, authors }) => title.includes(text) || authors.some((name) => name.includes(text))),
);
const row = (name: string, samples: readonly number[]): void =>
  print(`${name.padEnd(10)} median ${ms(median(samples))}, p95 ${ms(percentile(samples, 0.95))}`);
row('search', searched);
row('suggest', suggested);
row('scan', scanned);
print(`search / scan, medians: ${ratio(median(searched), median(scanned))}`);
