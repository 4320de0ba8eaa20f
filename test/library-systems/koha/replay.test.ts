import { describe, expect, it } from '@jest/globals';
import path from 'node:path';
import { readExchanges, replayHttp } from '../../support/replay-http';
import type { RecordedExchange } from '../../support/replay-http';
import type { ConnectedSystem } from '../../../library-systems/connected-system';
import { BASIC, connectTo, faultOf } from './support';

const fixtures = path.join(__dirname, '../../fixtures');
const ilsDi = (...numbers: string[]) => readExchanges(path.join(fixtures, 'koha-ilsdi'), ...numbers);
const rest = (...numbers: string[]) => readExchanges(path.join(fixtures, 'koha-rest'), ...numbers);
const branches = [{ code: 'CPL', name: '中心馆' }];

/** What the adapter makes of these exchanges, each of which must be asked for once and nothing else. */
async function play<T>(
  exchanges: RecordedExchange[],
  ask: (system: ConnectedSystem) => Promise<T>,
  more: object = {},
  password = 'right',
): Promise<T> {
  const peer = await replayHttp(exchanges);
  const secrets = { KOHA_USER: 'gate', KOHA_PASSWORD: password };
  const { system } = await connectTo(peer.url, { branches, ...more }, secrets);
  try {
    return await ask(system);
  } finally {
    await system.close();
    await peer.finish();
  }
}

const access = { ref: '53' };

describe('recorded answers of ILS-DI', () => {
  it('prove a reader', async () => {
    const proved = await play(ilsDi('02', '50'), (system) =>
      system.signIn!.complete({ method: 'pin', answers: { cardNumber: '20230001', pin: 'right' } }),
    );
    expect(proved).toEqual({
      patron: {
        ref: '53',
        cardNumber: '20230001',
        name: '读者甲',
        readerType: { code: 'S', name: '本科生' },
        expiresAt: '2030-12-31',
        blocks: [],
      },
    });
  });

  it('refuse a wrong PIN', async () => {
    const refused = await play(ilsDi('03'), (system) =>
      system.signIn!.complete({ method: 'pin', answers: { cardNumber: '20230001', pin: 'wrong' } }),
    );
    expect(refused).toEqual({ denied: { code: 'BAD_PIN', libraryCode: 'PatronNotFound' } });
  });

  it('tell a locked card only where the library says how many tries it gives', async () => {
    const found = { ...ilsDi('50')[0]! };
    const body = String(found.response.body).replace('<login_attempts>0', '<login_attempts>3');
    const locked = { ...found, response: { ...found.response, body } };
    const answers = { cardNumber: '20230001', pin: 'wrong' };
    const refused = await play(
      [...ilsDi('01', '03'), locked],
      (system) => system.signIn!.complete({ method: 'pin', answers }),
      { failedLoginAttempts: 3 },
    );
    expect(refused).toMatchObject({ denied: { code: 'LOCKED' } });
  });

  it('list loans by due date, with the times of the library’s clock', async () => {
    const answer = await play(ilsDi('51'), (system) => system.loans!.list(access));
    expect(answer).toMatchObject({
      loans: [
        { loanId: '2', title: '红楼梦', dueAt: '2026-11-27T04:43:00+08:00', overdue: false },
        {
          loanId: '1',
          title: '算法设计 & 分析',
          itemBarcode: '1407010001',
          branch: { code: 'CPL', name: '中心馆' },
          dueAt: '2026-12-02T04:43:00+08:00',
          renewal: { allowed: true, unsure: true },
        },
      ],
    });
  });

  it('renew, and refuse for a hold and for too many', async () => {
    const outcomes = await play(ilsDi('06', '07', '51'), (system) => system.loans!.renew(access, ['1', '2']));
    expect(outcomes).toEqual([
      { loanId: '1', status: 'renewed', dueAt: '2026-12-17T23:59:00+08:00' },
      {
        loanId: '2',
        status: 'refused',
        code: 'ON_HOLD',
        libraryText: 'on_reserve',
        libraryCode: 'on_reserve',
      },
    ]);
    expect(await play(ilsDi('08', '51'), (system) => system.loans!.renew(access, ['1']))).toEqual([
      { loanId: '1', status: 'renewed', dueAt: '2027-01-01T23:59:00+08:00' },
    ]);
    expect(await play(ilsDi('09', '51'), (system) => system.loans!.renew(access, ['1']))).toMatchObject([
      { status: 'refused', code: 'TOO_MANY_RENEWALS', libraryCode: 'too_many' },
    ]);
  });

  it('hold a title, once, and a copy', async () => {
    const place = (exchanges: RecordedExchange[]) =>
      play(exchanges, (system) => system.holds!.place(access, { bibId: '3' }, { pickup: 'CPL' }));
    expect(await place(ilsDi('10', '52', '54'))).toEqual({
      status: 'done',
      hold: {
        holdId: '2',
        bibId: '3',
        title: '算法导论',
        status: 'waiting',
        position: 1,
        pickup: { code: 'CPL', name: '中心馆' },
      },
    });
    expect(await place(ilsDi('11', '54'))).toMatchObject({
      status: 'refused',
      code: 'DUPLICATE',
      libraryCode: 'tooManyHoldsForThisRecord',
    });
    const copy = await play(ilsDi('12', '52', '55'), (system) =>
      system.holds!.place(access, { itemId: '1' }, { pickup: 'CPL' }),
    );
    expect(copy).toEqual({ status: 'done' });
  });

  it('cancel a hold of the reader’s own', async () => {
    expect(await play(ilsDi('13', '52'), (system) => system.holds!.cancel(access, '2', {}))).toEqual({
      status: 'done',
    });
  });

  it('list what is open on the account, to the fen', async () => {
    expect(await play(ilsDi('53'), (system) => system.fines!.list(access))).toEqual({
      fines: [
        {
          ...{ fineId: '1', amountCents: 1250, reason: 'overdue', libraryText: '逾期 1407010002' },
          ...{ date: '2026-11-22', running: true },
        },
      ],
    });
  });

  it('know a reader who left no more', async () => {
    expect(await play(ilsDi('56'), (system) => system.patrons!.patron({ ref: '999' }))).toBeUndefined();
  });
});

