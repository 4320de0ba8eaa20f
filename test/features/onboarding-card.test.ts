import { dataOf, startLocalCloud, type LocalCloud } from '../support/local-cloud';
import { ASKED, begin, configure, makeBank, publish, read, sit, yearAtHome } from './support/onboarding';
import { readDatabase, removeDocument } from './support/read-database';
import { bind, fault, proofOf, READERS } from './support/readers';

jest.setTimeout(120_000);

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const BANK = makeBank();
let cloud: LocalCloud;

beforeAll(async () => {
  cloud = await startLocalCloud();
  await publish(cloud, BANK);
  await configure(cloud, ASKED);
}, 120_000);
afterAll(() => cloud.stop());

const later = (ms: number): void => cloud.clock.set(cloud.clock.now() + ms);
const overview = async (openid: string) => dataOf(await cloud.call('onboarding.overview', {}, openid));
const exported = async (openid: string) => dataOf(await cloud.call('privacy.export', {}, openid)).collections;
const erase = async (openid: string) => dataOf(await cloud.call('privacy.erase', { confirm: true }, openid));
const withoutTime = ({ now: _, ...rest }: Awaited<ReturnType<typeof overview>>) => rest;

describe('what belongs to the card', () => {
  it('is not begun anew by unbinding: neither progress, nor failures, nor the pause', async () => {
    await bind(cloud, 'freshman', 'o-a');
    await read(cloud, 'o-a', ['hours']);
    for (let i = 0; i < 3; i++) await sit(cloud, 'o-a', BANK, 'wrong');
    const before = withoutTime(await overview('o-a'));
    expect(before).toMatchObject({ failures: 3, pausedUntil: expect.any(String) });
    dataOf(await cloud.call('cards.unbind', {}, 'o-a'));
    expect(await cloud.call('onboarding.overview', {}, 'o-a')).toEqual(fault('CARD_NOT_BOUND'));
    await bind(cloud, 'freshman', 'o-a');
    expect(withoutTime(await overview('o-a'))).toEqual(before);
    expect(dataOf(await cloud.call('onboarding.begin', {}, 'o-a'))).toMatchObject({ refused: 'PAUSED' });
  });

  it('is the same for another identity that has bound it, and gone for the first', async () => {
    const before = withoutTime(await overview('o-a'));
    dataOf(await cloud.call('cards.bind', { ...proofOf('freshman'), replace: true }, 'o-b'));
    expect(withoutTime(await overview('o-b'))).toEqual(before);
    expect(await cloud.call('onboarding.overview', {}, 'o-a')).toEqual(fault('CARD_NOT_BOUND'));
    // another card at the identity of before shows nothing of the first
    await bind(cloud, 'secondFreshman', 'o-a');
    expect(await overview('o-a')).toMatchObject({ failures: 0, standing: 'required' });
    expect((await overview('o-a')).readerCode).not.toBe(before.readerCode);
  });

  it('ends no pause when all is erased, and nothing else of it is kept', async () => {
    const { pausedUntil, readerCode, lastAttemptId } = await overview('o-b');
    const { erased, kept } = await erase('o-b');
    expect(erased).toMatchObject({ onboarding_readers: 1, onboarding_attempts: 3 });
    expect(Object.keys(kept)).toEqual(expect.arrayContaining(['papers', 'erasures']));
    await bind(cloud, 'freshman', 'o-b');
    const after = await overview('o-b');
    expect(after).toMatchObject({ readerCode, failures: 3, pausedUntil });
    expect(after).not.toHaveProperty('lastAttemptId');
    expect(after.modules.some(({ cards }) => cards > 0)).toBe(false);
    expect(await cloud.call('onboarding.result', { attemptId: lastAttemptId! }, 'o-b')).toEqual(
      fault('NOT_FOUND'),
    );
    later(10 * MINUTE);
    // papers are numbered on: no paper comes twice for having been erased
    expect((await begin(cloud, 'o-b')).attemptId).toMatch(/-4$/);
  });

  it('comes not twice, with all its time, for having been erased while it is open', async () => {
    await bind(cloud, 'none', 'o-open');
    const first = await begin(cloud, 'o-open');
    later(25 * MINUTE);
    const { kept } = await erase('o-open');
    expect(Object.keys(kept)).toContain('papers');
    await bind(cloud, 'none', 'o-open');
    expect(await overview('o-open')).toMatchObject({ failures: 1 });
    const second = await begin(cloud, 'o-open');
    expect(second.attemptId).toMatch(/-2$/);
    expect(second.items).not.toEqual(first.items);
    await erase('o-open');
  });

  it('is erased whole when no paper failed of late', async () => {
    later(DAY + MINUTE);
    await cloud.beat();
    await erase('o-b');
    later(DAY + MINUTE);
    await cloud.beat();
    const stored = await readDatabase(cloud.url());
    const codes = stored['onboarding_readers']!.map(({ readerCode }) => readerCode);
    await bind(cloud, 'freshman', 'o-b');
    expect(codes).not.toContain((await overview('o-b')).readerCode);
    expect(await overview('o-b')).toMatchObject({ failures: 0 });
  });
});

