import { randomBytes } from 'node:crypto';
import schema from '../../cloudfunctions/schema.json';
import type { Profile } from '../../cloudfunctions/stores/bindings';
import type { Context } from '../../cloudfunctions/runtime/context';
import { createLookup } from '../../cloudfunctions/runtime/lookup';
import { createSealer } from '../../cloudfunctions/runtime/sealed';
import { WireError, type DatabaseSchema } from '../../local/emulator/database';
import { pointSdksTo, serveDatabase, type Served } from '../emulator/database/serve';

const MINUTE = 60_000;
const NOON = Date.parse('2026-11-21T12:00:00+08:00');
const lookup = createLookup(randomBytes(32));
const sealer = createSealer([{ id: 'k1', key: randomBytes(32) }]);
const desk = { ...sealer, lookup, cardSymbology: 'code128' as const };

let served: Served;
let stores: Awaited<ReturnType<typeof loadStores>>;

/** The SDK reads its address when it is loaded, so the stores are loaded after the server has one. */
async function loadStores() {
  const [attempts, bindings, leases, loans, notices, personal, rates, readers, requests, seen, watches] =
    await Promise.all([
      import('../../cloudfunctions/stores/attempts'),
      import('../../cloudfunctions/stores/bindings'),
      import('../../cloudfunctions/stores/leases'),
      import('../../cloudfunctions/stores/loan-snapshots'),
      import('../../cloudfunctions/stores/notices'),
      import('../../cloudfunctions/stores/personal-data'),
      import('../../cloudfunctions/stores/rates'),
      import('../../cloudfunctions/stores/onboarding-readers'),
      import('../../cloudfunctions/stores/requests'),
      import('../../cloudfunctions/stores/seen-loans'),
      import('../../cloudfunctions/stores/watches'),
    ]);
  return { attempts, bindings, leases, loans, notices, personal, rates, readers, requests, seen, watches };
}

beforeAll(async () => {
  served = await serveDatabase(schema as DatabaseSchema);
  pointSdksTo(served.url);
  stores = await loadStores();
}, 60_000);
afterAll(() => served.close());
beforeEach(() => served.database.reset());

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
const stored = async (name: string): Promise<Record<string, unknown>[]> => {
  const { database } = await import('../../cloudfunctions/cloud/database');
  return (
    (await database().collection(name).where({}).limit(1000).get()) as { data: Record<string, unknown>[] }
  ).data;
};

