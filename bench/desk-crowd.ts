/**
 * A thousand students at once for a minute, each beginning again when answered:
 * 600 with a bound card (lists and renewals, one renewal in ten tapped twice),
 * 400 without (searching). No call may fail, no loan may be renewed twice; the
 * cloud here has eight instances on two cores, so p95 is mostly waiting.
 * Reference in the same run: one student alone, the same mix.
 */
import { randomUUID } from 'node:crypto';
import { pinOf } from '../library-systems/demo/circulation/sign-in/pins';
import { seedReaders } from '../library-systems/demo/circulation/seed-readers';
import type { RenewOutcome } from '../contracts/loans';
import { dataOf, startLocalCloud, type LocalCloud } from '../test/support/local-cloud';
import { bind } from './support/desk-readers';
import { median, ms, percentile, ratio } from './support/statistics';

const STUDENTS = 1_000;
const SECONDS = 60;
const ALONE_SECONDS = 5;
const TEXTS = ['三体', '红楼梦', '算法', '心理', 'history', 'hlm', '刘慈欣'];

interface Tally {
  times: number[];
  failures: string[];
  /** Outcomes of renewing by loan. */
  renewed: Map<string, Set<string>>;
  contradictions: number;
}

async function main(): Promise<void> {
  const cloud = await startLocalCloud({
    keepLogs: false,
    limits: { instances: 8, waiting: 5_000, idleMs: 60_000 },
    libraryTimeoutMs: 20_000,
  });
  try {
    const today = new Date(cloud.clock.now()).toISOString().slice(0, 10);
    const readers = seedReaders(today).map(({ id, cardNumber }) => ({ cardNumber, pin: pinOf(id) }));
    const library = await cloud.connectLibrary();
    const bound: string[] = [];
    for (const [i, reader] of readers.entries()) {
      const openid = `o-crowd-${i}`;
      await bind(cloud, library, openid, reader);
      bound.push(openid);
    }
    const alone = newTally();
    await study(cloud, bound[0]!, true, Date.now() + ALONE_SECONDS * 1000, alone);
    const crowd = newTally();
    const until = Date.now() + SECONDS * 1000;
    const memory = watchMemory();
    await Promise.all(
      Array.from({ length: STUDENTS }, (_, i) =>
        study(cloud, bound[i] ?? `o-crowd-${i}`, i < bound.length, until, crowd),
      ),
    );
    memory.stop();
    print('one student alone (reference)', alone, ALONE_SECONDS, alone);
    print(`${STUDENTS} students at once, ${bound.length} with a card`, crowd, SECONDS, alone);
    const twice = [...crowd.renewed.values()].filter((dueDates) => dueDates.size > 1).length;
    process.stdout.write(
      `loans renewed: ${crowd.renewed.size}; renewed twice: ${twice}; double taps that disagree: ${crowd.contradictions}\n`,
    );
    process.stdout.write(`resident memory every 10 s, MB: ${memory.samples.join(', ')}\n`);
    for (const failure of new Set(crowd.failures)) process.stdout.write(`failed: ${failure}\n`);
    if (twice > 0 || crowd.contradictions > 0 || crowd.failures.length > 0) process.exitCode = 1;
  } finally {
    await cloud.stop();
  }
}

const newTally = (): Tally => ({ times: [], failures: [], renewed: new Map(), contradictions: 0 });

/** One student: asks, waits for the answer, asks the next. */
async function study(
  cloud: LocalCloud,
  openid: string,
  hasCard: boolean,
  until: number,
  tally: Tally,
): Promise<void> {
  for (let i = 0; Date.now() < until; i++) {
    const started = performance.now();
    try {
      await (hasCard ? visitDesk(cloud, openid, i, tally) : search(cloud, openid, i));
      tally.times.push(performance.now() - started);
    } catch (error) {
      tally.failures.push(error instanceof Error ? error.message : String(error));
    }
  }
}

const search = async (cloud: LocalCloud, openid: string, i: number): Promise<unknown> =>
  dataOf(await cloud.call('catalog.search', { text: TEXTS[i % TEXTS.length]! }, openid));

async function visitDesk(cloud: LocalCloud, openid: string, i: number, tally: Tally): Promise<void> {
  if (i % 5 === 1) dataOf(await cloud.call('holds.list', {}, openid));
  else if (i % 5 === 2) dataOf(await cloud.call('fines.list', {}, openid));
  else if (i % 5 === 3) await renewOne(cloud, openid, i, tally);
  else dataOf(await cloud.call('loans.list', {}, openid));
}

async function renewOne(cloud: LocalCloud, openid: string, i: number, tally: Tally): Promise<void> {
  const list = dataOf(await cloud.call('loans.list', {}, openid));
  if ('denied' in list) return;
  const loan = list.loans.find(({ renewal }) => renewal.allowed);
  if (!loan) return;
  const input = { loanIds: [loan.loanId], requestId: randomUUID() };
  const taps = i % 10 === 3 ? 2 : 1;
  const answers = await Promise.all(
    Array.from({ length: taps }, () => cloud.call('loans.renew', input, openid)),
  );
  const outcomes = answers.flatMap((answer): RenewOutcome[] => {
    const data = dataOf(answer);
    if ('denied' in data) throw new Error('denied');
    return data.outcomes;
  });
  if (new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size > 1) tally.contradictions++;
  for (const outcome of outcomes) {
    if (outcome.status !== 'renewed') continue;
    const dueDates = tally.renewed.get(outcome.loanId) ?? new Set();
    tally.renewed.set(outcome.loanId, dueDates.add(outcome.dueAt));
  }
}

function watchMemory(): { samples: number[]; stop: () => void } {
  const samples: number[] = [];
  const sample = (): void => void samples.push(Math.round(process.memoryUsage.rss() / 1024 / 1024));
  sample();
  const timer = setInterval(sample, 10_000);
  return { samples, stop: () => clearInterval(timer) };
}

function print(name: string, { times, failures }: Tally, seconds: number, reference: Tally): void {
  const middle = median(times);
  const figures = `${Math.round(times.length / seconds)} calls/s, median ${ms(middle)}, p95 ${ms(percentile(times, 0.95))}`;
  const line = `${figures}, ${ratio(middle, median(reference.times))}, ${failures.length} failed`;
  process.stdout.write(`${name}: ${line}\n`);
}

void main();