describe('export and erasure', () => {
  it('show everything of the card, with what is sealed opened, and take all of it', async () => {
    const open = await begin(cloud, 'o-a');
    expect((await exported('o-a'))['onboarding_attempts']).toEqual([
      expect.objectContaining({ _id: open.attemptId, ref: READERS.secondFreshman.ref, state: 'open' }),
    ]);
    // the answers of the open paper do not stand in it: neither the key nor the options by their ids
    const told = JSON.stringify(await exported('o-a'));
    expect(told).not.toContain('hours-a-');
    expect(told).not.toContain('"order"');
    expect(told).not.toContain('"answer":');
    const { passed } = await sit(cloud, 'o-a', BANK);
    expect(passed).toBe(true);
    const { code } = dataOf(await cloud.call('onboarding.certificate', {}, 'o-a'));
    const { readerCode } = await overview('o-a');
    dataOf(
      await cloud.order('onboarding.extraTime', { reader: readerCode, reason: 'reads slowly', minutes: 15 }),
    );
    const mine = await exported('o-a');
    expect(Object.keys(mine)).toEqual(
      expect.arrayContaining([
        'onboarding_readers',
        'onboarding_attempts',
        'onboarding_certificates',
        'onboarding_unlocks',
        'audit',
      ]),
    );
    expect(mine['audit']).toEqual([
      expect.objectContaining({ action: 'onboarding.extraTime', by: 'desk-1' }),
    ]);
    expect(await exported('o-c')).not.toHaveProperty('onboarding_readers');
    const other = JSON.stringify(await exported('o-b'));
    expect(other).not.toContain(readerCode);

    expect(await cloud.ask(code)).toEqual({ ok: true, data: { valid: true, year: yearAtHome(cloud) } });
    const { erased } = await erase('o-a');
    expect(erased).toMatchObject({
      bindings: 1,
      onboarding_readers: 1,
      onboarding_attempts: 1,
      onboarding_certificates: 1,
      onboarding_unlocks: 1,
      audit: 1,
    });
    const text = JSON.stringify(await readDatabase(cloud.url()));
    expect(text).not.toContain(readerCode);
    expect(text).not.toContain(code.replaceAll('-', ''));
    expect(text).toContain('reads slowly');
    expect(await cloud.ask(code)).toEqual({ ok: true, data: { valid: false } });
    // asked for again, as the page has said
    await bind(cloud, 'secondFreshman', 'o-a');
    expect((await overview('o-a')).standing).toBe('required');
  });

  it('leave nothing of a call that is on its way while all is erased', async () => {
    await bind(cloud, 'postgraduate', 'o-d');
    await Promise.all([
      ...Array.from({ length: 10 }, () => cloud.call('onboarding.begin', {}, 'o-d')),
      cloud.call('privacy.erase', { confirm: true }, 'o-d'),
      ...Array.from({ length: 10 }, () => cloud.call('onboarding.overview', {}, 'o-d')),
    ]);
    const stored = await readDatabase(cloud.url());
    const keys = stored['onboarding_readers']!.map(({ _id }) => _id);
    for (const name of ['onboarding_attempts', 'onboarding_certificates', 'onboarding_unlocks']) {
      const orphans = stored[name]!.filter(({ _id, owner }) => !keys.includes(owner ?? _id));
      expect({ name, orphans }).toEqual({ name, orphans: [] });
    }
    expect(stored['onboarding_readers']!.map(({ college }) => college)).not.toContain(undefined);
    expect(await cloud.call('onboarding.overview', {}, 'o-d')).toEqual(fault('CARD_NOT_BOUND'));
  });
});

it('keeps no card number, name or reference in plain text, and logs none', async () => {
  await bind(cloud, 'postgraduate', 'o-plain');
  await begin(cloud, 'o-plain');
  const stored = await readDatabase(cloud.url());
  const { bindings: _, ...others } = stored;
  const text = JSON.stringify(others);
  const logs = cloud.logs.join('\n');
  expect(logs).toContain('onboarding.begin');
  for (const who of ['freshman', 'secondFreshman', 'postgraduate'] as const) {
    const { cardNumber, name, ref } = READERS[who];
    for (const secret of [cardNumber, name, `"${ref}"`]) {
      expect(text).not.toContain(secret);
      expect(logs).not.toContain(secret);
    }
  }
  for (const { readerCode, _id } of stored['onboarding_readers']! as { readerCode: string; _id: string }[]) {
    expect(logs).not.toContain(readerCode);
    expect(logs).not.toContain(_id);
  }
});

it('removes open papers that an erasure left behind when it was cut off, so that they keep no other waiting', async () => {
  await bind(cloud, 'none', 'o-cut');
  const { attemptId } = await begin(cloud, 'o-cut');
  const papers = (await readDatabase(cloud.url()))['onboarding_attempts']!;
  const { owner } = papers.find(({ _id }) => _id === attemptId) as { owner: string };
  await removeDocument(cloud.url(), 'onboarding_readers', owner);
  later(31 * MINUTE);
  expect(await cloud.beat()).toEqual({ done: true });
  const left = (await readDatabase(cloud.url()))['onboarding_attempts']!.map(({ _id }) => _id);
  expect(left).not.toContain(attemptId);
});
