/**
 * Annual reports: 50,000 readers with 1,000,000 loans (invented, fixed seed, in the measured shape), the
 * library's year and every reader's report, beside one aggregation of the same loans by DuckDB from a CSV
 * file, both on one thread. Target: at most 3 times DuckDB's time. `npx tsx bench/report.ts [readers]`
 *
 * Two histories: five years of which reports look at the last one, as a library has it, and all loans
 * within the one year. Making the readers is not counted.
 */
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { finishYear } from '../cloudfunctions/features/report/engine/library-year/finish-year';
import {
  addReader,
  mergeTallies,
  startTally,
} from '../cloudfunctions/features/report/engine/library-year/tally';
import { packTally, unpackTally } from '../cloudfunctions/features/report/engine/library-year/pack-tally';
import { LocalClock } from '../cloudfunctions/features/report/engine/local-clock';
import { makeReport, type ReportSetting } from '../cloudfunctions/features/report/engine/make-report';
import { readMoment } from '../cloudfunctions/features/report/engine/read-moment';
import { makeShelf } from '../cloudfunctions/features/report/engine/shelf';
import { makeSpan } from '../cloudfunctions/features/report/engine/window';
import { generateReaders, type GeneratedReader, type LoanYearsOptions } from '../test/support/loan-years';
import { startProcessorClock } from '../test/support/processor-time';
import { ratio } from './support/statistics';

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const seconds = (ms: number): string => `${(ms / 1_000).toFixed(2)} s`;

const YEAR = 2026;
const AS_OF = '2027-01-03T12:00:00+08:00';
/** Readers that a job takes at a time. */
const SLICE = 250;
const TARGET = 3;

const clock = new LocalClock('Asia/Shanghai');
const reading = {
  ...{ span: makeSpan('calendar', YEAR), clock, snapshot: readMoment(AS_OF, clock)! },
  ...{ returnsKnown: true, sinceDay: undefined },
};

function* slices(options: LoanYearsOptions): Generator<GeneratedReader[]> {
  let slice: GeneratedReader[] = [];
  for (const reader of generateReaders(options)) {
    slice.push(reader);
    if (slice.length === SLICE) {
      yield slice;
      slice = [];
    }
  }
  if (slice.length > 0) yield slice;
}

interface Computed {
  /** Processor time, ms. */
  tallied: number;
  reported: number;
  loans: number;
  inWindow: number;
  reports: number;
  bytes: number;
  personas: Map<string, number>;
  peakHeap: number;
}

/** First the library's year from all slices, each packed and unpacked as between two runs, then the reports. */
function compute(options: LoanYearsOptions): Computed {
  const result: Computed = {
    ...{ tallied: 0, reported: 0, loans: 0, inWindow: 0, reports: 0, bytes: 0 },
    ...{ personas: new Map<string, number>(), peakHeap: 0 },
  };
  const timed = <T>(field: 'tallied' | 'reported', work: () => T): T => {
    const elapsed = startProcessorClock();
    const value = work();
    result[field] += elapsed();
    result.peakHeap = Math.max(result.peakHeap, process.memoryUsage().heapUsed);
    return value;
  };
  const all = startTally(reading.span);
  for (const slice of slices(options)) {
    const part = timed('tallied', () => {
      const tally = startTally(reading.span);
      for (const reader of slice) addReader(tally, reader, reading);
      return packTally(tally);
    });
    timed('tallied', () => mergeTallies(all, unpackTally(part)));
  }
  const finished = timed('tallied', () => finishYear(all, AS_OF));
  result.inWindow = finished.year.loans;
  const titles = new Map(finished.year.top.map((title) => [title.bibId, title]));
  const setting: ReportSetting = {
    ...{ reading, asOf: AS_OF },
    library: {
      year: finished.year,
      borrowersOf: (key) => finished.borrowers.get(key),
      describe: (bibId) => ({ bibId, title: `Title ${bibId}` }),
    },
    shelf: makeShelf(
      [...titles.values()].map(({ bibId, borrowers, clc }, i) => ({
        ...{ bibId, title: `Title ${bibId}`, author: `作者${i}`, available: i % 3 !== 0 },
        ...(clc && { clc }),
        ...(borrowers !== 'few' && { borrowers }),
      })),
      AS_OF,
    ),
  };
  for (const slice of slices(options)) {
    const reports = timed('reported', () =>
      slice.map(({ loans, readerType }) =>
        makeReport({ loans, readerType, source: 'library', version: 1 }, setting),
      ),
    );
    for (const { loans } of slice) result.loans += loans.length;
    result.reports += reports.length;
    result.bytes += JSON.stringify(reports).length;
    for (const { cards } of reports)
      for (const card of cards)
        if (card.kind === 'persona')
          result.personas.set(card.persona, (result.personas.get(card.persona) ?? 0) + 1);
  }
  return result;
}

