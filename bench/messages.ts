/**
 * A day of messages: so many readers with cards, of whom one in twenty has a loan that is due in three days. The job looks
 * at all of them through the night and tells in the morning, on the local cloud with the real SDK, the library behind
 * the gateway. A tenth of those who are due return the book before the morning, another tenth has allowed no message.
 * Afterwards the outbox must hold one message for each who is to get one, and no other; the inboxes one for each who is due.
 * References in the same run: the same questions asked of the library through the gateway alone, five at once, and
 * `system.capabilities`, a call that touches neither database nor library. Times are what a clock shows.
 * Run: tsx bench/messages.ts [readers, 50000 if left out]
 */
import { createSealer, parseKeyRing } from '../cloudfunctions/runtime/sealed';
import type { Loan } from '../contracts/loans';
import type { LibrarySystem } from '../library-systems/library-system';
import { mapLimited } from '../library-systems/map-limited';
import { addDocuments, readCollection } from '../test/features/support/read-database';
import { dataOf, startLocalCloud, type LocalCloud } from '../test/support/local-cloud';
import { ratio } from './support/statistics';
import { heap, watchHeaps } from './support/watch-heaps';

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const MINUTE = 60_000;
const BOUND = Date.parse('2026-11-24T20:00:00+08:00');
const NIGHT = Date.parse('2026-11-24T22:00:00+08:00');
const MORNING = Date.parse('2026-11-25T08:00:00+08:00');
const TEMPLATE = 'template-of-reminders-1';
const DUE_EACH = 20;
const AT_ONCE = 5;
/** Of the references. */
const CALLS = 2_000;

const openidOf = (i: number): string => `o-reader-${String(i).padStart(6, '0')}`;
const isDue = (i: number): boolean => i % DUE_EACH === 0;
const due = (i: number): number => i / DUE_EACH;
const isReturned = (i: number): boolean => isDue(i) && due(i) % 10 === 1;
const isWithoutCredit = (i: number): boolean => isDue(i) && due(i) % 10 === 2;

let isMorning = false;
const reads = { loans: 0, holds: 0 };

function loansOf(i: number): Loan[] {
  const loan = (n: number, dueAt: string): Loan => ({
    ...{
      loanId: `l-${i}-${n}`,
      itemBarcode: `b-${i}-${n}`,
      title: `图书馆的书 ${i}-${n}`,
      dueAt,
      overdue: false,
    },
    renewal: { allowed: true, left: 1 },
  });
  const others = [loan(1, '2026-12-20'), loan(2, '2026-12-24')];
  return isDue(i) && !(isMorning && isReturned(i)) ? [loan(0, '2026-11-28'), ...others] : others;
}

const withReaders = (library: LibrarySystem): LibrarySystem => ({
  ...library,
  loans: {
    ...library.loans!,
    list: ({ ref }) => {
      reads.loans++;
      return Promise.resolve({ loans: loansOf(Number(ref.slice(1))) });
    },
  },
  holds: {
    ...library.holds!,
    list: () => {
      reads.holds++;
      return Promise.resolve({ holds: [] });
    },
  },
});

/** What bindings, and the mini program, leave. */
async function prepare(cloud: LocalCloud, readers: number): Promise<void> {
  cloud.clock.set(BOUND);
  const sealer = createSealer(parseKeyRing(cloud.dataKeys())!);
  const all = Array.from({ length: readers }, (_, i) => i);
  const profile = { maskedNumber: '****', readerType: { code: 'UG', name: '本科生' }, blocks: [] };
  const add = (name: string, documents: object[]): Promise<void> =>
    addDocuments(cloud.url(), name, documents);
  await add('message_settings', [
    {
      _id: 'settings',
      settings: {
        templates: [{ id: TEMPLATE, kinds: ['dueSoon'], fields: { thing1: 'title', time2: 'date' } }],
      },
      changedAt: BOUND,
    },
  ]);
  for (let from = 0; from < readers; from += 1_000) {
    const some = all.slice(from, from + 1_000);
    await add(
      'bindings',
      some.map((i) => ({
        ...{
          _id: openidOf(i),
          bindingId: `binding-${i}`,
          patronRef: `r${i}`,
          consentVersion: 1,
          boundAt: BOUND,
        },
        profile: sealer.seal(profile, { owner: openidOf(i), purpose: 'bindings.profile' }),
        profileAsOf: BOUND,
      })),
    );
    await add(
      'message_plans',
      some.map((i) => ({ _id: openidOf(i), bindingId: `binding-${i}`, lookAt: BOUND, tries: 0, told: [] })),
    );
    const allowing = some.filter((i) => isDue(i) && !isWithoutCredit(i));
    await add(
      'message_credits',
      allowing.map((i) => ({
        ...{
          _id: `${openidOf(i)}:${TEMPLATE}`,
          owner: openidOf(i),
          template: TEMPLATE,
          claimed: 1,
          confirmed: 1,
        },
        ...{ spent: 0, held: 0, taps: [], expiresAt: BOUND + 365 * 24 * 60 * MINUTE },
      })),
    );
    for (const i of allowing) cloud.addCredits(openidOf(i), TEMPLATE, 1);
  }
}