describe('recorded answers of the REST interface', () => {
  const on = { rest: { auth: BASIC, catalog: false } };

  it('tell why a loan is not renewed, and how often it still can be', async () => {
    const answer = await play([...ilsDi('51'), ...rest('05', '08')], (s) => s.loans!.list(access), on);
    expect(answer).toMatchObject({
      loans: [
        { loanId: '2', renewal: { allowed: false, code: 'ON_HOLD', libraryText: 'on_reserve', left: 2 } },
        { loanId: '1', renewal: { allowed: true, left: 2 } },
      ],
    });
  });

  it('list open debts only', async () => {
    const [info] = ilsDi('50');
    const body = String(info!.response.body).replace('<borrowernumber>53', '<borrowernumber>56');
    const request = { ...info!.request, form: { ...info!.request.form, patron_id: '56' } };
    const other = { request, response: { ...info!.response, body } };
    const answer = await play([other, ...rest('20')], (s) => s.fines!.list({ ref: '56' }), on);
    expect(answer).toMatchObject({ fines: [{ fineId: '1', amountCents: 1250, running: true }] });
  });

  it('name the pickup places, on a version that knows no rules for them', async () => {
    const places = await play(
      [...ilsDi('54'), ...rest('21', '22')],
      (system) => system.holds!.pickupPlaces(access, { bibId: '3' }),
      on,
    );
    expect(places).toHaveLength(12);
    expect(places[0]).toEqual({ code: 'CPL', name: '中心馆' });
    expect(places[1]).toEqual({ code: 'FFL', name: 'Fairfield' });
  });

  it('say that the service account is not accepted', async () => {
    const [wrong] = rest('01');
    const asked = {
      ...wrong!,
      request: { ...wrong!.request, path: '/api/v1/libraries', query: { _page: '1', _per_page: '100' } },
    };
    // Koha says 404 before it looks at the password where it does not know the route.
    const [unknown] = rest('22');
    const bad = { ...unknown!, request: { ...unknown!.request, headers: {} } };
    const places = play(
      [...ilsDi('54'), bad, asked],
      (s) => s.holds!.pickupPlaces(access, { bibId: '3' }),
      on,
      'wrong',
    );
    expect(await faultOf(places)).toBe('REJECTED');
  });
});
