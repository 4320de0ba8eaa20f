import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildCql } from '../../../library-systems/folio/catalog';
import { POINTS, instanceId, loanId, startFakeFolio, userId } from '../../support/fake-folio';
import type { FakeFolio } from '../../support/fake-folio';
import { parseCql } from '../../support/fake-folio/cql';
import { connectTo } from './support';
import type { Connected } from './support';
import { faultOf } from '../koha/support';

let folio: FakeFolio;
let made: Connected;
beforeEach(async () => {
  folio = await startFakeFolio();
  made = await connectTo(folio);
});
afterEach(async () => {
  await made.system.close();
  await folio.close();
});

const access = { ref: userId(51) };
const posts = (): string[] => folio.accessLog.filter((line) => line.startsWith('POST /patron/account'));

describe('an edge-patron that believes whatever it is told', () => {
  it('is asked to renew the reader’s own loans only, though it would renew any', async () => {
    const before = structuredClone(folio.state.loans);
    for (const foreign of [loanId(7), loanId(7).toUpperCase(), 'x', '../7', '*']) {
      expect(await made.system.loans!.renew(access, [foreign])).toEqual([
        { loanId: foreign, status: 'refused', code: 'NOT_YOURS' },
      ]);
    }
    expect(folio.state.loans).toEqual(before);
    expect(posts()).toEqual([]);
  });

  it('is asked once for a loan that is named twice, and each gets its outcome', async () => {
    const [first, foreign, again] = await made.system.loans!.renew(access, [loanId(1), 'x', loanId(1)]);
    expect([first, foreign]).toMatchObject([{ status: 'renewed' }, { code: 'NOT_YOURS' }]);
    expect(again).toEqual(first);
    expect(posts()).toHaveLength(1);
  });

  it('is asked to cancel the reader’s own holds only, though it would cancel any', async () => {
    const [foreign] = folio.state.requests;
    expect(await made.system.holds!.cancel(access, foreign!.id, { confirm: true })).toEqual({
      status: 'refused',
      code: 'NOT_YOURS',
    });
    expect(folio.state.requests).toHaveLength(1);
    expect(posts()).toEqual([]);
  });

  it('is never asked to hold what is no record of FOLIO’s', async () => {
    const other = `x/../../../${userId(7)}/instance/${instanceId(1)}`;
    const targets = ['..', 'x', other, encodeURIComponent(other)].flatMap((id) => [
      { bibId: id },
      { itemId: id },
    ]);
    for (const target of targets) {
      expect(await made.system.holds!.pickupPlaces(access, target)).toEqual([]);
      expect(await made.system.holds!.place(access, target, { pickup: POINTS[0]!.id })).toMatchObject({
        status: 'refused',
        code: 'NOT_HOLDABLE',
      });
    }
    expect(folio.accessLog.filter((line) => /instance|\/item\/|allowed-service/.test(line))).toEqual([]);
  });

  it('is never asked about a reference that is no user’s id', async () => {
    for (const ref of ['', '*', '../users', userId(99), `${userId(51)}/x`, 'ext/51']) {
      expect(await made.system.patrons!.patron({ ref })).toBeUndefined();
      expect(await made.system.loans!.list({ ref })).toHaveProperty('denied');
      expect(await made.system.loans!.history!({ ref }, { page: 1, pageSize: 5 })).toHaveProperty('denied');
    }
    expect(folio.accessLog.filter((line) => line.includes('/patron/account'))).toEqual([]);
  });
});

describe('long lists', () => {
  it('are read to the end, though FOLIO sends ten unasked', async () => {
    const answer = await made.system.loans!.list({ ref: userId(54) });
    expect('loans' in answer && answer.loans).toHaveLength(120);
    const ids = new Set('loans' in answer ? answer.loans.map(({ itemBarcode }) => itemBarcode) : []);
    expect(ids.size).toBe(120);
    const holdings = await made.system.catalog!.holdings(instanceId(9));
    expect(new Set(holdings!.items.map(({ itemId }) => itemId)).size).toBe(230);
  });

  it('that do not come to an end are a fault, not half a list', async () => {
    folio.faults.edge = () => ({ status: 200, body: JSON.stringify({ totalLoans: 3, loans: [] }) });
    expect(await faultOf(made.system.loans!.list(access))).toBe('GARBLED');
  });
});

