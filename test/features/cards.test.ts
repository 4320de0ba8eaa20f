import * as v from 'valibot';
import { readerApi } from '../../contracts';
import { dataOf, startLocalCloud, type LocalCloud } from '../support/local-cloud';
import { bind, fault, pinFor, proofOf, READERS, wrongPin } from './support/readers';

const MINUTE = 60_000;
let cloud: LocalCloud;
let people = 0;
/** A WeChat identity that nothing is known about. */
const stranger = (): string => `o-stranger-${++people}`;

beforeAll(async () => {
  cloud = await startLocalCloud();
}, 60_000);
afterAll(() => cloud.stop());
afterEach(() => {
  cloud.link.set('none');
  cloud.clock.set(Date.now());
});

const mine = async (openid: string, acknowledge?: string) =>
  dataOf(await cloud.call('cards.mine', { ...(acknowledge !== undefined && { acknowledge }) }, openid));
const send = (openid: string, proof: unknown) => cloud.send({ action: 'cards.bind', input: proof }, openid);
const denied = (code: string, more: object = {}) => ({
  ok: true,
  data: { denied: expect.objectContaining({ code, ...more }) },
});

describe('signing in', () => {
  it('tells how, and what the reader agrees to', async () => {
    expect(dataOf(await cloud.call('cards.methods', {}))).toEqual({ methods: ['pin'], consentVersion: 1 });
    const start = dataOf(await cloud.call('cards.start', { method: 'pin' }));
    expect(start).toMatchObject({
      kind: 'fields',
      fields: [
        { name: 'cardNumber', secret: false },
        { name: 'pin', secret: true },
      ],
    });
    expect(await cloud.call('cards.start', { method: 'sso' })).toEqual(fault('UNSUPPORTED'));
  });

  it('binds the right card, shows it masked, and shows it again', async () => {
    const openid = stranger();
    expect(await mine(openid)).toEqual({});
    const card = await bind(cloud, 'twenty', openid);
    expect(card).toMatchObject({
      maskedNumber: '******0020',
      maskedName: '读＊',
      readerType: { code: 'UG' },
      blocks: [],
    });
    const shown = await mine(openid);
    expect(v.is(readerApi['cards.mine'].output, shown)).toBe(true);
    expect(shown.card).toMatchObject({ ...card, state: 'fresh' });
    expect(dataOf(await cloud.call('cards.pass', {}, openid))).toMatchObject({
      cardNumber: READERS.twenty.cardNumber,
      name: READERS.twenty.name,
      symbology: 'code128',
    });
  });

  it.each([
    ['full-width digits', '２０２４１１００２０'],
    ['blanks', ' 2024 1100 20 '],
  ])('takes a card number with %s', async (_, cardNumber) => {
    const openid = stranger();
    const answer = dataOf(
      await cloud.call('cards.bind', { ...proofOf('twenty', { cardNumber }), replace: true }, openid),
    );
    expect(answer).toHaveProperty('card');
  });

  it.each([
    ['an old consent', { ...proofOf('none'), consentVersion: 0 }],
    ['a future consent', { ...proofOf('none'), consentVersion: 2 }],
    ['no consent', { ...proofOf('none'), consentVersion: undefined }],
    ['an empty card number', proofOf('none', { cardNumber: '' })],
    ['a blank card number', proofOf('none', { cardNumber: ' \u3000' })],
    ['an empty PIN', proofOf('none', { pin: '' })],
    ['a card number of 10,000 characters', proofOf('none', { cardNumber: '9'.repeat(10_000) })],
    ['a PIN of 10,000 characters', proofOf('none', { pin: '9'.repeat(10_000) })],
    ['a card number with a control character', proofOf('none', { cardNumber: '2026\r110003' })],
    ['a PIN with half a character', proofOf('none', { pin: '12\ud8003456' })],
    ['an emoji joined by invisible characters', proofOf('none', { cardNumber: '👩‍👩‍👧' })],
    ['a number as PIN', { ...proofOf('none'), answers: { cardNumber: '2026110003', pin: 135790 } }],
    ['no PIN', { ...proofOf('none'), answers: { cardNumber: '2026110003' } }],
    [
      'answers beyond the contract',
      { ...proofOf('none'), answers: { ...proofOf('none').answers, openid: 'o-forged' } },
    ],
    [
      'a PIN in the place of a name, which must not come into the log',
      { ...proofOf('none'), answers: { [pinFor('none')]: READERS.none.cardNumber } },
    ],
  ])('refuses %s without asking the library', async (_, proof) => {
    expect(await send(stranger(), proof)).toEqual(fault('BAD_REQUEST'));
  });

  it.each([
    ['an emoji', { cardNumber: '📚📚📚📚' }],
    ['what a line protocol would take apart', { cardNumber: '2026110003|AD|', pin: '1|AY' }],
    ['an operator of the database', { cardNumber: '{"$ne":null}' }],
  ])('answers %s as a wrong PIN', async (_, answers) => {
    expect(await send(stranger(), proofOf('none', answers))).toEqual(denied('BAD_PIN'));
  });

  it('takes nobody’s word for who is calling', async () => {
    const [caller, victim] = [stranger(), stranger()];
    const event = {
      action: 'cards.bind',
      input: proofOf('none'),
      openid: victim,
      OPENID: victim,
      userInfo: { openId: victim },
    };
    expect(await cloud.send(event, caller)).toMatchObject({ ok: true, data: { card: {} } });
    expect(await mine(victim)).toEqual({});
    expect((await mine(caller)).card).toBeDefined();
    await expect(cloud.send(event, '')).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
  });

  it.each(['expired', 'lost'] as const)(
    'passes on with the library’s words that a card is %s',
    async (who) => {
      const answer = await send(stranger(), proofOf(who));
      const code = who === 'lost' ? 'CARD_LOST' : 'EXPIRED';
      expect(answer).toEqual(denied(code, { libraryText: expect.any(String) }));
    },
  );
});

