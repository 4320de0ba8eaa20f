/**
 * The database of the local cloud on 100,000 documents, in process, requests and answers as on the wire. Reference
 * in the same run: the same work on a plain Map and array of the same objects, and for writes the bare append and
 * fdatasync of the same bytes.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Database } from '../local/emulator/database';
import { median, ms, ratio } from './support/statistics';

const DOCUMENTS = 100_000;
const ROUNDS = 200;
const SLOW_ROUNDS = 7;
const CONCURRENT = 50;

const print = (line: string): void => void process.stdout.write(`${line}\n`);

interface Loan {
  [field: string]: unknown;
  _id: string;
  reader: string;
  bib: string;
  branch: string;
  days: number;
}

const loans: Loan[] = Array.from({ length: DOCUMENTS }, (_, i) => ({
  _id: `loan-${i}`,
  reader: `reader-${i % 20_000}`,
  bib: `bib-${(i * 7919) % 5_000}`,
  branch: ['MAIN', 'EAST', 'MED'][i % 3] ?? '',
  days: (i * 31) % 90,
  title: `书名 ${i}`,
  copies: [{ barcode: `b${i}`, room: i % 12 }],
}));

const folder = mkdtempSync(path.join(tmpdir(), 'shutong-bench-'));
const schema = {
  collections: {
    loans: {
      indexes: ['reader', 'days'].map((field) => ({
        ...{ name: field, fields: [{ field, direction: 1 as const }], unique: false },
      })),
    },
    fresh: { indexes: [] },
  },
};
const openDatabase = () => Database.open({ dir: folder, schema, clock: Date, log: print });

async function measure(rounds: number, work: (round: number) => unknown): Promise<number> {
  const samples: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    await work(round);
    samples.push(performance.now() - start);
  }
  return median(samples);
}

function groupBy(key: (loan: Loan) => string): Map<string, Loan[]> {
  const groups = new Map<string, Loan[]>();
  for (const loan of loans) {
    const group = groups.get(key(loan));
    if (group === undefined) groups.set(key(loan), [loan]);
    else group.push(loan);
  }
  return groups;
}

const row = (name: string, ours: number, reference: number): void =>
  print(
    `${name.padEnd(34)} ${ms(ours).padStart(10)}   reference ${ms(reference).padStart(10)}   ${ratio(ours, reference)}`,
  );

async function compareReads(database: Database): Promise<void> {
  const get = (query: object) =>
    database.handle('database.getDocument', {
      collectionName: 'loans',
      queryType: 'WHERE',
      query: JSON.stringify(query),
    });
  const byReader = groupBy(({ reader }) => reader);
  row(
    'indexed equality, 5 documents',
    await measure(ROUNDS, (i) => get({ reader: `reader-${(i * 97) % 20_000}` })),
    await measure(ROUNDS, (i) => JSON.stringify(byReader.get(`reader-${(i * 97) % 20_000}`))),
  );
  const byDays = [...loans].sort((a, b) => a.days - b.days);
  row(
    'page of 100 by an indexed field',
    await measure(ROUNDS, (i) =>
      database.handle('database.getDocument', {
        collectionName: 'loans',
        queryType: 'WHERE',
        query: JSON.stringify({ days: { $gte: i % 80 } }),
        order: '{"days":1}',
        limit: 100,
      }),
    ),
    await measure(ROUNDS, (i) => {
      const from = byDays.findIndex(({ days }) => days >= i % 80);
      return JSON.stringify(byDays.slice(from, from + 100));
    }),
  );
  row(
    'scan of all, few match',
    await measure(SLOW_ROUNDS, () => get({ days: { $gt: 40 }, bib: 'bib-77', branch: { $ne: 'x' } })),
    await measure(SLOW_ROUNDS, () =>
      JSON.stringify(loans.filter((loan) => loan.days > 40 && loan.bib === 'bib-77')),
    ),
  );
  const stages = [
    { stageKey: '$group', stageValue: '{"_id":"$bib","n":{"$sum":1},"days":{"$avg":"$days"}}' },
    { stageKey: '$sort', stageValue: '{"n":-1,"_id":1}' },
    { stageKey: '$limit', stageValue: '20' },
  ];
  row(
    'group into 5,000, sort, top 20',
    await measure(SLOW_ROUNDS, () =>
      database.handle('database.aggregateDocuments', { collectionName: 'loans', stages }),
    ),
    await measure(SLOW_ROUNDS, () => {
      const groups = groupBy(({ bib }) => bib);
      const totals = Array.from(groups, ([_id, members]) => ({
        _id,
        n: members.length,
        days: members.reduce((sum, { days }) => sum + days, 0) / members.length,
      }));
      return totals.sort((a, b) => b.n - a.n || (a._id < b._id ? -1 : 1)).slice(0, 20);
    }),
  );
}

async function compareWrites(database: Database): Promise<void> {
  const insert = (id: string) =>
    database.handle('database.insertDocument', {
      collectionName: 'fresh',
      data: [JSON.stringify({ ...loans[5], _id: id })],
    });
  const file = await open(path.join(folder, 'reference'), 'a');
  const append = async (times: number): Promise<void> => {
    await file.appendFile(`${JSON.stringify(loans[5])}\n`.repeat(times));
    await file.datasync();
  };
  row(
    'durable insert, one at a time',
    await measure(ROUNDS, (i) => insert(`one-${i}`)),
    await measure(ROUNDS, () => append(1)),
  );
  row(
    `${CONCURRENT} durable inserts at once`,
    await measure(ROUNDS / 4, (i) =>
      Promise.all(Array.from({ length: CONCURRENT }, (_, n) => insert(`c-${i}-${n}`))),
    ),
    await measure(ROUNDS / 4, () => append(CONCURRENT)),
  );
  await file.close();
}

async function compareLoading(): Promise<void> {
  const text = JSON.stringify(loans);
  const load = async (): Promise<void> => (await openDatabase()).close();
  row('open and close, 100,000 documents', await measure(3, load), await measure(3, () => JSON.parse(text)));
}

async function run(): Promise<void> {
  const database = await openDatabase();
  for (let i = 0; i < DOCUMENTS; i += 1000) {
    const data = loans.slice(i, i + 1000).map((loan) => JSON.stringify(loan));
    await database.handle('database.insertDocument', { collectionName: 'loans', data });
  }
  await compareReads(database);
  await compareWrites(database);
  await database.close();
  await compareLoading();
}

void run().finally(() => rmSync(folder, { recursive: true, force: true }));
