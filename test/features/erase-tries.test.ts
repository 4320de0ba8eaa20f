import { dataOf, startLocalCloud, type LocalCloud } from '../support/local-cloud';
import { readDatabase } from './support/read-database';
import { bind, fault, proofOf, wrongPin, type ReaderName } from './support/readers';

jest.setTimeout(60_000);

const MINUTE = 60_000;
const DAY = 86_400_000;
let cloud: LocalCloud;

/** @param timers what they start changes what is stored */
async function start({ timers }: { timers: boolean }): Promise<void> {
  await cloud?.stop();
  cloud = await startLocalCloud({ timers });
}

beforeAll(() => start({ timers: false }), 60_000);
afterEach(() => cloud.reset());
afterAll(() => cloud.stop());

const guess = async (who: ReaderName, openid: string): Promise<string> =>
  JSON.stringify(await cloud.call('cards.bind', proofOf(who, { pin: wrongPin(who) }), openid));
const erase = async (openid: string) => dataOf(await cloud.call('privacy.erase', { confirm: true }, openid));
const stored = async () => (await readDatabase(cloud.url()))['attempts']!;

describe('erasing does not help to guess', () => {
  it('one identity that tries many cards and erases after each try', async () => {
    const answers: string[] = [];
    for (const who of ['twenty', 'debtor', 'none', 'hard', 'staff'] as const) {
      answers.push(await guess(who, 'o-sprayer'));
      await cloud.call('privacy.erase', { confirm: true }, 'o-sprayer');
    }
    expect(answers.filter((answer) => answer.includes('BAD_PIN'))).toHaveLength(3);
    expect(answers.slice(3).every((answer) => answer.includes('TOO_MANY_ATTEMPTS'))).toBe(true);
  });

  it('many identities that try one card and erase after each try', async () => {
    const answers: string[] = [];
    for (let i = 0; i < 6; i++) {
      answers.push(await guess('twenty', `o-one-of-many-${i}`));
      await erase(`o-one-of-many-${i}`);
    }
    expect(answers.filter((answer) => answer.includes('BAD_PIN'))).toHaveLength(3);
    expect(answers.slice(3).every((answer) => answer.includes('TOO_MANY_ATTEMPTS'))).toBe(true);
  });

  it('a try that is on its way while its identity erases', async () => {
    const answers = await Promise.all([
      ...['twenty', 'debtor', 'none', 'hard', 'staff', 'promoted'].map((who) =>
        guess(who as ReaderName, 'o-racer'),
      ),
      ...Array.from({ length: 3 }, async () => JSON.stringify(await erase('o-racer'))),
    ]);
    expect(answers.filter((answer) => answer.includes('BAD_PIN')).length).toBeLessThanOrEqual(3);
    expect(await guess('lost', 'o-racer')).toContain('TOO_MANY_ATTEMPTS');
  });

  it('nor to get round the other limits: it may be done only so often', async () => {
    for (let i = 0; i < 5; i++) await erase('o-eager');
    expect(await cloud.call('privacy.erase', { confirm: true }, 'o-eager')).toEqual(fault('BUSY', true));
    await erase('o-calm');
    cloud.clock.set(Date.now() + 10 * MINUTE);
    await erase('o-eager');
  });
});

describe('what still counts is told, and goes when it counts no longer', () => {
  it('by itself, though nobody calls', async () => {
    await start({ timers: true });
    const began = Date.now();
    await guess('twenty', 'o-once');
    const { erased, kept } = await erase('o-once');
    expect(erased).not.toHaveProperty('attempts');
    const [signIns, cards, erasures] = [kept.signIns, kept.cards, kept.erasures].map((at) => Date.parse(at!));
    for (const [until, span] of [
      [signIns!, 30 * MINUTE],
      [cards!, DAY],
      [erasures!, 10 * MINUTE],
    ] as const) {
      expect(until - span).toBeGreaterThanOrEqual(began);
      expect(until - span).toBeLessThanOrEqual(Date.now());
    }
    expect((await stored()).map(({ _id }) => String(_id).split(':')[0]).sort()).toEqual([
      'card',
      'erasure',
      'identity',
    ]);
    await cloud.passTimeTo(signIns! - MINUTE);
    expect((await stored()).map(({ _id }) => String(_id).split(':')[0]).sort()).toEqual(['card', 'identity']);
    await cloud.passTimeTo(signIns! + 10 * MINUTE);
    expect((await stored()).map(({ _id }) => String(_id).split(':')[0])).toEqual(['card']);
    expect(JSON.stringify(await readDatabase(cloud.url()))).not.toContain('o-once');
    await cloud.passTimeTo(cards! + 10 * MINUTE);
    const { message_work: ofNobody, ...others } = await readDatabase(cloud.url());
    expect(Object.values(others).flat()).toEqual([]);
    // what the library says of itself, and by day that its shelves were looked at
    expect([
      [{ _id: 'library', name: expect.any(String), timeZone: 'Asia/Shanghai' }],
      [expect.objectContaining({ _id: 'library' }), { _id: 'shelves', startedAt: expect.any(Number) }],
    ]).toContainEqual(ofNobody);
  });

  it('at once, what limits nobody any more', async () => {
    await start({ timers: false });
    await guess('twenty', 'o-later');
    cloud.clock.set(Date.now() + 31 * MINUTE);
    expect(await stored()).toHaveLength(2);
    const { erased, kept } = await erase('o-later');
    expect(erased).toMatchObject({ attempts: 1 });
    expect(Object.keys(kept)).toEqual(['erasures']);
    expect((await stored()).map(({ _id }) => String(_id).split(':')[0]).sort()).toEqual(['card', 'erasure']);
  });

  it('is shown in an export while it is there, and to its owner only', async () => {
    await guess('twenty', 'o-asks');
    await erase('o-asks');
    const { collections } = dataOf(await cloud.call('privacy.export', {}, 'o-asks'));
    expect(collections['attempts']).toEqual([
      { what: 'signIn', at: expect.any(Number) },
      { what: 'erasure', at: expect.any(Number) },
    ]);
    expect(dataOf(await cloud.call('privacy.export', {}, 'o-else')).collections).not.toHaveProperty(
      'attempts',
    );
  });

  it('does not keep a reader from coming back', async () => {
    await bind(cloud, 'twenty', 'o-back');
    const { erased, kept } = await erase('o-back');
    expect(erased).toMatchObject({ bindings: 1 });
    expect(Object.keys(kept)).toEqual(['erasures']);
    await bind(cloud, 'twenty', 'o-back');
  });
});

it('no client starts what timers start', async () => {
  const event = { Type: 'Timer', TriggerName: 'beat', Time: new Date().toISOString() };
  await expect(cloud.send(event, 'o-client', 'jobs')).rejects.toThrow('do not let a client call jobs');
});