describe('attempts', () => {
  const reserve = (openid: string, cardNumber: string | undefined, now = NOON) =>
    stores.attempts.reserveAttempt(lookup, { openid, ...(cardNumber && { cardNumber }) }, now);

  it('allows three in half an hour and says when the next is possible', async () => {
    for (const minute of [0, 1])
      expect(await reserve('o-1', undefined, NOON + minute * MINUTE)).not.toHaveProperty('nextIfFailed');
    expect(await reserve('o-1', undefined, NOON + 2 * MINUTE)).toMatchObject({
      nextIfFailed: NOON + 30 * MINUTE,
    });
    expect(await reserve('o-1', undefined, NOON + 3 * MINUTE)).toEqual({ retryAt: NOON + 30 * MINUTE });
    expect(await reserve('o-1', undefined, NOON + 30 * MINUTE)).toHaveProperty('id');
    expect(await reserve('o-1', undefined, NOON + 30 * MINUTE)).toEqual({ retryAt: NOON + 31 * MINUTE });
  });

  it('allows four for one card in a day, whoever tries: the library counts on until the right PIN comes', async () => {
    for (const [i, minute] of [0, 1, 2].entries()) await reserve(`o-${i}`, 'A1', NOON + minute * MINUTE);
    const tomorrow = NOON + 24 * 60 * MINUTE;
    expect(await reserve('o-4', 'A1', NOON + 40 * MINUTE)).toMatchObject({ nextIfFailed: tomorrow });
    expect(await reserve('o-5', 'A1', NOON + 80 * MINUTE)).toEqual({ retryAt: tomorrow });
    expect(await reserve('o-5', 'A1', tomorrow - 1)).toEqual({ retryAt: tomorrow });
    expect(await reserve('o-5', 'A1', tomorrow)).toMatchObject({ nextIfFailed: tomorrow + MINUTE });
    // the clock set back
    expect(await reserve('o-6', 'A1', NOON - 60 * MINUTE)).toHaveProperty('id');
  });

  it('holds for one card whoever tries, and for one identity whatever card', async () => {
    for (const who of ['o-1', 'o-2', 'o-3']) await reserve(who, 'A1');
    expect(await reserve('o-4', 'A1')).toEqual({ retryAt: NOON + 30 * MINUTE });
    expect(await reserve('o-1', 'A2')).toHaveProperty('id');
    expect(await reserve('o-1', undefined)).toHaveProperty('id');
    expect(await reserve('o-1', 'A3')).toEqual({ retryAt: NOON + 30 * MINUTE });
  });

  it('lets exactly three of twenty parallel ones through', async () => {
    const results = await Promise.allSettled(times(20, (i) => reserve(i % 2 ? 'o-1' : `o-${i}`, 'A1')));
    const granted = results.filter((result) => result.status === 'fulfilled' && 'id' in result.value);
    // one that the busy database put off was not let through either
    expect(granted.length).toBeLessThanOrEqual(3);
    expect(await reserve('o-9', 'A1')).toEqual({ retryAt: NOON + 30 * MINUTE });
  });

  it('gives back what was no failure, and only that', async () => {
    await reserve('o-1', 'A1');
    const right = await reserve('o-1', 'A1');
    if ('retryAt' in right) throw new Error('refused');
    await stores.attempts.returnAttempt(right);
    expect(await reserve('o-1', 'A1')).not.toHaveProperty('nextIfFailed');
    expect(await reserve('o-1', 'A1')).toHaveProperty('nextIfFailed');
  });

  it('leaves nothing of a single right one', async () => {
    const right = await reserve('o-1', 'A1');
    if ('retryAt' in right) throw new Error('refused');
    await stores.attempts.returnAttempt(right);
    expect(await stored('attempts')).toEqual([]);
  });

  it('does not shut anybody out for long when the clock is set back, and forgets nothing when it is set ahead a little', async () => {
    for (const _ of times(3, String)) await reserve('o-1', 'A1', NOON + 24 * 60 * MINUTE);
    expect(await reserve('o-1', 'A1')).toHaveProperty('id');
    await served.database.reset();
    for (const _ of times(3, String)) await reserve('o-1', 'A1');
    expect(await reserve('o-1', 'A1', NOON + 29 * MINUTE)).toHaveProperty('retryAt');
  });

  it('stores neither card number nor openid', async () => {
    await reserve('o-private', '20230017');
    expect(JSON.stringify(await stored('attempts'))).not.toMatch(/o-private|20230017/);
  });
});

