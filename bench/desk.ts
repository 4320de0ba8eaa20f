/**
 * The reader's desk over the whole way (emulator, function in a worker with
 * the real SDK, signed link, gateway, demo library), beside the library's own
 * time in the same run: the same operations asked of the gateway directly.
 * Targets: loans.list of 20 loans ≤ 1.3 × the library + 10 ms; loans.renewAll
 * of 100 loans and more ≤ 1.2 × the library + 50 ms.
 */
import { randomUUID } from 'node:crypto';
import { dataOf, startLocalCloud, type LocalCloud } from '../test/support/local-cloud';
import { bind, TWENTY_LOANS, MANY_LOANS } from './support/desk-readers';
import { median, ms } from './support/statistics';

const LISTS = 60;
const RENEWALS = 7;

async function main(): Promise<void> {
  const cloud = await startLocalCloud({ keepLogs: false });
  try {
    await measureList(cloud);
    await measureRenewAll(cloud);
  } finally {
    await cloud.stop();
  }
}

async function measureList(cloud: LocalCloud): Promise<void> {
  const library = await cloud.connectLibrary();
  const access = await bind(cloud, library, 'o-bench-list', TWENTY_LOANS);
  const times = { library: [] as number[], desk: [] as number[] };
  for (let i = 0; i < LISTS; i++) {
    times.library.push(await time(() => library.loans!.list(access)));
    times.desk.push(await time(async () => dataOf(await cloud.call('loans.list', {}, 'o-bench-list'))));
  }
  print('loans.list, 20 loans', times, (own) => 1.3 * own + 10);
}

/** Every second round asks the library directly, the others through the desk; the library forgets between them. */
async function measureRenewAll(cloud: LocalCloud): Promise<void> {
  const library = await cloud.connectLibrary();
  const times = { library: [] as number[], desk: [] as number[] };
  let count = 0;
  for (let i = 0; i < RENEWALS; i++) {
    await cloud.library.reset();
    const access = await bind(cloud, library, 'o-bench-renew', MANY_LOANS);
    const listed = await library.loans!.list(access);
    if ('denied' in listed) throw new Error('denied');
    const ids = listed.loans.map(({ loanId }) => loanId);
    count = ids.length;
    times.library.push(await time(() => library.loans!.renew(access, ids)));
    await cloud.library.reset();
    const requestId = randomUUID();
    times.desk.push(
      await time(async () => dataOf(await cloud.call('loans.renewAll', { requestId }, 'o-bench-renew'))),
    );
  }
  print(`loans.renewAll, ${count} loans`, times, (own) => 1.2 * own + 50);
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function print(
  name: string,
  times: { library: number[]; desk: number[] },
  limit: (own: number) => number,
): void {
  const own = median(times.library);
  const line = `${name}: the library itself (reference) ${ms(own)}, the desk ${ms(median(times.desk))}`;
  process.stdout.write(`${line}, target ≤ ${ms(limit(own))}, medians of ${times.desk.length}\n`);
}

void main();