describe('PINs, keys and numbers', () => {
  it('stay out of request lines', async () => {
    await made.system.signIn!.complete({
      method: 'pin',
      answers: { cardNumber: '2026000051', pin: 'pin-51' },
    });
    await made.system.loans!.list(access);
    const log = folio.accessLog.join('\n');
    for (const secret of ['pin-51', 'apikey', 'eyJzIjoi', 'service-password', 'token.']) {
      expect(log).not.toContain(secret);
    }
  });

  it('with wildcards prove nobody', async () => {
    for (const cardNumber of ['*', '2026*', '202600005?', '" or barcode=="2026000051', '\\', '""']) {
      const answer = await made.system.signIn!.complete({
        method: 'pin',
        answers: { cardNumber, pin: 'pin-51' },
      });
      expect(answer).toEqual({ denied: { code: 'BAD_PIN' } });
    }
  });

  it('of FOLIO’s own login lock after its limit, and say so', async () => {
    const { system } = await connectTo(folio, { signIn: 'login' });
    const codes: string[] = [];
    for (const pin of ['a', 'b', 'c', 'pin-51']) {
      const answer = await system.signIn!.complete({
        method: 'pin',
        answers: { cardNumber: 'reader51', pin },
      });
      codes.push('denied' in answer ? answer.denied.code : 'in');
    }
    expect(codes).toEqual(['BAD_PIN', 'BAD_PIN', 'LOCKED', 'LOCKED']);
    await system.close();
  });

  it('of expired and blocked cards come with the reasons, and never with notes of the staff', async () => {
    expect(await made.system.patrons!.patron({ ref: userId(53) })).toMatchObject({
      expiresAt: '2026-06-30',
      readerType: { name: '本科生' },
      blocks: [{ code: 'EXPIRED' }],
    });
    const blocked = await made.system.patrons!.patron({ ref: userId(54) });
    expect(blocked).toMatchObject({
      blocks: [
        { code: 'BLOCKED', libraryText: '请到总服务台' },
        { code: 'BLOCKED', libraryText: '已达借书上限' },
      ],
    });
    expect(JSON.stringify(blocked)).not.toContain('内部备注');
  });
});

describe('refusals', () => {
  it('bear a code and FOLIO’s own words', async () => {
    expect(await made.system.loans!.renew(access, [loanId(4), loanId(5)])).toMatchObject([
      { code: 'TOO_MANY_RENEWALS', libraryText: 'loan at maximum renewal number' },
      { code: 'ON_HOLD' },
    ]);
    const pickup = POINTS[0]!.id;
    expect(await made.system.holds!.place(access, { bibId: instanceId(1) }, { pickup })).toMatchObject({
      code: 'ALREADY_ON_LOAN',
    });
    folio.state.renewalError = () => '本馆另有规定';
    expect(await made.system.loans!.renew(access, [loanId(1)])).toMatchObject([
      { code: 'OTHER', libraryText: '本馆另有规定' },
    ]);
    expect(made.unmapped).toEqual(['本馆另有规定']);
  });

  it('leave no recall among the places where a copy can be fetched', async () => {
    const itemId = folio.state.items[100]!.id;
    const places = await made.system.holds!.pickupPlaces(access, { itemId });
    expect(places.map(({ name }) => name)).toEqual(['总馆服务台', '东区服务台']);
    expect(await made.system.holds!.place(access, { itemId }, { pickup: POINTS[0]!.id })).toMatchObject({
      status: 'done',
    });
    expect(await made.system.holds!.pickupPlaces(access, { itemId: 'no' })).toEqual([]);
  });
});

