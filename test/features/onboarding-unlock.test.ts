import { LibraryFault } from '../../library-systems/library-fault';
import type { LibrarySystem } from '../../library-systems/library-system';
import { dataOf, startLocalCloud, type LocalCloud } from '../support/local-cloud';
import { intercept } from './support/intercept';
import { ASKED, begin, configure, makeBank, publish, rightAnswers, sit } from './support/onboarding';
import { readDatabase } from './support/read-database';
import { bind, READERS, tap, type ReaderName } from './support/readers';

jest.setTimeout(120_000);

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const BANK = makeBank();
const spy = intercept();
let opensNothing = false;
/** The library refuses to open borrowing: the card was reported lost at its desk. */
let refusing = false;
let cloud: LocalCloud;

/** A library that can open borrowing, or for a while one that cannot. */
const wrap = (library: LibrarySystem): LibrarySystem => {
  const spied = spy.wrap(library);
  return {
    ...spied,
    get patrons() {
      const { openBorrowing, ...patrons } = spied.patrons!;
      if (opensNothing) return patrons;
      const denied = { code: 'CARD_LOST' as const, libraryText: '读者证已挂失' };
      const open: typeof openBorrowing = async (access, key) =>
        refusing ? { denied } : openBorrowing!(access, key);
      return { ...patrons, openBorrowing: open };
    },
  };
};

beforeAll(async () => {
  cloud = await startLocalCloud({ wrap });
  await publish(cloud, BANK);
}, 120_000);
afterAll(() => cloud.stop());
beforeEach(() => configure(cloud, ASKED));
// few readers of the demo library have not passed: each test begins with all of them anew
afterEach(async () => {
  cloud.link.set('none');
  for (const openid of ['o-1', 'o-2', 'o-3', 'o-4', 'o-5', 'o-6']) {
    later(10 * MINUTE);
    await cloud.call('privacy.erase', { confirm: true }, openid);
  }
  await cloud.library.reset();
  // what failed papers leave for a day
  later(25 * HOUR);
});

const overview = async (openid: string) => dataOf(await cloud.call('onboarding.overview', {}, openid));
const asked = () => spy.asked['patrons.openBorrowing'];
const later = (ms: number): void => cloud.clock.set(cloud.clock.now() + ms);
const borrowing = async (who: ReaderName): Promise<boolean> => {
  const patron = await cloud.library.patrons!.patron({ ref: READERS[who].ref });
  if (!patron || 'denied' in patron) throw new Error('no such reader');
  return !patron.blocks.some(({ code }) => code === 'ONBOARDING_REQUIRED');
};
const unlock = async () => (await readDatabase(cloud.url()))['onboarding_unlocks'];
const hold = async (openid: string, bibId = 'no-such-title') =>
  dataOf(await cloud.call('holds.place', { target: { bibId }, requestId: tap() }, openid));

/** The function ends where it stands; its call fails. */
async function killedWhile(when: 'before' | 'after', call: () => Promise<unknown>): Promise<void> {
  const restarted = new Promise<void>((resolve, reject) => {
    spy[when]('patrons.openBorrowing', () => {
      const restarting = cloud.restart().then(resolve, reject);
      // before: the library is not to be reached any more either
      if (when === 'before')
        return restarting.then(() => Promise.reject(new LibraryFault('UNREACHABLE', 'cut')));
      return undefined;
    });
  });
  await expect(call()).rejects.toThrow();
  await restarted;
}

