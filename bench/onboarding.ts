/**
 * The first evening of term: so many new students at once each fetch a paper,
 * save 20 answers one by one and hand in, as fast as the machine goes, on the
 * whole way of a call. Afterwards every answer that was acknowledged must lie in
 * the database, every student must have one attempt, and every mark must be that
 * of a marking of its own here. Reference in the same run: as many calls of
 * `system.capabilities`, which touch neither database nor library.
 * Run: tsx bench/onboarding.ts [students…, 300 10000 if left out]
 */
import fs from 'node:fs';
import path from 'node:path';
import type { Answers, Choice, PaperItem } from '../contracts/onboarding';
import type { BankItem } from '../contracts/onboarding/bank';
import type { LibrarySystem } from '../library-systems/library-system';
import { seedOnboarding } from '../local/host/seed-onboarding';
import { pointSdksTo } from '../test/emulator/database/serve';
import { dataOf, startLocalCloud, type LocalCloud } from '../test/support/local-cloud';
import { median, ms, percentile, ratio } from './support/statistics';

const SIZES = process.argv.slice(2).map(Number);
const AT_ONCE = Number(process.env['AT_ONCE'] ?? 64);
const PASS_MARK = 80;
/** The share of students who know the bank, and of its questions that they get wrong all the same. */
const [DILIGENT, SLIPS] = [0.7, 0.05];
const BANK_DIR = path.join(__dirname, '../content/onboarding/bank');

interface Student {
  openid: string;
  card: string;
  diligent: boolean;
}
interface Outcome {
  attemptId: string;
  /** What the server acknowledged. */
  saved: Answers;
  mark: number;
  passed: boolean;
}
interface StoredAttempt {
  _id: string;
  owner: string;
  answers: Answers;
  items: { id: string; order: string[]; own?: BankItem }[];
}

const bank = new Map<string, BankItem>();
for (const name of fs.readdirSync(BANK_DIR)) {
  const items = JSON.parse(fs.readFileSync(path.join(BANK_DIR, name), 'utf8')) as BankItem[];
  for (const item of items) bank.set(item.stem.en, item);
}
const byId = new Map([...bank.values()].map((item) => [item.id, item]));

/** As many readers as are asked for sign in; everything else is the demo library's. */
const withStudents = (library: LibrarySystem): LibrarySystem => ({
  ...library,
  signIn: {
    ...library.signIn!,
    complete: ({ answers: { cardNumber = '' } }) =>
      Promise.resolve({
        patron: {
          ref: `s-${cardNumber}`,
          cardNumber,
          readerType: { code: 'UG', name: '本科生' },
          department: `学院${Number(cardNumber.slice(-2)) % 20}`,
          grade: '2026级',
          blocks: [],
        },
      }),
  },
  patrons: { ...library.patrons!, openBorrowing: () => Promise.resolve({ done: true }) },
});

const times = new Map<string, number[]>();
async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const answer = await work();
  const list = times.get(what) ?? [];
  times.set(what, list);
  list.push(performance.now() - start);
  return answer;
}

/** Works through a list with so many at once. */
async function all<T, U>(list: readonly T[], work: (one: T) => Promise<U>): Promise<U[]> {
  const results = new Array<U>(list.length);
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let i = next++; i < list.length; i = next++) results[i] = await work(list[i]!);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, list.length) }, worker));
  return results;
}

const pick = (count: number): number => Math.floor(Math.random() * count);

/** What a student chooses, in places as they are shown. */
function choose({ type, stem, options }: PaperItem, diligent: boolean): Choice {
  const known = diligent && Math.random() >= SLIPS ? bank.get(stem.en) : undefined;
  if (known) {
    const texts = known.answer.map((id) => known.options.find((option) => option.id === id)!.en);
    const chosen = texts.map((text) => options.findIndex(({ en }) => en === text));
    return type === 'order' ? chosen : chosen.sort();
  }
  const places = options.map((_, place) => place).sort(() => Math.random() - 0.5);
  if (type === 'order') return places;
  return type === 'multiple' ? places.slice(0, 2).sort() : [pick(options.length)];
}

async function sit(cloud: LocalCloud, { openid, diligent }: Student): Promise<Outcome> {
  const begun = dataOf(await timed('begin', () => cloud.call('onboarding.begin', {}, openid)));
  if (!('paper' in begun)) throw new Error(begun.refused);
  const { attemptId, items } = begun.paper;
  const saved: Record<string, Choice> = {};
  for (const [place, item] of items.entries()) {
    const answers = { [String(place)]: choose(item, diligent) };
    const kept = dataOf(
      await timed('answer', () => cloud.call('onboarding.answer', { attemptId, answers }, openid)),
    );
    if (!kept.saved) throw new Error('an answer in time was not saved');
    Object.assign(saved, answers);
  }
  const { mark, passed } = dataOf(
    await timed('submit', () => cloud.call('onboarding.submit', { attemptId }, openid)),
  );
  return { attemptId, saved, mark, passed };
}

/** A marking of its own: from what was stored and what was sent, by the files of the bank. */
function markAgain({ items }: StoredAttempt, sent: Answers): { mark: number; passed: boolean } {
  let right = 0;
  let missed = false;
  for (const [place, { id, order, own }] of items.entries()) {
    const item = own ?? byId.get(id)!;
    const chosen = (sent[String(place)] ?? []).map((at) => order[at]!);
    const [given, wanted] =
      item.type === 'order' ? [chosen, item.answer] : [chosen.sort(), [...item.answer].sort()];
    const isRight = given.join() === wanted.join();
    if (isRight) right++;
    else if (item.mustKnow !== undefined) missed = true;
  }
  const mark = Math.floor((100 * right) / items.length);
  return { mark, passed: mark >= PASS_MARK && !missed };
}