describe('a write whose answer is lost', () => {
  it('is unknown and was carried out once', async () => {
    folio.faults.dropAfter = '/renew';
    expect(await made.system.loans!.renew(access, [loanId(1), loanId(2)])).toEqual([
      { loanId: loanId(1), status: 'unknown' },
      { loanId: loanId(2), status: 'unknown' },
    ]);
    expect(folio.state.loans.find(({ id }) => id === loanId(1))!.renewals).toBe(1);
    expect(posts()).toHaveLength(1);
    folio.faults.dropAfter = '/hold';
    const pickup = POINTS[0]!.id;
    expect(await made.system.holds!.place(access, { bibId: instanceId(40) }, { pickup })).toEqual({
      status: 'unknown',
    });
    folio.faults.dropAfter = '/cancel';
    const answer = await made.system.holds!.list(access);
    const [hold] = 'holds' in answer ? answer.holds : [];
    expect(await made.system.holds!.cancel(access, hold!.holdId, {})).toEqual({ status: 'unknown' });
    expect(await made.system.holds!.list(access)).toEqual({ holds: [] });
  });

  it.each<[string, number, string, Record<string, string>]>([
    ['a web page', 200, '<!doctype html><title>Log in</title>', {}],
    ['a page of a proxy that found nothing', 404, '<html>no such host</html>', {}],
    ['a loan without a date', 201, '{"id":"x"}', {}],
    ['a login page elsewhere', 302, '', { location: 'https://sso.example.org/' }],
    ['a defect', 500, '{"code":500,"errorMessage":"Internal Server Error"}', {}],
    ['FOLIO being slow', 408, '{"code":408,"errorMessage":"Request to FOLIO timed out"}', {}],
    ['a proxy without a FOLIO', 503, '', {}],
  ])('is unknown after %s', async (_, status, body, headers) => {
    const account = {
      totalLoans: 1,
      loans: [{ id: loanId(1), item: { itemId: loanId(2) }, dueDate: '2026-11-22T15:59:59Z' }],
    };
    let asked = 0;
    folio.faults.edge = () =>
      asked++ === 0 ? { status: 200, body: JSON.stringify(account) } : { status, body, headers };
    expect(await made.system.loans!.renew(access, [loanId(1)])).toEqual([
      { loanId: loanId(1), status: 'unknown' },
    ]);
    expect(asked).toBe(2);
  });

  it('was certainly not made when the reading before it is lost', async () => {
    folio.faults.edge = () => ({ status: 503, body: '' });
    await expect(made.system.loans!.renew(access, [loanId(1)])).rejects.toMatchObject({
      code: 'UNREACHABLE',
      mayHaveHappened: false,
    });
    await expect(made.system.holds!.cancel(access, loanId(1), {})).rejects.toMatchObject({
      code: 'UNREACHABLE',
    });
    expect(posts()).toHaveLength(0);
  });

  it.each([401, 403])('was not made after %i', async (status) => {
    const account = {
      totalLoans: 1,
      loans: [{ id: loanId(1), item: { itemId: loanId(2) }, dueDate: '2026-11-22T15:59:59Z' }],
    };
    let asked = 0;
    folio.faults.edge = () =>
      asked++ === 0 ? { status: 200, body: JSON.stringify(account) } : { status, body: '' };
    expect(await faultOf(made.system.loans!.renew(access, [loanId(1)]))).toBe('REJECTED');
  });
});

describe('a hostile answer', () => {
  it.each<[string, string]>([
    ['nothing', ''],
    ['HTML', '<html>'],
    ['50 MB', ' '.repeat(50_000_000)],
    ['deep nesting', '['.repeat(200_000)],
    ['other data', '{"totalLoans":1,"loans":[{"id":7}]}'],
    ['a prototype', '{"__proto__":{"totalLoans":0}}'],
  ])('of %s is garbled', async (_, body) => {
    folio.faults.edge = () => ({ status: 200, body });
    expect(await faultOf(made.system.loans!.list(access))).toBe('GARBLED');
  });
});