async function writeCsv(file: string, options: LoanYearsOptions): Promise<void> {
  const out = createWriteStream(file);
  const cell = (value: string | number | undefined): string =>
    typeof value === 'string' && /[",]/.test(value)
      ? `"${value.replaceAll('"', '""')}"`
      : String(value ?? '');
  out.write(
    'reader,reader_type,loan_id,bib_id,title,author,clc,subjects,loaned_at,due_at,returned_at,renewals,branch\n',
  );
  for (const slice of slices(options)) {
    const lines = slice.flatMap(({ readerId, readerType, loans }) =>
      loans.map((loan) =>
        [
          ...[readerId, readerType, loan.loanId, loan.bibId, loan.title, loan.author, loan.clc],
          ...[
            loan.subjects?.join(';'),
            loan.loanedAt,
            loan.dueAt,
            loan.returnedAt,
            loan.renewals,
            loan.branch,
          ],
        ]
          .map(cell)
          .join(','),
      ),
    );
    if (!out.write(`${lines.join('\n')}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

/** What the cards count, by reader, with each title's borrowers: one statement, one reading of the file. */
const aggregation = (file: string): string => `
  with loans as materialized (
    select *, loaned_at at time zone 'Asia/Shanghai' as began, returned_at at time zone 'Asia/Shanghai' as back,
      loaned_at at time zone 'Asia/Shanghai' between '${YEAR}-01-01' and '${YEAR}-12-31 23:59:59' as counted
    from read_csv('${file}', header = true, columns = {
      'reader': 'varchar', 'reader_type': 'varchar', 'loan_id': 'varchar', 'bib_id': 'varchar',
      'title': 'varchar', 'author': 'varchar', 'clc': 'varchar', 'subjects': 'varchar',
      'loaned_at': 'timestamptz', 'due_at': 'date', 'returned_at': 'timestamptz', 'renewals': 'int',
      'branch': 'varchar'})
  ), titles as (
    select bib_id, count(distinct reader) as borrowers from loans where counted group by bib_id
  )
  select reader, any_value(reader_type) as reader_type, min(began) as first_ever,
    count(*) filter (where counted) as loans, count(distinct bib_id) filter (where counted) as titles,
    count(distinct author) filter (where counted) as authors,
    arg_min(title, began) filter (where counted) as first_book,
    histogram(month(began)) filter (where counted) as months, histogram(hour(began)) filter (where counted) as hours,
    histogram(isodow(began)) filter (where counted) as weekdays, histogram(left(clc, 1)) filter (where counted) as classes,
    histogram(author) filter (where counted) as by_author, histogram(bib_id) filter (where counted) as by_title,
    histogram(subjects) filter (where counted) as by_subject,
    max(date_diff('hour', began, coalesce(back, timestamp '2027-01-03 12:00:00'))) filter (where counted) as longest,
    min(date_diff('hour', began, back)) filter (where counted) as quickest,
    count(*) filter (where counted and back::date <= due_at) as on_time, count(back) filter (where counted) as returned,
    count(distinct began::date) filter (where counted) as days, max(borrowers) filter (where counted) as popular,
    min(borrowers) filter (where counted) as niche
  from loans left join titles using (bib_id) group by reader`;

interface Aggregated {
  /** Processor time, ms. */
  took: number;
  readers: number;
  loans: number;
}

async function aggregate(file: string): Promise<Aggregated> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  try {
    const elapsed = startProcessorClock();
    await connection.run(`create table result as ${aggregation(file)}`);
    const took = elapsed();
    const reader = await connection.runAndReadAll(
      'select count(*)::int, sum(loans)::int from result where loans > 0',
    );
    const [readers, loans] = reader.getRows()[0] as [number, number];
    return { took, readers, loans };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

async function measure(name: string, options: LoanYearsOptions, folder: string): Promise<number> {
  const file = path.join(folder, 'loans.csv');
  await writeCsv(file, options);
  const duck = await aggregate(file);
  const mb = statSync(file).size / 1e6;
  const ours = compute(options);
  const took = ours.tallied + ours.reported;
  print(`${name}: ${options.readers} readers, ${ours.loans} loans, ${ours.inWindow} of them in the year`);
  if (duck.loans !== ours.inWindow) throw new Error(`DuckDB counts ${duck.loans} loans of the year`);
  print(
    `  ours    ${seconds(took)} (library's year ${seconds(ours.tallied)}, ${ours.reports} reports ${seconds(ours.reported)}), ` +
      `${((took / options.readers) * 1_000).toFixed(0)} µs a reader, heap at most ${Math.round(ours.peakHeap / 1e6)} MB, ` +
      `${Math.round(ours.bytes / ours.reports)} bytes a report`,
  );
  print(`  DuckDB  ${seconds(duck.took)} for a file of ${mb.toFixed(0)} MB`);
  print(`  ours / DuckDB: ${ratio(took, duck.took)}; target ≤ ${TARGET}×`);
  const personas = [...ours.personas].sort(([, a], [, b]) => b - a);
  print(
    `  personas ${personas.map(([persona, count]) => `${persona} ${((count / ours.reports) * 100).toFixed(1)} %`).join(', ')}`,
  );
  return took / ours.loans;
}

async function main(readers: number): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'shutong-report-'));
  const base = { year: YEAR, snapshotAt: AS_OF };
  const history = { ...base, years: 5 };
  const oneYear = { ...base, scale: 4.6 };
  try {
    // compiled code and a warm file cache for both
    await measure('warm-up', { ...history, readers: Math.min(readers, 1_000) }, folder);
    const small = await measure('a tenth of it', { ...history, readers: Math.ceil(readers / 10) }, folder);
    const large = await measure('five years', { ...history, readers }, folder);
    print(`growth: a loan of ten times as many takes ${ratio(large, small)} as long; 1× is linear`);
    await measure('all in one year', { ...oneYear, readers }, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

void main(Number(process.argv[2] ?? 50_000));
