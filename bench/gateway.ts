/**
 * What the guard before a library system costs, and what it does when everybody comes at once.
 *
 * 1. One read through the guard beside the bare call in the same run, with a peer that answers at once: what is left
 *    is the guard's own work. And through the gateway over HTTP, guarded beside bare.
 * 2. 1,000 readers at once against a peer that allows 8 connections and takes 10 ms for a call: never more than 8 in
 *    flight, nobody starves, p95. Reference in the same run: 1,000 calls in 8 lanes without a guard.
 * 3. A refusal by an open breaker.
 */
import { startGateway } from '../gateway';
import { connectGateway } from '../library-systems/gateway';
import { LibraryFault } from '../library-systems/library-fault';
import type { LibrarySystem } from '../library-systems/library-system';
import { DEFAULT_RESILIENCE, makeResilient } from '../library-systems/resilience';
import { median, ms, percentile, ratio } from './support/statistics';

const CONNECTIONS = 8;
const READERS = 1_000;
const PEER_MS = 10;

const KEY = { id: 'bench', secret: 'the secret of a benchmark, thirty-two' };
const SETTINGS = {
  ...DEFAULT_RESILIENCE,
  parallel: CONNECTIONS,
  reader: { ...DEFAULT_RESILIENCE.reader, readsPerMinute: 100_000 },
};

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const microseconds = (value: number): string => `${(value * 1_000).toFixed(1)} µs`;

/** A peer that counts how many calls it has in hand, and answers after a while. */
function openPeer(delayMs: number) {
  let inFlight = 0;
  const counts = { most: 0, calls: 0 };
  const answer = async (): Promise<{ loans: [] }> => {
    counts.calls += 1;
    counts.most = Math.max(counts.most, ++inFlight);
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    inFlight -= 1;
    return { loans: [] };
  };
  const system: LibrarySystem = {
    name: 'bench',
    branches: [],
    timeZone: 'Asia/Shanghai',
    loans: { list: answer, renew: async () => [] },
  };
  return { system, counts };
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Takes turns between two ways of the same, so that both meet the same machine. */
async function compare(
  name: string,
  rounds: number,
  batch: number,
  bare: () => Promise<unknown>,
  guarded: () => Promise<unknown>,
): Promise<void> {
  const times = { bare: [] as number[], guarded: [] as number[] };
  for (let i = 0; i < rounds + 10; i++) {
    const ways = [
      ['bare', bare],
      ['guarded', guarded],
    ] as const;
    for (const [way, call] of i % 2 === 0 ? ways : [...ways].reverse()) {
      const took = await time(async () => {
        for (let j = 0; j < batch; j++) await call();
      });
      if (i >= 10) times[way].push(took / batch);
    }
  }
  const [a, b] = [median(times.bare), median(times.guarded)];
  print(
    `${name}: bare ${microseconds(a)}, guarded ${microseconds(b)} (${ratio(b, a)}), the guard ${microseconds(b - a)}`,
  );
}

async function measureCost(): Promise<void> {
  const { system } = openPeer(0);
  const guarded = makeResilient(system, SETTINGS).system;
  const access = { ref: 'p1' };
  await compare(
    'one read in the process',
    200,
    50,
    () => system.loans!.list(access),
    () => guarded.loans!.list(access),
  );
  const options = { keys: [KEY], clock: Date, log: () => undefined };
  const gateways = [
    await startGateway({ ...options, library: system }),
    await startGateway({ ...options, library: guarded }),
  ] as const;
  const config = { keyId: KEY.id, secret: KEY.secret, timeoutMs: 10_000 };
  const [a, b] = [
    await connectGateway({ ...config, url: gateways[0].url }),
    await connectGateway({ ...config, url: gateways[1].url }),
  ];
  await compare(
    'one read through the gateway',
    150,
    5,
    () => a.loans!.list(access),
    () => b.loans!.list(access),
  );
  for (const gateway of gateways) await gateway.close();
}

function printWaits(name: string, waits: readonly number[], whole: number, reference?: number): void {
  const [middle, p95, most] = [median(waits), percentile(waits, 0.95), Math.max(...waits)];
  const compared = reference === undefined ? '' : `, ${ratio(whole, reference)} of the reference`;
  print(
    `${name}: all in ${ms(whole)}${compared}; median ${ms(middle)}, p95 ${ms(p95)}, longest ${ms(most)} (${ratio(most, middle)} of the median)`,
  );
}

async function measureCrowd(): Promise<void> {
  const bare = openPeer(PEER_MS);
  let next = 0;
  const started = performance.now();
  const waits: number[] = [];
  const whole = await time(() =>
    Promise.all(
      Array.from({ length: CONNECTIONS }, async () => {
        while (next++ < READERS) {
          await bare.system.loans!.list({ ref: 'p' });
          waits.push(performance.now() - started);
        }
      }),
    ),
  );
  printWaits(`${READERS} calls in ${CONNECTIONS} lanes (reference)`, waits, whole);
  const peer = openPeer(PEER_MS);
  const { system } = makeResilient(peer.system, SETTINGS);
  const own: number[] = [];
  const crowd = await time(() =>
    Promise.all(
      Array.from({ length: READERS }, async (_, i) => {
        own.push(await time(() => system.loans!.list({ ref: `p${i}` })));
      }),
    ),
  );
  printWaits(`${READERS} readers at once, guarded`, own, crowd, whole);
  print(
    `  at most ${peer.counts.most} of ${CONNECTIONS} calls in flight, ${peer.counts.calls} calls, all answered`,
  );

  const greedy = openPeer(PEER_MS);
  const fair = makeResilient(greedy.system, {
    ...SETTINGS,
    reader: { ...SETTINGS.reader, waiting: 1_000 },
  }).system;
  const modest: number[] = [];
  const many = Array.from({ length: 900 }, (_, i) => fair.loans!.renew({ ref: 'greedy' }, [`l${i}`]));
  const others = Array.from({ length: 100 }, async (_, i) => {
    modest.push(await time(() => fair.loans!.list({ ref: `p${i}` })));
  });
  await Promise.all([...many, ...others]);
  print(
    `100 readers behind one who sends 900 calls: median ${ms(median(modest))}, longest ${ms(Math.max(...modest))}`,
  );
}

async function measureRefusal(): Promise<void> {
  const { system } = openPeer(0);
  const down: LibrarySystem = {
    ...system,
    loans: {
      ...system.loans!,
      list: async () => {
        throw new LibraryFault('UNREACHABLE', 'benchmark');
      },
    },
  };
  const { system: guarded } = makeResilient(down, SETTINGS);
  const ask = (i: number) => guarded.loans!.list({ ref: `p${i}` }).catch(() => undefined);
  for (let i = 0; i < 10; i++) await ask(i);
  const times: number[] = [];
  for (let i = 0; i < 5_000; i++) times.push(await time(() => ask(i)));
  print(
    `a refusal by the open breaker: median ${microseconds(median(times))}, p95 ${microseconds(percentile(times, 0.95))}`,
  );
}

async function main(): Promise<void> {
  await measureCost();
  await measureCrowd();
  await measureRefusal();
}

void main();
