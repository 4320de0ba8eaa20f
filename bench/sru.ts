/**
 * A search by SRU in a real Zebra with 3,200 titles, through the adapter, beside the raw HTTP call for the same page in
 * the same run, one after the other by turns. Targets: at most 1.2 × the raw call and its parsing; MARCXML at 5,000
 * records a second or more. Without Zebra only the parsing is measured, and the reason is printed.
 */
import http from 'node:http';
import { XMLParser } from 'fast-xml-parser';
import { Marc } from 'marcjs';
import * as v from 'valibot';
import { SearchInput } from '../contracts/catalog';
import { describeBib, readMarcXml } from '../library-systems/marc';
import { SruConfig, connectSru } from '../library-systems/sru';
import { seedBooks } from '../test/support/seed-books';
import { collectionOf, marcOf, writeMarcXml } from '../test/support/write-marcxml';
import { startZebra, zebraMissing } from '../test/support/zebra';
import { median, ms, percentile, ratio } from './support/statistics';

const BOOKS = 3_200;
const ROUNDS = 5;
const SEARCHES = 300;
const PAGE = 20;
const WORDS = ['历史', '文学', '计算机', '小说', '哲学', '社会', '编程', '经济', 'history', '中国'];

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const xml = collectionOf(seedBooks(BOOKS).map((book) => writeMarcXml(marcOf(book))));

/** In processor time: other programs of the machine must not count. */
function measure(name: string, read: () => number): void {
  const rates = Array.from({ length: ROUNDS }, () => {
    const before = process.cpuUsage();
    const count = read();
    const { user, system } = process.cpuUsage(before);
    return (count / (user + system)) * 1e6;
  });
  print(`${name.padEnd(44)} ${Math.round(median(rates)).toLocaleString('en')} records a second of CPU`);
}

function measureParsing(): void {
  print(`${BOOKS} MARCXML records, ${(xml.length / 1e6).toFixed(1)} million characters`);
  measure('readMarcXml', () => readMarcXml(xml).length);
  measure('readMarcXml and describeBib', () => {
    const records = readMarcXml(xml);
    for (const record of records) describeBib(record, { format: 'marc21' });
    return records.length;
  });
  const other = new XMLParser({ ignoreAttributes: false, trimValues: false, parseTagValue: false });
  measure('fast-xml-parser, for comparison', () => {
    const parsed = other.parse(xml) as { collection: { record: unknown[] } };
    return parsed.collection.record.length;
  });
  measure('marcjs, which knows one order of attributes', () => {
    const records = xml.match(/<record[\s\S]*?<\/record>/g) ?? [];
    for (const record of records) Marc.parse(record, 'marcxml');
    return records.length;
  });
}

async function measureSearch(): Promise<void> {
  const missing = zebraMissing();
  if (missing !== undefined) return print(`search: skipped, ${missing}`);
  const zebra = await startZebra(xml);
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const system = await connectSru(
    v.parse(SruConfig, {
      kind: 'sru',
      name: 'bench',
      branches: [{ code: 'MAIN', name: 'MAIN' }],
      url: zebra.url,
      maxConnections: 1,
    }),
    { secret: () => '', clock: Date },
  );
  const raw = (word: string): Promise<Buffer> =>
    new Promise((resolve, reject) => {
      const query = new URLSearchParams({
        version: '1.1',
        operation: 'searchRetrieve',
        query: `cql.serverChoice = "${word}"`,
        startRecord: '1',
        maximumRecords: String(PAGE),
        recordSchema: 'marcxml',
        recordPacking: 'xml',
      });
      http
        .get(`${zebra.url}?${query.toString()}`, { agent }, (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => resolve(Buffer.concat(chunks)));
        })
        .on('error', reject);
    });
  const times = { raw: [] as number[], parse: [] as number[], adapter: [] as number[] };
  try {
    for (let i = -WORDS.length; i < SEARCHES; i++) {
      const word = WORDS[(i + WORDS.length) % WORDS.length]!;
      const start = performance.now();
      const body = await raw(word);
      const sent = performance.now();
      readMarcXml(body);
      const parsed = performance.now();
      await system.catalog!.search(v.parse(SearchInput, { text: word, pageSize: PAGE }));
      const end = performance.now();
      if (i < 0) continue;
      times.raw.push(sent - start);
      times.parse.push(parsed - sent);
      times.adapter.push(end - parsed);
    }
  } finally {
    await system.close();
    agent.destroy();
    await zebra.close();
  }
  const both = times.raw.map((each, i) => each + times.parse[i]!);
  const row = (name: string, samples: readonly number[]): void =>
    print(`${name.padEnd(44)} median ${ms(median(samples))}, p95 ${ms(percentile(samples, 0.95))}`);
  print(`${SEARCHES} searches for a page of ${PAGE}`);
  row('raw call', times.raw);
  row('raw call and readMarcXml', both);
  row('search through the adapter', times.adapter);
  print(
    `adapter / raw call and parsing, medians: ${ratio(median(times.adapter), median(both))}; / raw call: ${ratio(median(times.adapter), median(times.raw))}`,
  );
}

measureParsing();
measureSearch().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
