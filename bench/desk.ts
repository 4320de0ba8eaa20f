/**
 * The reader's desk beside the library system itself (through the gateway, as
 * the functions reach it), in the same run. Targets: loans.list with 20 loans
 * at most 1.3 × the library's own time plus 10 ms; loans.renewAll of 100 loans
 * at most 1.2 × plus 50 ms. Then 1,000 readers at once, with mixed reads and
 * renewals: no error, no loan renewed twice, memory flat.
 * Run: tsx bench/desk.ts [seconds, 60 if left out]
 */
import { seedReaders } from '../library-systems/demo/circulation/seed-readers';
import { pinOf } from '../library-systems/demo/circulation/sign-in/pins';
import { dataOf, startLocalCloud, type LocalCloud } from '../test/support/local-cloud';
import { median, ms, percentile, ratio } from './support/statistics';

const SECONDS = Number(process.argv[2] ?? 60);
const LISTS = 100;
const ROUNDS = 5;
const CROWD = 1_000;
/** A reader looks at an answer for up to this long before asking again. */
const THINKING_MS = 20_000;
const TWENTY = { ref: 'p1', cardNumber: '2024110020' };
const DEPARTMENT = { ref: 'p2', cardNumber: 'D00012' };

let taps = 0;
const tap = (): string => `bench-${String(++taps).padStart(10, '0')}`;

async function bind(
  cloud: LocalCloud,
  openid: string,
  card: { ref: string; cardNumber: string },
): Promise<boolean> {
  const answers = { cardNumber: card.cardNumber, pin: pinOf(card.ref) };
  const answer = await cloud.call(
    'cards.bind',
    { method: 'pin', answers, consentVersion: 1, replace: true },
    openid,
  );
  return 'card' in dataOf(answer);
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function print(what: string, values: readonly number[], own: readonly number[], limit: number): void {
  const [middle, reference] = [median(values), median(own)];
  console.log(
    `${what}: median ${ms(middle)}, p95 ${ms(percentile(values, 0.95))}; the library itself ${ms(reference)} ` +
      `(${ratio(middle, reference)}); limit ${ms(limit)}: ${middle <= limit ? 'kept' : 'EXCEEDED'}`,
  );
}

async function measureLists(cloud: LocalCloud): Promise<void> {
  const library = await cloud.throughGateway();
  await bind(cloud, 'o-twenty', TWENTY);
  const [own, desk]: [number[], number[]] = [[], []];
  for (let i = 0; i < LISTS + 10; i++) {
    own.push(await time(() => library.loans!.list({ ref: TWENTY.ref })));
    desk.push(await time(async () => dataOf(await cloud.call('loans.list', {}, 'o-twenty'))));
  }
  print('loans.list of 20', desk.slice(10), own.slice(10), median(own) * 1.3 + 10);
}

async function measureRenewals(cloud: LocalCloud): Promise<void> {
  const library = await cloud.throughGateway();
  await bind(cloud, 'o-department', DEPARTMENT);
  const [own, desk]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    await cloud.library.reset();
    own.push(
      await time(async () => {
        const answer = await library.loans!.list({ ref: DEPARTMENT.ref });
        if ('denied' in answer) throw new Error('denied');
        const ids = answer.loans.filter(({ renewal }) => renewal.allowed).map(({ loanId }) => loanId);
        await library.loans!.renew({ ref: DEPARTMENT.ref }, ids.slice(0, 100));
        await library.loans!.renew({ ref: DEPARTMENT.ref }, ids.slice(100));
      }),
    );
    await cloud.library.reset();
    desk.push(
      await time(async () =>
        dataOf(await cloud.call('loans.renewAll', { requestId: tap() }, 'o-department')),
      ),
    );
  }
  print('loans.renewAll of 120', desk, own, median(own) * 1.2 + 50);
}

interface Person {
  openid: string;
  /** Absent for those without a card, who search. */
  ref?: string;
}

async function gather(cloud: LocalCloud): Promise<Person[]> {
  const people: Person[] = [];
  for (const { id, cardNumber } of seedReaders(new Date().toISOString().slice(0, 10))) {
    const openid = `o-crowd-${people.length}`;
    if (await bind(cloud, openid, { ref: id, cardNumber })) people.push({ openid, ref: id });
  }
  while (people.length < CROWD) people.push({ openid: `o-crowd-${people.length}` });
  return people;
}

/** Renewals used up, by loan, as the library knows them. */
async function renewalsLeft(cloud: LocalCloud, people: readonly Person[]): Promise<Map<string, number>> {
  const left = new Map<string, number>();
  for (const { ref } of people) {
    const answer = ref === undefined ? undefined : await cloud.library.loans!.list({ ref });
    if (answer && 'loans' in answer)
      for (const loan of answer.loans) left.set(loan.loanId, loan.renewal.left ?? 0);
  }
  return left;
}

async function measureCrowd(cloud: LocalCloud): Promise<void> {
  await cloud.library.reset();
  const people = await gather(cloud);
  const before = await renewalsLeft(cloud, people);
  const times: number[] = [];
  const errors = new Map<string, number>();
  const renewed = new Map<string, number>();
  const memory: number[] = [];
  const sample = setInterval(() => memory.push(process.memoryUsage().rss / 2 ** 20), 1_000);
  const end = performance.now() + SECONDS * 1_000;

  const act = async ({ openid, ref }: Person): Promise<void> => {
    const dice = Math.random();
    const answer =
      ref === undefined || dice < 0.2
        ? await cloud.call('catalog.search', { text: '历史' }, openid)
        : dice < 0.7
          ? await cloud.call('loans.list', {}, openid)
          : dice < 0.8
            ? await cloud.call('holds.list', {}, openid)
            : await cloud.call('loans.renewAll', { requestId: tap() }, openid);
    if (!answer.ok) errors.set(answer.error.code, (errors.get(answer.error.code) ?? 0) + 1);
    else if ('outcomes' in answer.data) {
      for (const { loanId, status } of answer.data.outcomes) {
        if (status === 'renewed') renewed.set(loanId, (renewed.get(loanId) ?? 0) + 1);
      }
    }
  };
  await Promise.all(
    people.map(async (person) => {
      for (;;) {
        await new Promise((resolve) => setTimeout(resolve, Math.random() * THINKING_MS));
        if (performance.now() >= end) return;
        times.push(await time(() => act(person)));
      }
    }),
  );
  clearInterval(sample);
  const after = await renewalsLeft(cloud, people);
  const wrong = [...before].filter(([id, left]) => left - (after.get(id) ?? left) !== (renewed.get(id) ?? 0));
  const third = Math.max(1, Math.floor(memory.length / 3));
  console.log(
    `${CROWD} readers for ${SECONDS} s, ${people.filter(({ ref }) => ref).length} with a card: ${times.length} calls, ` +
      `median ${ms(median(times))}, p95 ${ms(percentile(times, 0.95))}; errors: ${JSON.stringify(Object.fromEntries(errors))}; ` +
      `${renewed.size} loans renewed, ${wrong.length} of them not exactly as answered; ` +
      `memory ${median(memory.slice(0, third)).toFixed(0)} → ${median(memory.slice(-third)).toFixed(0)} MB`,
  );
}

async function main(): Promise<void> {
  const cloud = await startLocalCloud({ limits: { instances: 8, waiting: 2 * CROWD, idleMs: 300_000 } });
  try {
    await measureLists(cloud);
    await measureRenewals(cloud);
    if (SECONDS > 0) await measureCrowd(cloud);
  } finally {
    await cloud.stop();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
