import type { PatronAccess, Refusal } from '../../library-systems/circulation';
import type { LibrarySystem } from '../../library-systems/library-system';
import { dataOf, startLocalCloud, type LocalCloud } from '../support/local-cloud';
import { bind, fault, pinFor, proofOf, READERS, tap } from './support/readers';
import { openReports } from './support/reports';

const HOUR = 3_600_000;
const TOKEN = 'session-token-that-nobody-may-see';
/** What the library gives a reader who goes on studying; the reference stays. */
const NEW_NUMBER = '2029310007';
const CAPTCHA = 'data:image/png;base64,iVBORw0KGgo=';

/** The library has ended all sessions before their time. */
let ended = false;

/** In whose name the library was asked, as it saw it. */
const seen: PatronAccess[] = [];

/** The demo library as a system that works with sessions and signs in by captcha or single sign-on, too. */
function withSessions(library: LibrarySystem, afterBinding: 'session' | 'ask-each-time'): LibrarySystem {
  const signIn = library.signIn!;
  const checked =
    <R>(operation: (access: PatronAccess) => Promise<R>) =>
    async (access: PatronAccess): Promise<R | Refusal> => {
      seen.push(access);
      return ended ? { denied: { code: 'SIGN_IN_AGAIN', libraryText: '登录已失效' } } : operation(access);
    };
  return {
    ...library,
    afterBinding,
    signIn: {
      methods: ['pin', 'captcha-pin', 'sso'],
      start: async (method) => {
        if (method === 'pin') return signIn.start(method);
        if (method === 'sso') return { kind: 'sso', ssoUrl: 'https://sso.example.edu.cn/', state: 's-1' };
        return {
          kind: 'captcha',
          fields: [{ name: 'captcha', secret: false }],
          captchaImage: CAPTCHA,
          state: 'c-1',
        };
      },
      complete: async ({ method, answers, state }) => {
        // after some wrong PINs the site wants to see a person, whatever was tried
        if (method === 'pin' && answers.pin === 'guess') return { denied: { code: 'NEED_CAPTCHA' } };
        if (method === 'captcha-pin' && (answers.captcha !== '7xk2' || state !== 'c-1'))
          return { denied: { code: 'NEED_CAPTCHA' } };
        if (method === 'sso' && answers.ticket !== 'ST-1') return { denied: { code: 'OTHER' } };
        const pin = { cardNumber: READERS.staff.cardNumber, pin: pinFor('staff') };
        const proof = await signIn.complete({ method: 'pin', answers: method === 'sso' ? pin : answers });
        if ('denied' in proof) return proof;
        const expiresAt = new Date(Date.now() + HOUR).toISOString();
        return { ...proof, session: { token: TOKEN, expiresAt } };
      },
    },
    loans: { ...library.loans!, list: checked(library.loans!.list) },
    patrons: {
      patron: checked(async (access) => {
        const patron = await library.patrons!.patron(access);
        const renumbered = patron && !('denied' in patron) && access.ref === READERS.promoted.ref;
        return renumbered ? { ...patron, cardNumber: NEW_NUMBER } : patron;
      }),
    },
  };
}