describe('attempts', () => {
  it('stop after three, for the identity, with the time of the next, over a restart', async () => {
    const openid = stranger();
    const wrong = proofOf('guesser', { pin: wrongPin('guesser') });
    expect(await send(openid, wrong)).toEqual(denied('BAD_PIN', { libraryText: expect.any(String) }));
    expect(await send(openid, wrong)).toEqual(denied('BAD_PIN'));
    expect(await send(openid, wrong)).toEqual(denied('BAD_PIN', { retryAt: expect.any(String) }));
    const refused = denied('TOO_MANY_ATTEMPTS', { retryAt: expect.any(String) });
    expect(await send(openid, proofOf('guesser'))).toEqual(refused);
    // another card by the same identity, the same card by another identity, other spellings of it
    expect(await send(openid, proofOf('substitute'))).toEqual(refused);
    expect(await send(stranger(), proofOf('guesser'))).toEqual(refused);
    for (const cardNumber of [
      '２０２４-1100-13',
      '٢٠٢٤١١٠٠١٣',
      '𝟤𝟢𝟤𝟦𝟣𝟣𝟢𝟢𝟣𝟥',
      '202411००13',
      '2024110013\u0301',
    ]) {
      expect(await send(stranger(), proofOf('guesser', { cardNumber }))).toEqual(refused);
    }
    // erasing all does not buy another three
    await cloud.call('privacy.erase', { confirm: true }, openid);
    await cloud.restart();
    expect(await send(openid, proofOf('guesser'))).toEqual(refused);
    cloud.clock.set(Date.now() + 31 * MINUTE);
    expect(await send(openid, proofOf('guesser'))).toMatchObject({ ok: true, data: { card: {} } });
  });

  it('are at most three from many at once: the library’s own lock is never reached', async () => {
    const crowd = Array.from({ length: 30 }, stranger);
    const wrong = proofOf('substitute', { pin: wrongPin('substitute') });
    const answers = await Promise.all(crowd.map((openid) => send(openid, wrong)));
    const asked = answers.filter((answer) => JSON.stringify(answer).includes('BAD_PIN'));
    expect(asked.length).toBeLessThanOrEqual(3);
    for (const answer of answers) expect(JSON.stringify(answer)).toMatch(/BAD_PIN|TOO_MANY_ATTEMPTS|BUSY/);
    cloud.clock.set(Date.now() + 31 * MINUTE);
    expect(await send(stranger(), proofOf('substitute'))).toMatchObject({ ok: true, data: { card: {} } });
  });

  it('never lock a card at the library, however patient somebody is', async () => {
    const answers: string[] = [];
    for (let i = 0; i < 12; i++) {
      cloud.clock.set(Date.now() + i * 31 * MINUTE);
      answers.push(
        JSON.stringify(await send(stranger(), proofOf('department', { pin: wrongPin('department') }))),
      );
    }
    expect(answers.filter((answer) => answer.includes('BAD_PIN'))).toHaveLength(4);
    expect(answers.join()).not.toContain('LOCKED');
    cloud.clock.set(Date.now() + 26 * 60 * MINUTE);
    await bind(cloud, 'department', stranger());
  });

  it('are not used up by right ones, nor by a library that was never reached', async () => {
    const openid = stranger();
    for (let i = 0; i < 5; i++) await bind(cloud, 'debtor', openid);
    cloud.link.set('offline');
    for (let i = 0; i < 5; i++)
      expect(await send(openid, proofOf('debtor'))).toEqual(fault('LIBRARY_UNREACHABLE', true));
    cloud.link.set('none');
    await bind(cloud, 'debtor', openid);
  });

  it('count when the answer was lost, for the library may have counted', async () => {
    const openid = stranger();
    await cloud.call('cards.methods', {}, openid);
    cloud.link.set('drop-after-write');
    for (let i = 0; i < 3; i++)
      expect(await send(openid, proofOf('staff'))).toEqual(fault('LIBRARY_UNREACHABLE', true));
    cloud.link.set('none');
    expect(await send(openid, proofOf('staff'))).toEqual(denied('TOO_MANY_ATTEMPTS'));
    expect(await mine(openid)).toEqual({});
    cloud.clock.set(Date.now() + 31 * MINUTE);
    expect(await send(openid, proofOf('staff'))).toMatchObject({ ok: true, data: { card: {} } });
  });
});