describe('bindings', () => {
  const profile: Profile = {
    maskedNumber: '****0017',
    readerType: { code: 'ug', name: '本科生' },
    blocks: [],
  };
  const bind = (openid: string, patronRef: string, replace = false, now = NOON) =>
    stores.bindings.bindCard(sealer, { openid, patronRef, consentVersion: 1, profile, replace }, now);
  const find = (openid: string, now = NOON) => stores.bindings.findBinding(sealer, openid, now);

  it('binds one card to one identity and tells the other', async () => {
    expect(await bind('o-1', 'p-1')).toEqual({ boundAt: NOON });
    expect(await bind('o-2', 'p-1', false, NOON + 1)).toEqual({ elsewhere: NOON });
    expect(await find('o-2')).toBeUndefined();
    expect(await bind('o-2', 'p-1', true, NOON + 2)).toEqual({ boundAt: NOON + 2 });
    expect(await find('o-1')).toBeUndefined();
    expect(await stores.notices.findEndedNotice('o-1', NOON + 3)).toBe(NOON + 2);
    expect(await stores.notices.findEndedNotice('o-2', NOON + 3)).toBeUndefined();
    expect((await find('o-2'))?.patronRef).toBe('p-1');
  });

  it.each([false, true])(
    'of ten identities at once (replacing: %s) one has the card in the end',
    async (replace) => {
      const results = await Promise.allSettled(times(10, (i) => bind(`o-${i}`, 'p-1', replace)));
      expect(results.some(({ status }) => status === 'fulfilled')).toBe(true);
      expect(await stored('bindings')).toHaveLength(1);
    },
  );

  it('refreshes a card that is bound again, and keeps since when', async () => {
    await bind('o-1', 'p-1');
    const first = await find('o-1');
    await stores.loans.keepLoans(desk, first!, { loans: [], asOf: NOON });
    expect(await bind('o-1', 'p-1', false, NOON + 5)).toEqual({ boundAt: NOON });
    expect(await find('o-1')).toMatchObject({ bindingId: first!.bindingId, profileAsOf: NOON + 5 });
    expect(await stores.loans.findLoans(sealer, first!, NOON)).toEqual({ loans: [], asOf: NOON });
  });

  it('erases what the former card left when another is bound', async () => {
    await bind('o-1', 'p-1');
    const first = (await find('o-1'))!;
    await stores.bindings.switchHistoryOn(first, NOON);
    await stores.seen.changeSeenLoans(
      sealer,
      first,
      () => [{ loanId: 'l', title: '红楼梦', loanedAt: '2026-01-01' }],
      NOON,
    );
    await stores.loans.keepLoans(desk, first, { loans: [], asOf: NOON });
    expect(await stored('seen_loans')).toHaveLength(1);
    await bind('o-1', 'p-2');
    const second = (await find('o-1'))!;
    expect(second.historySince).toBeUndefined();
    expect(await stores.loans.findLoans(sealer, second, NOON)).toBeUndefined();
    expect(await stored('seen_loans')).toEqual([]);
  });

  it('keeps nothing for a binding that has ended meanwhile', async () => {
    await bind('o-1', 'p-1');
    const ended = (await find('o-1'))!;
    await stores.bindings.switchHistoryOn(ended, NOON);
    await stores.bindings.endBinding('o-1');
    await stores.loans.keepLoans(desk, ended, { loans: [], asOf: NOON });
    await stores.bindings.keepProfile(sealer, ended, profile, NOON);
    await stores.seen.changeSeenLoans(
      sealer,
      ended,
      () => [{ loanId: 'l', title: 't', loanedAt: '2026-01-01' }],
      NOON,
    );
    expect(await stored('bindings')).toEqual([]);
    expect(await stored('seen_loans')).toEqual([]);
  });

  it('keeps no older list in place of a newer one, unless the clock was set back', async () => {
    await bind('o-1', 'p-1');
    const binding = (await find('o-1'))!;
    const loan = {
      ...{ loanId: 'l', itemBarcode: 'b', title: '红楼梦', overdue: false },
      renewal: { allowed: true as const },
    };
    const keep = async (dueAt: string, asOf: number) => {
      await stores.loans.keepLoans(desk, binding, { loans: [{ ...loan, dueAt }], asOf });
      return stores.loans.findLoans(sealer, binding, NOON);
    };
    expect(await keep('2026-12-01', NOON)).toMatchObject({ asOf: NOON, loans: [{ dueAt: '2026-12-01' }] });
    const newer = await keep('2027-01-01', NOON + 2);
    expect(newer).toMatchObject({ asOf: NOON + 2, loans: [{ dueAt: '2027-01-01' }] });
    expect(await keep('2026-12-01', NOON + 1)).toEqual(newer);
    expect(await keep('2026-12-01', NOON - 60 * MINUTE)).toMatchObject({ asOf: NOON - 60 * MINUTE });
  });

  it('never reads a session or a list after its time', async () => {
    const session = { token: 'secret-token', expiresAt: new Date(NOON + 60 * MINUTE).toISOString() };
    await stores.bindings.bindCard(
      sealer,
      { openid: 'o-1', patronRef: 'p-1', consentVersion: 1, profile, session, replace: false },
      NOON,
    );
    expect((await find('o-1', NOON + 59 * MINUTE))?.session).toBe('secret-token');
    expect((await find('o-1', NOON + 60 * MINUTE))?.session).toBeUndefined();
    expect(JSON.stringify(await stored('bindings'))).not.toContain('secret-token');
    const binding = (await find('o-1'))!;
    await stores.loans.keepLoans(desk, binding, { loans: [], asOf: NOON });
    expect(await stores.loans.findLoans(sealer, binding, NOON + 15 * 86_400_000)).toBeUndefined();
  });

  it('reads no other reader’s sealed data, even if it lay in the wrong place', async () => {
    await bind('o-1', 'p-1');
    await bind('o-2', 'p-2');
    const { table } = await import('../../cloudfunctions/cloud/database');
    const [first] = (await stored('bindings')).filter(({ _id }) => _id === 'o-1');
    await table('bindings').update('o-2', { profile: first!['profile'] });
    expect((await find('o-1'))?.profile).toEqual(profile);
    expect((await find('o-2'))?.profile).toBeUndefined();
  });
});