/** Counts of the job's log lines since the last time. */
function takeCounts(cloud: LocalCloud): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const line of cloud.logs) {
    if (!line.includes('"action":"messages"')) continue;
    const entry = JSON.parse(line.slice(line.indexOf('{'))) as Record<string, unknown>;
    if (entry['outcome'] === 'failed') throw new Error(line);
    for (const [name, value] of Object.entries(entry))
      if (typeof value === 'number') counts[name] = (counts[name] ?? 0) + value;
  }
  cloud.logs.length = 0;
  return counts;
}

/** Beats, a minute of the cloud's clock apart, until nothing more is done. @returns how long it took, ms */
async function beatUntil(
  cloud: LocalCloud,
  from: number,
  isOver: (counts: Record<string, number>) => boolean,
): Promise<{ took: number; beats: number }> {
  const began = performance.now();
  for (let beats = 0; ; beats++) {
    cloud.clock.set(from + beats * MINUTE);
    await cloud.beat();
    if (isOver(takeCounts(cloud))) return { took: performance.now() - began, beats: beats + 1 };
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** @returns what is wrong */
async function check(cloud: LocalCloud, readers: number): Promise<string[]> {
  const wrong: string[] = [];
  const sent = new Map<string, number>();
  for (const { api, request, errcode } of cloud.outbox()) {
    if (api !== 'subscribeMessage.send') continue;
    if (errcode !== 0) wrong.push(`refused: ${errcode}`);
    const openid = String(request['touser']);
    sent.set(openid, (sent.get(openid) ?? 0) + 1);
  }
  const told = new Map<string, number>();
  for (const { owner, at } of await readCollection<{ _id: string; owner: string; at?: number }>(
    cloud.url(),
    'messages',
    500,
  ))
    if (at !== undefined) told.set(owner, (told.get(owner) ?? 0) + 1);
  for (let i = 0; i < readers; i++) {
    const inInbox = isDue(i) && !isReturned(i) ? 1 : 0;
    const toSend = isWithoutCredit(i) ? 0 : inInbox;
    if ((sent.get(openidOf(i)) ?? 0) !== toSend)
      wrong.push(`${openidOf(i)}: sent ${sent.get(openidOf(i)) ?? 0}, not ${toSend}`);
    if ((told.get(openidOf(i)) ?? 0) !== inInbox)
      wrong.push(`${openidOf(i)}: in the inbox ${told.get(openidOf(i)) ?? 0}, not ${inInbox}`);
  }
  return wrong;
}

const rate = (count: number, took: number): string => `${((count / took) * 1_000).toFixed(0)}/s`;
const mb = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MB`;

async function measure(readers: number): Promise<void> {
  const unwatch = watchHeaps();
  const cloud = await startLocalCloud({ wrap: withReaders });
  try {
    await prepare(cloud, readers);
    const before = process.memoryUsage().rss;
    takeCounts(cloud);
    const night = await beatUntil(cloud, NIGHT, ({ looked = 0 }) => looked === 0);
    const nightReads = reads.loans + reads.holds;
    isMorning = true;
    const morning = await beatUntil(
      cloud,
      MORNING,
      (counts) => !Object.keys(counts).some((name) => name.startsWith('told') || name === 'untrue'),
    );
    const wrong = await check(cloud, readers);
    const sent = cloud.outbox().length;
    const dayReads = reads.loans + reads.holds - nightReads;
    // whoever asks the gateway from here signs by the machine's clock
    cloud.clock.set(Date.now());
    const library = await cloud.throughGateway();
    const plainReads = await timed(() =>
      mapLimited(Array.from({ length: CALLS }), AT_ONCE, (_, i) =>
        Promise.all([library.loans!.list({ ref: `r${i}` }), library.holds!.list({ ref: `r${i}` })]),
      ),
    );
    const plainCalls = await timed(() =>
      mapLimited(Array.from({ length: CALLS }), AT_ONCE, async () =>
        dataOf(await cloud.call('system.capabilities', {})),
      ),
    );
    print(`${readers} readers, ${Math.ceil(readers / DUE_EACH)} with a loan that is due`);
    print(
      `  looking  ${(night.took / 1_000).toFixed(0)} s in ${night.beats} beats: ${rate(readers, night.took)} readers; ` +
        `${(nightReads / readers).toFixed(2)} questions to the library a reader`,
    );
    print(
      `  telling  ${(morning.took / 1_000).toFixed(0)} s in ${morning.beats} beats: ${sent} sent, ${rate(sent, morning.took)}; ` +
        `${(dayReads / Math.ceil(readers / DUE_EACH)).toFixed(2)} questions to the library a reader who is due`,
    );
    print(
      `  beside   the questions of a look alone, through the gateway, ${AT_ONCE} at once: ${rate(CALLS, plainReads)} readers, ` +
        `${ratio(night.took / readers, plainReads / CALLS)} as long with the database; system.capabilities ${rate(CALLS, plainCalls)}`,
    );
    print(
      `  memory   heap of an instance at most ${mb(heap.peak)} of 256 MB; this process with the whole cloud ${mb(before)} → ` +
        mb(process.memoryUsage().rss),
    );
    print(
      `  outbox   ${wrong.length === 0 ? 'each who is due once, nobody else' : `BROKEN: ${wrong.length}`}`,
    );
    for (const line of wrong.slice(0, 10)) print(`    ${line}`);
    if (wrong.length > 0) process.exitCode = 1;
  } finally {
    unwatch();
    await cloud.stop();
  }
}

measure(Number(process.argv[2] ?? 50_000)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