describe('a card bound elsewhere', () => {
  it('moves only when it is proved again, and the old identity is told once', async () => {
    const [before, after] = [stranger(), stranger()];
    const card = await bind(cloud, 'waiting', before);
    expect(dataOf(await cloud.call('cards.bind', proofOf('waiting'), after))).toEqual({
      elsewhere: { boundAt: card.boundAt },
    });
    expect((await mine(before)).card).toBeDefined();
    const wrong = { ...proofOf('waiting', { pin: wrongPin('waiting') }), replace: true };
    expect(await send(after, wrong)).toEqual(denied('BAD_PIN'));
    expect((await mine(before)).card).toBeDefined();
    expect(await send(after, { ...proofOf('waiting'), replace: true })).toMatchObject({
      ok: true,
      data: { card: {} },
    });
    const told = await mine(before);
    expect(told).toEqual({ endedElsewhere: { at: expect.any(String) } });
    expect(await cloud.call('holds.list', {}, before)).toEqual(fault('CARD_NOT_BOUND'));
    const { at } = told.endedElsewhere!;
    // what came in its place is not taken for read
    expect(await mine(before, new Date(Date.parse(at) - 1).toISOString())).toEqual(told);
    expect(await mine(before, at)).toEqual({});
    expect(await mine(before)).toEqual({});
  });

  it('is had by one of two who bind it in the same moment', async () => {
    const two = [stranger(), stranger()];
    const answers = await Promise.all(two.map((openid) => send(openid, proofOf('hard'))));
    const bound = answers.filter((answer) => JSON.stringify(answer).includes('"card"'));
    expect(bound).toHaveLength(1);
    const cards = await Promise.all(two.map(async (openid) => (await mine(openid)).card));
    expect(cards.filter(Boolean)).toHaveLength(1);
  });
});