describe('history', () => {
  it('that is switched off is gone with its switch, or still there with it, wherever that was cut off', async () => {
    const { switchHistory } = await import('../../cloudfunctions/features/history/switch-history');
    const profile: Profile = { maskedNumber: '****', readerType: { code: 'ug', name: '本科生' }, blocks: [] };
    const context: Context = {
      ...{ requestId: 'r-1', openid: 'o-1', now: () => NOON, desk: () => desk },
      library: () => Promise.reject(new Error('the library was asked')),
    };
    const wanted = { openid: 'o-1', patronRef: 'p-1', consentVersion: 1, profile, replace: false };
    const loan = { loanId: 'l', title: '红楼梦', loanedAt: '2026-01-01' };
    const handle = served.database.handle.bind(served.database);
    const ends = new Set<string>();
    for (let calls = 0, wasCut = true; wasCut; calls++) {
      await stores.bindings.bindCard(sealer, wanted, NOON);
      const binding = (await stores.bindings.findBinding(sealer, 'o-1', NOON))!;
      await stores.bindings.switchHistoryOn(binding, NOON);
      await stores.seen.changeSeenLoans(sealer, binding, () => [loan], NOON);
      let left = calls;
      const spy = jest.spyOn(served.database, 'handle').mockImplementation((...request) => {
        if (--left < 0) throw new WireError('DATABASE_REQUEST_FAILED', 'cut off');
        return handle(...request);
      });
      wasCut = await switchHistory(context, { on: false }).then(
        () => false,
        () => true,
      );
      spy.mockRestore();
      const { historySince } = (await stores.bindings.findBinding(sealer, 'o-1', NOON))!;
      ends.add(`${historySince !== undefined}, ${(await stored('seen_loans')).length}`);
      await served.database.reset();
    }
    expect([...ends].sort()).toEqual(['false, 0', 'true, 1']);
  });
});