describe.each(['before', 'after'] as const)('a kill %s the library has opened borrowing', (when) => {
  it('leaves the pass, and the job opens it; nobody sits again', async () => {
    await bind(cloud, 'freshman', 'o-1');
    const paper = await begin(cloud, 'o-1');
    const input = { attemptId: paper.attemptId, answers: rightAnswers(paper, BANK) };
    const before = asked();
    await killedWhile(when, () => cloud.call('onboarding.submit', input, 'o-1'));
    expect(await borrowing('freshman')).toBe(when === 'after');
    const { standing, pass } = await overview('o-1');
    expect({ standing, unlock: pass?.unlock, opens: pass?.libraryOpens }).toEqual({
      standing: 'passed',
      unlock: 'unlocking',
      opens: true,
    });
    // the same call again has the same result, and asks the library nothing while the turn of the dead lasts
    expect(dataOf(await cloud.call('onboarding.submit', input, 'o-1'))).toMatchObject({ passed: true });
    expect(dataOf(await cloud.call('onboarding.begin', {}, 'o-1'))).toEqual({ refused: 'PASSED' });
    await cloud.beat();
    expect(asked() - before).toBe(1);
    later(2 * MINUTE);
    await cloud.beat();
    expect(asked() - before).toBe(2);
    expect(await borrowing('freshman')).toBe(true);
    expect((await overview('o-1')).pass).toMatchObject({ unlock: 'unlocked', libraryOpens: true });
    // and it is done with: no reference of the reader stays, nothing is asked again
    expect(await unlock()).toEqual([expect.not.objectContaining({ ref: expect.anything() as unknown })]);
    later(2 * HOUR);
    await cloud.beat();
    expect(asked() - before).toBe(2);
  });
});

it('the job marks a paper that passes, and opens what waits', async () => {
  await bind(cloud, 'freshman', 'o-1');
  const paper = await begin(cloud, 'o-1');
  await cloud.call(
    'onboarding.answer',
    { attemptId: paper.attemptId, answers: rightAnswers(paper, BANK) },
    'o-1',
  );
  // the card is not bound any more when the time is over
  await cloud.call('cards.unbind', {}, 'o-1');
  later(31 * MINUTE);
  await cloud.beat();
  await cloud.beat();
  expect(await borrowing('freshman')).toBe(true);
  await bind(cloud, 'freshman', 'o-2');
  expect(await overview('o-2')).toMatchObject({
    standing: 'passed',
    pass: { unlock: 'unlocked', libraryOpens: true },
  });
});

it('two beats at once ask the library once', async () => {
  await bind(cloud, 'freshman', 'o-1');
  spy.before('patrons.openBorrowing', () => {
    throw new LibraryFault('UNREACHABLE', 'away');
  });
  await sit(cloud, 'o-1', BANK);
  const before = asked();
  later(5 * MINUTE);
  await Promise.all(Array.from({ length: 6 }, () => cloud.beat()));
  expect(asked() - before).toBe(1);
  expect(await borrowing('freshman')).toBe(true);
});

it('a library that is away for hours is asked again, more and more seldom, and opens in the end', async () => {
  await bind(cloud, 'freshman', 'o-1');
  await begin(cloud, 'o-1');
  cloud.link.set('offline');
  expect(await sit(cloud, 'o-1', BANK)).toMatchObject({ passed: true });
  const due = async () => ((await unlock()) as [{ tries: number; nextAt: number }])[0];
  const pauses: number[] = [];
  for (let round = 1; round <= 8; round++) {
    const { nextAt, tries } = await due();
    expect(tries).toBe(round);
    pauses.push(Math.round((nextAt - cloud.clock.now()) / MINUTE));
    cloud.clock.set(nextAt - 30_000);
    await cloud.beat();
    expect((await due()).tries).toBe(round);
    cloud.clock.set(nextAt);
    await cloud.beat();
  }
  expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  expect((await overview('o-1')).pass).toMatchObject({ unlock: 'unlocking' });
  cloud.link.set('none');
  later(HOUR + MINUTE);
  await cloud.beat();
  expect((await overview('o-1')).pass).toMatchObject({ unlock: 'unlocked' });
  expect(await borrowing('freshman')).toBe(true);
});