describe('a search', () => {
  const input = (text: string, field: 'any' | 'title' | 'isbn' = 'title') => ({
    ...{ field, text, sort: 'relevance' as const, page: 1, pageSize: 50, filters: {} },
  });

  it('takes wildcards, quotes and operators for letters', async () => {
    expect((await made.system.catalog!.search(input('操作系统 "导论"*'))).total).toBe(75);
    for (const text of ['*', '?', '" or staffSuppress==true or title="', '") or (', '\\', '^']) {
      expect((await made.system.catalog!.search(input(text))).total).toBe(text === '*' ? 75 : 0);
    }
  });

  it('is always the same three conditions, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 200 }), (text) => {
        const cql = parseCql(buildCql(input(text)));
        const values = { title: [text], staffSuppress: [false], discoverySuppress: [false] };
        expect(cql.sort).toEqual([]);
        expect(cql.matches({ ...values, staffSuppress: [true] })).toBe(false);
        expect(cql.matches({ ...values, discoverySuppress: [true] })).toBe(false);
      }),
    );
  });
});

it('takes no number of another kind for an ISBN', async () => {
  const bib = await made.system.catalog!.bib(instanceId(1));
  expect(bib!.isbn13).toBe(folio.state.instances.find(({ id }) => id === instanceId(1))!.isbn);
});

describe('OKAPI', () => {
  it('is logged into once however many ask, again before the token ends, and when it ended early', async () => {
    await Promise.all(Array.from({ length: 5 }, () => made.system.catalog!.bib(instanceId(1))));
    expect(folio.okapi.logins).toBe(1);
    folio.clock.at += 580_000;
    await made.system.catalog!.bib(instanceId(1));
    expect(folio.okapi.logins).toBe(2);
    folio.okapi.revoke();
    expect(await made.system.catalog!.bib(instanceId(1))).toMatchObject({
      language: 'zh',
      subjects: ['教材'],
    });
    expect(folio.okapi.logins).toBe(3);
  });

  it('tells the state of copies by their barcodes; what it calls otherwise is unknown', async () => {
    folio.state.items[10]!.status = 'Intellectual item';
    const barcodes = [0, 2, 10].map((at) => folio.state.items[at]!.barcode);
    const states = await made.system.itemStates!([...barcodes, 'nowhere']);
    expect(Object.fromEntries(states)).toEqual({
      [barcodes[0]!]: { status: 'onLoan', statusText: 'Checked out', dueAt: '2026-11-22T23:59:59+08:00' },
      [barcodes[1]!]: { status: 'onLoan', statusText: 'Checked out', dueAt: '2026-11-23T23:59:59+08:00' },
      [barcodes[2]!]: { status: 'unknown', statusText: 'Intellectual item' },
    });
  });

  it('is looked at closely, and so is edge-patron', async () => {
    folio.clock.at = Date.now();
    const levels = async ({ system }: Connected) =>
      (await system.diagnose()).map(({ topic, level }) => `${topic} ${level}`);
    expect(await levels(made)).toEqual([
      ...['credentials ok', 'timeZone ok', 'protocol ok', 'protocol ok'],
      ...['protocol ok', 'protocol ok', 'credentials ok'],
    ]);
    folio.clock.at += 3_600_000;
    expect((await made.system.diagnose())[1]).toMatchObject({ topic: 'timeZone', level: 'warning' });
    const wrong = await connectTo(folio, {}, { FOLIO_PASSWORD: 'x' });
    expect(await levels(wrong)).toEqual(['credentials error']);
    const key = await connectTo(folio, {}, { FOLIO_EDGE_KEY: 'x' });
    expect((await key.system.diagnose()).at(-1)).toMatchObject({
      topic: 'credentials',
      text: expect.stringContaining('edgePatron.apiKeyEnv'),
    });
    const away = await connectTo({ ...folio, okapiUrl: 'http://127.0.0.1:1' });
    expect(await levels(away)).toEqual(['connection error']);
    await Promise.all([wrong, key, away].map(({ system }) => system.close()));
  });

  it('alone makes a catalogue and no circulation', async () => {
    const { system } = await connectTo(folio, { edgePatron: undefined });
    expect(system.catalog).toBeDefined();
    expect([system.signIn, system.loans, system.holds, system.fines, system.afterBinding]).toEqual(
      Array.from({ length: 5 }),
    );
    await system.close();
  });
});