interface Collection {
  orderBy(field: string, direction: 'asc'): Collection;
  where(conditions: object): Collection;
  limit(count: number): Collection;
  get(): Promise<{ data: StoredAttempt[] }>;
}
interface Administrator {
  command: { gt(value: string): object };
  collection(name: string): Collection;
}

async function readAttempts(url: string): Promise<StoredAttempt[]> {
  pointSdksTo(url);
  const { default: sdk } = await import('@cloudbase/node-sdk');
  const database = sdk.init({ env: sdk.SYMBOL_CURRENT_ENV }).database() as unknown as Administrator;
  const found: StoredAttempt[] = [];
  for (;;) {
    const after = found.at(-1)?._id ?? '';
    const page = await database
      .collection('onboarding_attempts')
      .where({ _id: database.command.gt(after) })
      .orderBy('_id', 'asc')
      // an answer of the database holds at most 1 MB
      .limit(100)
      .get();
    if (page.data.length === 0) return found;
    found.push(...page.data);
  }
}

async function check(cloud: LocalCloud, outcomes: readonly Outcome[]): Promise<void> {
  const attempts = new Map((await readAttempts(cloud.url())).map((attempt) => [attempt._id, attempt]));
  const owners = new Set([...attempts.values()].map(({ owner }) => owner));
  let [lost, wrong] = [0, 0];
  for (const { attemptId, saved, mark, passed } of outcomes) {
    const attempt = attempts.get(attemptId)!;
    for (const [place, choice] of Object.entries(saved)) {
      if (attempt.answers[place]?.join() !== choice.join()) lost++;
    }
    const again = markAgain(attempt, saved);
    if (again.mark !== mark || again.passed !== passed) wrong++;
  }
  const double = attempts.size - owners.size;
  const verdict = lost + wrong + double === 0 && attempts.size === outcomes.length ? 'kept' : 'BROKEN';
  const passes = outcomes.filter(({ passed }) => passed).length;
  console.log(
    `  ${attempts.size} attempts of ${owners.size} readers, ${passes} passed: ` +
      `${lost} answers lost, ${double} double attempts, ${wrong} marks unlike an independent marking: ${verdict}`,
  );
}

async function measure(size: number): Promise<{ perSecond: number; p95: number }> {
  const cloud = await startLocalCloud({ wrap: withStudents });
  try {
    await seedOnboarding(
      { callAsPlatform: ({ function: name, event }) => cloud.callAsPlatform(name, event) },
      { isDemo: true },
    );
    // what they read beforehand is not measured
    dataOf(await cloud.order('onboarding.settings', { settings: { mustRead: false } }));
    const students = Array.from({ length: size }, (_, i): Student => {
      const card = `2026${String(i).padStart(6, '0')}`;
      return { openid: `o-${card}`, card, diligent: Math.random() < DILIGENT };
    });
    await all(students, async ({ openid, card }) => {
      const answers = { cardNumber: card, pin: '000000' };
      dataOf(await cloud.call('cards.bind', { method: 'pin', answers, consentVersion: 1 }, openid));
    });
    times.clear();
    const memoryBefore = process.memoryUsage().rss;
    const start = performance.now();
    const outcomes = await all(students, (student) => sit(cloud, student));
    const seconds = (performance.now() - start) / 1_000;
    const memory = process.memoryUsage().rss;
    const calls = size * 22;
    const plain = Math.min(calls, 6_600);
    const startPlain = performance.now();
    await all(Array.from({ length: plain }), () => cloud.call('system.capabilities', {}, 'o-plain'));
    const plainPerSecond = plain / ((performance.now() - startPlain) / 1_000);
    const every = [...times.values()].flat();
    const line = [...times].map(
      ([what, list]) => `${what} ${ms(median(list))} / ${ms(percentile(list, 0.95))}`,
    );
    console.log(
      `${size} students, ${AT_ONCE} at once: ${calls} calls in ${seconds.toFixed(0)} s = ${(calls / seconds).toFixed(0)}/s ` +
        `(system.capabilities ${plainPerSecond.toFixed(0)}/s, ${ratio(calls / seconds, plainPerSecond)}); ` +
        `median / p95: ${line.join(', ')}; memory ${(memoryBefore / 2 ** 20).toFixed(0)} → ${(memory / 2 ** 20).toFixed(0)} MB`,
    );
    await check(cloud, outcomes);
    return { perSecond: calls / seconds, p95: percentile(every, 0.95) };
  } finally {
    await cloud.stop();
  }
}

async function main(): Promise<void> {
  const results: { size: number; perSecond: number; p95: number }[] = [];
  for (const size of SIZES.length > 0 ? SIZES : [300, 10_000]) {
    results.push({ size, ...(await measure(size)) });
  }
  const [first, last] = [results[0]!, results.at(-1)!];
  if (results.length > 1) {
    console.log(
      `from ${first.size} to ${last.size} students: throughput ${ratio(last.perSecond, first.perSecond)}, ` +
        `p95 of all calls ${ms(first.p95)} → ${ms(last.p95)} (${ratio(last.p95, first.p95)})`,
    );
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
