/**
 * Annual reports on the whole way of the product: invented readers with 20 loans of the year each, put in by the
 * orders of the staff, then beats of the job until all reports are there, on the local cloud with the real SDK. A tenth
 * of it first, for the growth. References in the same run: the pure computation of the same loans without a cloud,
 * and DuckDB's aggregation of them is what bench/report.ts measures that against; for opening a report,
 * `system.capabilities`, the same call without its work. Times are processor time of everything together (functions,
 * SDK, the local cloud with its database), those of beats and of opening what a clock shows.
 * Run: tsx bench/report-job.ts [readers, 50000 if left out]
 */
import { fork } from 'node:child_process';
import { finishYear } from '../cloudfunctions/features/report/engine/library-year/finish-year';
import { addReader, startTally } from '../cloudfunctions/features/report/engine/library-year/tally';
import { LocalClock } from '../cloudfunctions/features/report/engine/local-clock';
import { makeReport } from '../cloudfunctions/features/report/engine/make-report';
import { readMoment } from '../cloudfunctions/features/report/engine/read-moment';
import { makeSpan } from '../cloudfunctions/features/report/engine/window';
import { MAX_PART_LOANS, MAX_PART_READERS } from '../contracts/report/staff';
import { readCollection } from '../test/features/support/read-database';
import { bindAndOptIn, openYear, SEASON, startYear, statusOf } from '../test/features/support/report-season';
import { dataOf, startLocalCloud, type LocalCloud } from '../test/support/local-cloud';
import { generateReaders, type GeneratedReader } from '../test/support/loan-years';
import { startProcessorClock } from '../test/support/processor-time';
import { median, ms, percentile, ratio } from './support/statistics';
import { heap, watchHeaps } from './support/watch-heaps';

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const AS_OF = '2027-01-03T12:00:00+08:00';
const IMPORT = 'abcdef0123456789';
const MINUTE = 60_000;
const CALLS = 300;
const options = { year: 2026, scale: 4.6, snapshotAt: AS_OF };

/** Parts as the import command cuts them. */
function* parts(readers: number): Generator<GeneratedReader[]> {
  let part: GeneratedReader[] = [];
  let loans = 0;
  for (const reader of generateReaders({ ...options, readers })) {
    if (part.length === MAX_PART_READERS || loans + reader.loans.length > MAX_PART_LOANS) {
      yield part;
      [part, loans] = [[], 0];
    }
    part.push(reader);
    loans += reader.loans.length;
  }
  yield part;
}

async function putLoans(cloud: LocalCloud, readers: number): Promise<{ loans: number; took: number }> {
  let [loans, took, part] = [0, 0, 0];
  const order = async (work: () => Promise<unknown>): Promise<void> => {
    const elapsed = startProcessorClock();
    await work();
    took += elapsed();
  };
  for (const slice of parts(readers)) {
    const sent = slice.map(({ readerId: ref, ...reader }) => ({ ref, ...reader }));
    loans += sent.reduce((sum, one) => sum + one.loans.length, 0);
    const input = { season: SEASON, import: IMPORT, part: part++, readers: sent };
    await order(async () => dataOf(await cloud.order('report.putLoans', input)));
  }
  const counts = { parts: part, readers, loans };
  await order(async () =>
    dataOf(await cloud.order('report.imported', { season: SEASON, import: IMPORT, ...counts })),
  );
  return { loans, took };
}

/** Beats until all is ready. @returns processor time of each stage, and how long beats took, ms */
async function makeAll(
  cloud: LocalCloud,
): Promise<{ stages: Map<string, number>; beats: number; longest: number }> {
  const stages = new Map<string, number>();
  let [beats, longest] = [0, 0];
  for (;;) {
    const before = await statusOf(cloud);
    if (before.stage === 'ready') return { stages, beats, longest };
    let { stage } = before as { stage: string };
    const began = performance.now();
    let elapsed = startProcessorClock();
    const watch = async (): Promise<void> => {
      const [season] = await readCollection<{ _id: string; stage: string }>(cloud.url(), 'report_seasons');
      stages.set(stage, (stages.get(stage) ?? 0) + elapsed());
      elapsed = startProcessorClock();
      stage = season!.stage;
    };
    let isOver = false;
    const beat = cloud.beat().finally(() => (isOver = true));
    while (!isOver) {
      await Promise.race([beat, new Promise((resolve) => setTimeout(resolve, 100))]);
      await watch();
    }
    await beat;
    beats++;
    longest = Math.max(longest, performance.now() - began);
    cloud.clock.set(cloud.clock.now() + MINUTE);
  }
}