describe('leases', () => {
  it('let one work at a time for a reader, and others meanwhile', async () => {
    let running = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      most = Math.max(most, ++running);
      await stores.watches.findWatches('o-1');
      running--;
    };
    await Promise.all(times(8, () => stores.leases.withLease('o-1', work)));
    expect(most).toBe(1);
    await stores.leases.withLease('o-1', () => stores.leases.withLease('o-2', work));
    expect(await stored('leases')).toEqual([]);
  });

  it('are free again after a failure, and lapse after a holder that died or a clock set back', async () => {
    await expect(stores.leases.withLease('o-1', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    const { table } = await import('../../cloudfunctions/cloud/database');
    for (const expiresAt of [Date.now() - 1, Date.now() + 3_600_000]) {
      await table('leases').put({ _id: 'o-1', holder: 'dead', expiresAt } as { _id: string });
      expect(await stores.leases.withLease('o-1', async () => 'done')).toBe('done');
    }
  });
});

it('a lease is no longer trusted by a holder that stood still for longer than it lasts', async () => {
  const now = performance.now();
  await stores.leases.withLease('o-1', async (lease) => {
    lease.assertHeld();
    const clock = jest.spyOn(performance, 'now').mockReturnValue(now + 6_000);
    try {
      expect(() => lease.assertHeld()).toThrow(expect.objectContaining({ code: 'BUSY' }));
    } finally {
      clock.mockRestore();
    }
  });
});

describe('requests', () => {
  const key = { openid: 'o-1', requestId: 'tap-00000001', asked: ['loans.renew', ['l-1']] };

  it('are known again with what was before and what came of it, for their own reader only', async () => {
    expect(await stores.requests.findRequest(desk, key, NOON)).toBeUndefined();
    await stores.requests.startRequest(desk, key, { due: '2026-12-01' }, NOON);
    expect(await stores.requests.findRequest(desk, key, NOON)).toEqual({
      same: true,
      before: { due: '2026-12-01' },
      outcome: undefined,
    });
    await stores.requests.finishRequest(desk, key, 'renewed');
    expect(await stores.requests.findRequest(desk, key, NOON)).toMatchObject({
      same: true,
      outcome: 'renewed',
    });
    expect(
      await stores.requests.findRequest(desk, { ...key, asked: ['loans.renewAll'] }, NOON),
    ).toMatchObject({ same: false });
    expect(await stores.requests.findRequest(desk, { ...key, openid: 'o-2' }, NOON)).toBeUndefined();
    expect(await stores.requests.findRequest(desk, key, NOON + 3 * 86_400_000)).toBeUndefined();
    expect(JSON.stringify(await stored('requests'))).not.toMatch(/2026-12-01|renewed|l-1/);
  });
});

describe('watches', () => {
  it('stay within their limit, also in parallel', async () => {
    const { addWatch, findWatches, removeWatch } = stores.watches;
    for (const i of times(48, Number))
      await addWatch('o-1', { bibId: `b${i}`, title: `书 ${i}`, since: NOON });
    await Promise.allSettled(times(6, (i) => addWatch('o-1', { bibId: `c${i}`, title: '书', since: NOON })));
    expect(await findWatches('o-1')).toHaveLength(50);
    expect(await addWatch('o-1', { bibId: 'one-more', title: '书', since: NOON })).toBeUndefined();
    expect(await addWatch('o-1', { bibId: 'b0', title: '书', since: NOON })).toHaveLength(50);
    expect(await removeWatch('o-1', 'b0')).toHaveLength(49);
    expect(await findWatches('o-2')).toEqual([]);
  });
});

describe('rates', () => {
  const count = (now: number) => stores.rates.countCall('o-1', 'cards.start', now);

  it('bound costly calls within ten minutes, by identity', async () => {
    for (const _ of times(20, String)) await count(NOON);
    await expect(count(NOON)).rejects.toMatchObject({ code: 'BUSY', retryable: true });
    await stores.rates.countCall('o-2', 'cards.start', NOON);
    await count(NOON + 10 * MINUTE);
    await count(NOON - 3_600_000);
  });

  it('hold for what comes all at once, when a window begins and when one has run out', async () => {
    for (const now of [NOON, NOON + 11 * MINUTE]) {
      const counted = await Promise.allSettled(times(40, () => count(now)));
      expect(counted.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
    }
  });

  it('count what comes at once although the clocks of instances differ, up to the limit and no further', async () => {
    for (const now of [NOON, NOON + 11 * MINUTE]) {
      const counted = await Promise.allSettled(times(40, (i) => count(now - ((i * 7) % 40) * 1_000)));
      expect(counted.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
    }
  });

  it('count from a window that another instance began a moment later', async () => {
    await stores.rates.countCall('o-1', 'cards.start', NOON, 20);
    await expect(count(NOON - 1)).rejects.toMatchObject({ code: 'BUSY' });
  });

  it('refuse nobody whose last window, which had run out, is swept away at that moment', async () => {
    const { sweep } = await import('../../cloudfunctions/stores/expired');
    const handle = served.database.handle.bind(served.database);
    await count(NOON);
    // before the first, second, third of its requests
    for (let at = 1; at <= 3; at++) {
      const now = NOON + at * 60 * MINUTE;
      let requests = 0;
      const spy = jest.spyOn(served.database, 'handle').mockImplementation(async (...request) => {
        if (++requests === at) await sweep('rates', now);
        return handle(...request);
      });
      await count(now);
      expect(requests).toBeGreaterThan(at);
      spy.mockRestore();
    }
  });
});

describe('erasing', () => {
  const profile: Profile = {
    maskedNumber: '****0017',
    readerType: { code: 'ug', name: '本科生' },
    blocks: [],
  };
  const readerKey = lookup('onboarding', 'p-1');

  it('keeps the turn of whoever erases until all is erased', async () => {
    await stores.leases.withLease('o-1', async () => {
      const { erased } = await stores.personal.erasePersonalData(desk, 'o-1', NOON);
      expect(erased).toEqual({});
      expect(await stored('leases')).toEqual([expect.objectContaining({ _id: 'o-1' })]);
    });
    expect(await stored('leases')).toEqual([]);
  });

  it('finds what belongs to the card when it is done again, wherever it was cut off', async () => {
    const erase = () => stores.personal.erasePersonalData(desk, 'o-1', NOON);
    const handle = served.database.handle.bind(served.database);
    let wasCut = true;
    for (let calls = 2; wasCut; calls += 4) {
      await stores.bindings.bindCard(
        sealer,
        { openid: 'o-1', patronRef: 'p-1', consentVersion: 1, profile, replace: false },
        NOON,
      );
      await stores.readers.addRecord(readerKey, { readerType: 'UG', college: '', grade: '' }, NOON);
      let left = calls;
      const spy = jest.spyOn(served.database, 'handle').mockImplementation((...request) => {
        // a transaction is done wholly or not at all, so the cuts come between
        if (request[1]['transactionId'] !== undefined) return handle(...request);
        if (--left < 0) throw new WireError('DATABASE_REQUEST_FAILED', 'cut off');
        return handle(...request);
      });
      wasCut = await erase().then(
        () => false,
        () => true,
      );
      spy.mockRestore();
      await erase();
      for (const name of ['bindings', 'onboarding_readers']) {
        expect({ calls, name, left: await stored(name) }).toEqual({ calls, name, left: [] });
      }
      expect(calls).toBeLessThan(100);
    }
  });
});

describe('what has expired', () => {
  it('is swept away, and nothing else', async () => {
    const { sweep } = await import('../../cloudfunctions/stores/expired');
    await stores.attempts.reserveAttempt(lookup, { openid: 'o-old' }, NOON);
    await stores.attempts.reserveAttempt(lookup, { openid: 'o-new' }, NOON + 20 * MINUTE);
    expect(await sweep('attempts', NOON + 31 * MINUTE)).toBe(1);
    expect(await stored('attempts')).toHaveLength(1);
  });
});