describe.each(['session', 'ask-each-time'] as const)('a library that works by %s', (afterBinding) => {
  let cloud: LocalCloud;
  beforeAll(async () => {
    cloud = await startLocalCloud({ wrap: (library) => withSessions(library, afterBinding) });
  }, 60_000);
  afterAll(() => cloud.stop());
  afterEach(() => {
    cloud.clock.set(Date.now());
    ended = false;
    seen.length = 0;
  });

  it('signs in by captcha and by single sign-on, with what belongs to the conversation', async () => {
    expect(dataOf(await cloud.call('cards.methods', {})).methods).toEqual(['pin', 'captcha-pin', 'sso']);
    const captcha = dataOf(await cloud.call('cards.start', { method: 'captcha-pin' }));
    if (captcha.kind !== 'captcha') throw new Error(captcha.kind);
    expect(captcha.captchaImage).toBe(CAPTCHA);
    const { answers, consentVersion } = proofOf('twenty');
    const proof = { method: 'captcha-pin' as const, consentVersion, state: captcha.state };
    const wrong = { ...proof, answers: { ...answers, captcha: 'oooo' } };
    // no PIN was tried by that, so it may happen more than three times
    for (let i = 0; i < 5; i++) {
      expect(await cloud.call('cards.bind', wrong, 'o-c')).toEqual({
        ok: true,
        data: { denied: { code: 'NEED_CAPTCHA' } },
      });
    }
    expect(await cloud.call('cards.bind', { ...proof, answers }, 'o-c')).toEqual(fault('BAD_REQUEST'));
    // full-width, as Chinese keyboards have it
    const right = { ...proof, answers: { ...answers, captcha: ' ７ｘｋ２' } };
    expect(await cloud.call('cards.bind', right, 'o-c')).toMatchObject({ ok: true, data: { card: {} } });

    const sso = dataOf(await cloud.call('cards.start', { method: 'sso' }));
    if (sso.kind !== 'sso') throw new Error(sso.kind);
    const ticket = { method: 'sso' as const, consentVersion, state: sso.state, answers: { ticket: 'ST-1' } };
    expect(await cloud.call('cards.bind', ticket, 'o-s')).toMatchObject({ ok: true, data: { card: {} } });
  });

  it('counts a PIN that was sent without a captcha, though the library then asks for one', async () => {
    const guess = proofOf('substitute', { pin: 'guess' });
    for (let i = 0; i < 3; i++) {
      expect(await cloud.call('cards.bind', guess, 'o-g')).toMatchObject({
        ok: true,
        data: { denied: { code: 'NEED_CAPTCHA' } },
      });
    }
    expect(await cloud.call('cards.bind', guess, 'o-g')).toMatchObject({
      ok: true,
      data: { denied: { code: 'TOO_MANY_ATTEMPTS' } },
    });
  });

  it('is asked with the session while it lasts, and the reader to sign in again after it', async () => {
    await bind(cloud, 'hard', 'o-1');
    const listed = await cloud.call('loans.list', {}, 'o-1');
    if (afterBinding === 'session') {
      expect(listed).toMatchObject({ ok: true, data: { state: 'fresh' } });
      expect(seen).toEqual([{ ref: READERS.hard.ref, session: TOKEN }]);
      // what lasts for minutes is a promise for a report of the year only where that is made at once
      const { putSeason } = await openReports(cloud);
      for (const stage of ['open', 'published'] as const) {
        await putSeason({ stage });
        const { sources } = dataOf(await cloud.call('report.overview', {}, 'o-1'));
        expect(sources.library).toBe(stage === 'published');
      }
      ended = true;
      for (const action of ['loans.list', 'cards.pass'] as const) {
        expect(await cloud.call(action, {}, 'o-1')).toEqual(fault('SIGN_IN_AGAIN'));
      }
      expect(await cloud.call('loans.renewAll', { requestId: tap() }, 'o-1')).toEqual(fault('SIGN_IN_AGAIN'));
      ended = false;
      cloud.clock.set(Date.now() + 2 * HOUR);
      expect(await cloud.call('loans.list', {}, 'o-1')).toEqual(fault('SIGN_IN_AGAIN'));
    } else {
      expect(listed).toEqual(fault('SIGN_IN_AGAIN'));
    }
    expect(await cloud.call('loans.renewAll', { requestId: tap() }, 'o-1')).toEqual(fault('SIGN_IN_AGAIN'));
    expect(await cloud.call('cards.pass', {}, 'o-1')).toEqual(fault('SIGN_IN_AGAIN'));
    expect(dataOf(await cloud.call('cards.mine', {}, 'o-1')).card).toMatchObject({
      state: 'stale',
      maskedName: '读＊',
    });
  });

  it('does not lose a reader whose card number has changed', async () => {
    expect((await bind(cloud, 'promoted', 'o-3')).maskedNumber).toBe('******0007');
    if (afterBinding === 'session') {
      expect(dataOf(await cloud.call('cards.pass', {}, 'o-3')).cardNumber).toBe(NEW_NUMBER);
      expect(await cloud.call('loans.list', {}, 'o-3')).toMatchObject({ ok: true, data: { state: 'fresh' } });
    }
    // proved again under whatever number, it is the same card
    const other = await cloud.call('cards.bind', proofOf('promoted'), 'o-4');
    expect(other).toMatchObject({ ok: true, data: { elsewhere: {} } });
  });

  it('shows its session to nobody, its owner included', async () => {
    await bind(cloud, 'debtor', 'o-2');
    const { collections } = dataOf(await cloud.call('privacy.export', {}, 'o-2'));
    expect(collections['bindings']?.[0]?.['session']).toEqual(expect.stringContaining('not shown'));
    expect(JSON.stringify(collections) + cloud.logs.join()).not.toContain(TOKEN);
  });
});

it('without its keys the desk says so, its log says which, and searching goes on', async () => {
  const cloud = await startLocalCloud();
  try {
    await cloud.restart({ SHUTONG_DATA_KEYS: 'k1:too-short' });
    for (const action of ['cards.mine', 'loans.list', 'privacy.export'] as const) {
      expect(await cloud.call(action, {}, 'o-1')).toEqual(fault('NOT_CONFIGURED'));
    }
    expect((await cloud.call('catalog.search', { text: '三体' })).ok).toBe(true);
    expect(cloud.logs.join('\n')).toContain('set SHUTONG_DATA_KEYS');
    expect(cloud.logs.join('\n')).not.toContain('too-short');
  } finally {
    await cloud.stop();
  }
}, 60_000);