/** The same loans, without a cloud. @returns processor time, ms */
function computeOnly(readers: number): number {
  const clock = new LocalClock('Asia/Shanghai');
  const span = makeSpan('calendar', options.year);
  const snapshot = readMoment(AS_OF, clock)!;
  const reading = { span, clock, snapshot, returnsKnown: true, sinceDay: undefined };
  const tally = startTally(span);
  let took = 0;
  for (const slice of parts(readers)) {
    const elapsed = startProcessorClock();
    for (const reader of slice) addReader(tally, reader, reading);
    took += elapsed();
  }
  const { year, borrowers } = finishYear(tally, AS_OF);
  const library = { year, borrowersOf: (key: string) => borrowers.get(key), describe: () => undefined };
  for (const slice of parts(readers)) {
    const elapsed = startProcessorClock();
    for (const { loans, readerType } of slice)
      makeReport({ loans, readerType, source: 'import', version: 1 }, { reading, asOf: AS_OF, library });
    took += elapsed();
  }
  return took;
}

/** Each opens their own report, one after the other. */
async function openReports(cloud: LocalCloud, readers: number): Promise<void> {
  dataOf(await cloud.order('report.publish', { season: SEASON }));
  const times = { open: [] as number[], plain: [] as number[] };
  const timed = async (list: number[], work: () => Promise<unknown>): Promise<void> => {
    const began = performance.now();
    dataOf((await work()) as never);
    list.push(performance.now() - began);
  };
  for (let i = 0; i < CALLS; i++) {
    const openid = `o-reader-${(i * 37) % readers}`;
    await timed(times.open, () => cloud.call('report.open', { season: SEASON }, openid));
    await timed(times.plain, () => cloud.call('system.capabilities', {}, openid));
  }
  const line = (list: number[]) => `${ms(median(list))}, p95 ${ms(percentile(list, 0.95))}`;
  print(
    `  report.open ${line(times.open)} beside system.capabilities ${line(times.plain)}: ` +
      `${ratio(median(times.open), median(times.plain))}; target < 10 ms`,
  );
}

async function measure(readers: number): Promise<number> {
  const cloud = await startLocalCloud();
  heap.peak = 0;
  let rss = 0;
  const watch = setInterval(() => (rss = Math.max(rss, process.memoryUsage().rss)), 200);
  const before = process.memoryUsage().rss;
  try {
    await openYear(cloud, AS_OF);
    const put = await putLoans(cloud, readers);
    const importHeap = heap.peak;
    const refs = Array.from({ length: readers }, (_, i) => `reader-${i}`);
    for (let i = 0; i < readers; i += 1_000) await bindAndOptIn(cloud, refs.slice(i, i + 1_000));
    await startYear(cloud);
    heap.peak = 0;
    const { stages, beats, longest } = await makeAll(cloud);
    const { states } = await statusOf(cloud);
    if (states.made !== readers) throw new Error(`made ${states.made} of ${readers}`);
    const took = [...stages.values()].reduce((sum, one) => sum + one, 0);
    const each = (time: number): string => `${((time / readers) * 1_000).toFixed(0)} µs`;
    const pure = computeOnly(readers);
    print(`${readers} readers, ${put.loans} loans`);
    print(
      `  import   ${(put.took / 1_000).toFixed(1)} s, ${each(put.took)} a reader, heap of the instance ${mb(importHeap)}`,
    );
    print(
      `  job      ${(took / 1_000).toFixed(1)} s in ${beats} beats, the longest ${(longest / 1_000).toFixed(1)} s; a reader: ` +
        [...stages].map(([stage, time]) => `${stage} ${each(time)}`).join(', '),
    );
    print(
      `  memory   heap of the job's instance at most ${mb(heap.peak)} of 256 MB; this process with the whole cloud, its ` +
        `database and all instances ${mb(before)} → ${mb(rss)}`,
    );
    print(
      `  limit    the pure computation ${(pure / 1_000).toFixed(2)} s, ${each(pure)} a reader: ${ratio(took, pure)}`,
    );
    await openReports(cloud, readers).catch((error: unknown) => {
      process.exitCode = 1;
      print(`  report.open FAILED: ${String(error)}`);
    });
    return (took + put.took) / put.loans;
  } finally {
    clearInterval(watch);
    await cloud.stop();
  }
}

const mb = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MB`;

/** Each size in a process of its own: the SDK knows one cloud, and memory is counted from the beginning. */
function measureApart(readers: number): Promise<number> {
  const child = fork(__filename, [String(readers)], { env: { ...process.env, MEASURE_ONE: '1' } });
  return new Promise((resolve, reject) => {
    let result = Number.NaN;
    child.on('message', (message) => (result = message as number));
    child.once('exit', (code) => {
      process.exitCode ||= code ?? 1;
      if (Number.isNaN(result)) reject(new Error(`ended with ${code}`));
      else resolve(result);
    });
  });
}

async function main(readers: number): Promise<void> {
  if (process.env['MEASURE_ONE']) {
    const unwatch = watchHeaps();
    const result = await measure(readers);
    process.send?.(result);
    return unwatch();
  }
  const small = await measureApart(Math.ceil(readers / 10));
  const large = await measureApart(readers);
  print(`growth: a loan of ten times as many takes ${ratio(large, small)} as long; 1× is linear`);
}

main(Number(process.argv[2] ?? 50_000))
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(() => process.disconnect?.());