it('an answer that was lost after the library had opened it does no harm', async () => {
  await bind(cloud, 'freshman', 'o-1');
  spy.after('patrons.openBorrowing', () => {
    throw new LibraryFault('LOST', 'cut');
  });
  expect(await sit(cloud, 'o-1', BANK)).toMatchObject({ passed: true });
  expect(await borrowing('freshman')).toBe(true);
  expect((await overview('o-1')).pass?.unlock).toBe('unlocking');
  later(2 * MINUTE);
  await cloud.beat();
  expect((await overview('o-1')).pass?.unlock).toBe('unlocked');
});

it('a library that is away for three days is given up, and the pass stays', async () => {
  await bind(cloud, 'freshman', 'o-1');
  await begin(cloud, 'o-1');
  cloud.link.set('offline');
  await sit(cloud, 'o-1', BANK);
  later(73 * HOUR);
  await cloud.beat();
  cloud.link.set('none');
  expect(await overview('o-1')).toMatchObject({ standing: 'passed', pass: { unlock: 'failed' } });
  expect(((await unlock()) ?? [])[0]).not.toHaveProperty('ref');
});

it('a refusal of the library is shown in its words, tried again and kept to in the end', async () => {
  await bind(cloud, 'freshman', 'o-1');
  refusing = true;
  try {
    const result = await sit(cloud, 'o-1', BANK);
    expect(result.passed).toBe(true);
    expect((await overview('o-1')).pass).toMatchObject({ unlock: 'unlocking', libraryText: '读者证已挂失' });
    for (let i = 0; i < 4; i++) {
      later(2 * HOUR);
      await cloud.beat();
    }
    expect(await overview('o-1')).toMatchObject({
      standing: 'passed',
      pass: { unlock: 'failed', libraryText: '读者证已挂失' },
    });
    expect(dataOf(await cloud.call('onboarding.begin', {}, 'o-1'))).toEqual({ refused: 'PASSED' });
  } finally {
    refusing = false;
  }
});

it('what a waiver could not open is told, and asked anew when the reader is let off again', async () => {
  await bind(cloud, 'freshman', 'o-1');
  const { readerCode } = await overview('o-1');
  const waive = { reader: readerCode, reason: 'came from elsewhere', on: true };
  dataOf(await cloud.order('onboarding.waive', waive));
  refusing = true;
  try {
    expect((await overview('o-1')).waiver).toEqual({ unlock: 'unlocking', libraryOpens: true });
    for (let i = 0; i < 5; i++) {
      later(2 * HOUR);
      await cloud.beat();
    }
  } finally {
    refusing = false;
  }
  const failed = { unlock: 'failed', libraryOpens: true, libraryText: '读者证已挂失' };
  expect(await overview('o-1')).toMatchObject({ standing: 'waived', waiver: failed });
  dataOf(await cloud.order('onboarding.waive', waive));
  expect((await overview('o-1')).waiver).toEqual({ unlock: 'unlocking', libraryOpens: true });
  await cloud.beat();
  expect((await overview('o-1')).waiver).toEqual({ unlock: 'unlocked', libraryOpens: true });
  expect(await borrowing('freshman')).toBe(true);
});

it('a library that refuses some keeps the others from no beat', async () => {
  const who = ['freshman', 'secondFreshman', 'postgraduate', 'substitute', 'staff', 'none'] as const;
  refusing = true;
  try {
    for (const [i, name] of who.entries()) {
      await bind(cloud, name, `o-${i + 1}`);
      await sit(cloud, `o-${i + 1}`, BANK);
    }
    later(2 * MINUTE);
    await cloud.beat();
    expect((await unlock())!.map(({ tries }) => tries)).toEqual([2, 2, 2, 2, 2, 2]);
  } finally {
    refusing = false;
  }
});