describe('a bound card', () => {
  it('is shown as it was when the library is away, and says so', async () => {
    const openid = stranger();
    await bind(cloud, 'promoted', openid);
    cloud.link.set('offline');
    expect((await mine(openid)).card).toMatchObject({ state: 'stale', maskedNumber: '******0007' });
    expect(await cloud.call('cards.pass', {}, openid)).toEqual(fault('LIBRARY_UNREACHABLE', true));
  });

  it('that has expired meanwhile says so everywhere, with the library’s words', async () => {
    const openid = stranger();
    await bind(cloud, 'expiring', openid);
    cloud.clock.set(Date.now() + 10 * 86_400_000);
    const { card } = await mine(openid);
    expect(card).toMatchObject({
      state: 'stale',
      blocks: [{ code: 'EXPIRED', libraryText: expect.any(String) }],
    });
    for (const action of ['loans.list', 'holds.list', 'fines.list'] as const) {
      expect(dataOf(await cloud.call(action, {}, openid))).toMatchObject({ denied: { code: 'EXPIRED' } });
    }
    const all = dataOf(await cloud.call('loans.renewAll', { requestId: 'expired-all-1' }, openid));
    expect(all).toMatchObject({ outcomes: [], denied: { code: 'EXPIRED' } });
    expect(await cloud.call('cards.pass', {}, openid)).toEqual(fault('NOT_FOUND'));
  });

  it.each([
    ['lost', 'CARD_LOST'],
    ['frozen', 'LOCKED'],
  ] as const)(
    'that was %s meanwhile is refused in the library’s words, and nothing is renewed',
    async (cardState, code) => {
      const openid = stranger();
      const { ref } = READERS.department;
      await cloud.call('cards.bind', { ...proofOf('department'), replace: true }, openid);
      const before = await cloud.library.loans!.list({ ref });
      await cloud.library.counter.changeCard(ref, { cardState });
      try {
        const denial = { denied: { code, libraryText: expect.any(String) as string } };
        for (const action of ['loans.list', 'holds.list', 'fines.list'] as const) {
          expect(dataOf(await cloud.call(action, {}, openid))).toMatchObject(denial);
        }
        const requestId = `meanwhile-${cardState}`;
        const all = dataOf(await cloud.call('loans.renewAll', { requestId }, openid));
        expect(all).toMatchObject({ outcomes: [], ...denial });
      } finally {
        await cloud.library.counter.changeCard(ref, { cardState: 'ok' });
      }
      expect(await cloud.library.loans!.list({ ref })).toEqual(before);
      expect((await mine(openid)).card).toMatchObject({ state: 'fresh' });
      await cloud.call('cards.unbind', {}, openid);
    },
  );

  it('can be taken off, again and again', async () => {
    const openid = stranger();
    await bind(cloud, 'blocked', openid);
    for (let i = 0; i < 2; i++)
      expect(await cloud.call('cards.unbind', {}, openid)).toEqual({ ok: true, data: {} });
    expect(await mine(openid)).toEqual({});
    expect(await cloud.call('cards.pass', {}, openid)).toEqual(fault('CARD_NOT_BOUND'));
  });

  it('is read with a new key as with the old one, and is shown from the library when the key is gone', async () => {
    const openid = stranger();
    await bind(cloud, 'blocked', openid);
    const [old, next] = [cloud.dataKeys(), `k2:${cloud.newDataKey()}`];
    await cloud.restart({ SHUTONG_DATA_KEYS: `${next},${old}` });
    cloud.link.set('offline');
    expect((await mine(openid)).card).toMatchObject({ state: 'stale', maskedNumber: '******0009' });
    await cloud.restart({ SHUTONG_DATA_KEYS: next });
    expect(await cloud.call('cards.mine', {}, openid)).toEqual(fault('LIBRARY_UNREACHABLE', true));
    cloud.link.set('none');
    expect((await mine(openid)).card).toMatchObject({ state: 'fresh' });
  });
});

it.each([
  ['cards.pass', {}],
  ['loans.list', {}],
  ['loans.renew', { loanIds: ['l1'], requestId: 'no-card-0001' }],
  ['loans.renewAll', { requestId: 'no-card-0002' }],
  ['loans.renewScanned', { text: '123456', requestId: 'no-card-0003' }],
  ['holds.list', {}],
  ['holds.pickupPlaces', { target: { bibId: 'b1' } }],
  ['holds.place', { target: { bibId: 'b1' }, requestId: 'no-card-0004' }],
  ['holds.cancel', { holdId: 'h1', requestId: 'no-card-0005' }],
  ['fines.list', {}],
  ['history.list', {}],
  ['history.switch', { on: true }],
  ['history.export', {}],
  ['history.erase', { confirm: true }],
])('%s without a card is CARD_NOT_BOUND', async (action, input) => {
  expect(await cloud.send({ action, input }, 'o-without-card')).toEqual(fault('CARD_NOT_BOUND'));
});

it('logs no card number, PIN, name or identity', () => {
  const text = cloud.logs.join('\n');
  expect(text).toContain('cards.bind');
  for (const who of Object.keys(READERS) as (keyof typeof READERS)[]) {
    for (const secret of [READERS[who].cardNumber, READERS[who].name, pinFor(who)])
      expect(text).not.toContain(secret);
  }
  expect(text).not.toMatch(/o-stranger|135790|２０２４/);
});