it('a library that opens nothing itself is not asked, and what we hold back is opened', async () => {
  opensNothing = true;
  // what it can do is remembered for a while
  await cloud.restart();
  try {
    await bind(cloud, 'secondFreshman', 'o-1');
    const before = asked();
    await sit(cloud, 'o-1', BANK);
    const { pass, locked } = await overview('o-1');
    expect({ unlock: pass?.unlock, opens: pass?.libraryOpens, locked }).toEqual({
      unlock: 'unlocked',
      opens: false,
      locked: [],
    });
    expect(asked()).toBe(before);
  } finally {
    opensNothing = false;
    await cloud.restart();
  }
});

describe('the gate', () => {
  it('holds back a hold before the library is asked, until the pass; and never a renewal', async () => {
    await bind(cloud, 'freshman', 'o-1');
    const before = { ...spy.asked };
    expect(await hold('o-1')).toEqual({ status: 'refused', code: 'ONBOARDING_REQUIRED' });
    expect(spy.asked).toEqual(before);
    expect(dataOf(await cloud.call('holds.list', {}, 'o-1'))).toHaveProperty('holds');
    const renewed = dataOf(
      await cloud.call('loans.renew', { loanIds: ['no-such-loan'], requestId: tap() }, 'o-1'),
    );
    expect(JSON.stringify(renewed)).not.toContain('ONBOARDING_REQUIRED');
    expect(dataOf(await cloud.call('loans.renewAll', { requestId: tap() }, 'o-1'))).toMatchObject({
      outcomes: [],
    });
    await sit(cloud, 'o-1', BANK);
    // the library's own answer now
    expect(await hold('o-1')).toMatchObject({ status: 'refused', code: 'OTHER' });
  });

  it('is for whom the library says, and changes within half a minute at every instance', async () => {
    await bind(cloud, 'freshman', 'o-1');
    await bind(cloud, 'postgraduate', 'o-2');
    // of 2025 and of the staff
    await bind(cloud, 'substitute', 'o-3');
    await bind(cloud, 'staff', 'o-4');
    const codes = async () =>
      (await Promise.all(['o-1', 'o-2', 'o-3', 'o-4'].map((openid) => hold(openid)))).map(
        (step) => 'code' in step && step.code === 'ONBOARDING_REQUIRED',
      );
    expect(await codes()).toEqual([true, true, false, false]);
    await configure(cloud, { ...ASKED, requiredOf: [{ readerTypes: ['UG'], fromEntryYear: 2025 }] });
    expect(await codes()).toEqual([true, false, true, false]);
    await configure(cloud, { ...ASKED, services: ['borrowing'] });
    expect(await codes()).toEqual([false, false, false, false]);
    await configure(cloud, { ...ASKED, requiredOf: [{ fromEntryYear: 2000 }] });
    // whose year of entry is not known is exempt
    expect(await codes()).toEqual([true, true, true, false]);
    await configure(cloud, { mustRead: false });
    expect(await codes()).toEqual([false, false, false, false]);
    expect(await overview('o-1')).toMatchObject({ standing: 'exempt', locked: [] });
  });

  it('opens for who was let off, at the library too, and shuts when that is taken back', async () => {
    await bind(cloud, 'freshman', 'o-1');
    const { readerCode, standing } = await overview('o-1');
    expect(standing).toBe('required');
    dataOf(
      await cloud.order('onboarding.waive', { reader: readerCode, reason: 'came from elsewhere', on: true }),
    );
    expect(await hold('o-1')).not.toMatchObject({ code: 'ONBOARDING_REQUIRED', libraryText: undefined });
    expect(await overview('o-1')).toMatchObject({ standing: 'waived', locked: [] });
    await cloud.beat();
    expect(await borrowing('freshman')).toBe(true);
    expect(await hold('o-1')).toMatchObject({ code: 'OTHER' });
    dataOf(await cloud.order('onboarding.waive', { reader: readerCode, reason: 'was a mistake', on: false }));
    expect(await hold('o-1')).toEqual({ status: 'refused', code: 'ONBOARDING_REQUIRED' });
  });
});
