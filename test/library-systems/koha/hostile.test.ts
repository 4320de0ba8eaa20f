import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildQuery } from '../../../library-systems/koha/rest/build-query';
import { centsOf } from '../../../library-systems/cents';
import { LibraryFault } from '../../../library-systems/library-fault';
import { readAnswer } from '../../../library-systems/koha/read-xml';
import { startFakeKoha } from '../../support/fake-koha';
import type { FakeKoha } from '../../support/fake-koha';
import { BASIC, OAUTH2, connectTo, faultOf } from './support';
import type { Connected } from './support';
import { startProcessorClock } from '../../support/processor-time';

let koha: FakeKoha;
let made: Connected;
beforeEach(async () => {
  koha = await startFakeKoha();
  made = await connectTo(koha.url, { rest: { auth: OAUTH2, history: true } });
});
afterEach(async () => {
  await made.system.close();
  await koha.close();
});

const access = { ref: '51' };
const writes = (): string[] =>
  koha.services.filter((service) => /^(RenewLoan|HoldTitle|HoldItem|CancelHold)$/.test(service));

describe('a Koha that believes whatever it is told', () => {
  it('is asked to renew the reader’s own loans only, though it would renew any', async () => {
    const before = structuredClone(koha.state.issues);
    for (const foreign of ['107', '101abc', ' 107', '107;101', '0', '-1', '1e2', 'no']) {
      expect(await made.system.loans!.renew(access, [foreign])).toEqual([
        { loanId: foreign, status: 'refused', code: 'NOT_YOURS' },
      ]);
    }
    expect(koha.state.issues).toEqual(before);
    expect(writes()).toEqual([]);
  });

  it('is asked once for a loan that is named twice, and each gets its outcome', async () => {
    const [first, foreign, again] = await made.system.loans!.renew(access, ['101', 'x', '101']);
    expect([first, foreign]).toMatchObject([{ status: 'renewed' }, { code: 'NOT_YOURS' }]);
    expect(again).toEqual(first);
    expect(koha.state.issues.find(({ issue_id }) => issue_id === 101)!.renewals).toBe(1);
    expect(writes()).toEqual(['RenewLoan']);
  });

  it('is asked to cancel the reader’s own holds only, though it would cancel any', async () => {
    const before = structuredClone(koha.state.reserves);
    for (const { reserve_id } of before) {
      const step = await made.system.holds!.cancel(access, String(reserve_id), { confirm: true });
      expect(step).toEqual({ status: 'refused', code: 'NOT_YOURS' });
    }
    expect(koha.state.reserves).toEqual(before);
    expect(writes()).toEqual([]);
  });

  it('is never given a number that its database would bend to somebody’s', async () => {
    for (const ref of ['51abc', '051', ' 51', '51 ', '5１', '51&patron_id=52', '', '99999999999']) {
      expect(await made.system.patrons!.patron({ ref })).toBeUndefined();
      expect(await made.system.loans!.list({ ref })).toHaveProperty('denied');
      expect(await made.system.loans!.renew({ ref }, ['101'])).toMatchObject([{ status: 'refused' }]);
      expect(await made.system.loans!.history!({ ref }, { page: 1, pageSize: 5 })).toHaveProperty('denied');
      expect(await made.system.holds!.place({ ref }, { bibId: '40' }, { pickup: 'MAIN' })).toMatchObject({
        status: 'refused',
      });
    }
    for (const id of ['40abc', '1 2', '../1']) {
      expect(await made.system.catalog!.bib(id)).toBeUndefined();
      expect(await made.system.catalog!.holdings(id)).toBeUndefined();
      expect(await made.system.holds!.pickupPlaces(access, { bibId: id })).toEqual([]);
      expect(await made.system.holds!.pickupPlaces(access, { itemId: id })).toEqual([]);
    }
    expect(koha.services).toEqual([]);
  });

  it('answers about somebody else, and is not believed', async () => {
    koha.faults.instead = (_, response) =>
      void response.end('<GetPatronInfo><borrowernumber>52</borrowernumber></GetPatronInfo>');
    expect(await faultOf(made.system.loans!.list(access))).toBe('GARBLED');
  });
});

describe('PINs and numbers', () => {
  it('stay out of request lines and of faults', async () => {
    const answers = { cardNumber: '2026000051', pin: 'pin-51' };
    await made.system.signIn!.complete({ method: 'pin', answers });
    koha.faults.instead = (_, response) => void response.writeHead(500).end();
    const fault: unknown = await made.system
      .signIn!.complete({ method: 'pin', answers })
      .catch((error: unknown) => error);
    const said = `${koha.accessLog.join('\n')} ${String(fault)} ${(fault as Error).stack}`;
    for (const secret of ['2026000051', 'pin-51']) expect(said).not.toContain(secret);
  });

  it('of a locked card look wrong, unless the library tells its limit', async () => {
    const wrong = { cardNumber: '2026000051', pin: 'wrong' };
    const told = await connectTo(koha.url, { failedLoginAttempts: 3 });
    const codes: string[] = [];
    for (let i = 0; i < 3; i++) {
      const answer = await told.system.signIn!.complete({ method: 'pin', answers: wrong });
      codes.push('denied' in answer ? answer.denied.code : 'in');
    }
    expect(codes).toEqual(['BAD_PIN', 'BAD_PIN', 'LOCKED']);
    const right = { cardNumber: '2026000051', pin: 'pin-51' };
    const answer = await made.system.signIn!.complete({ method: 'pin', answers: right });
    expect(answer).toMatchObject({ denied: { code: 'BAD_PIN' } });
    await told.system.close();
  });

  it('of a restricted, expired and lost card come with the reasons', async () => {
    expect(await made.system.patrons!.patron({ ref: '53' })).toMatchObject({
      blocks: [{ code: 'CARD_LOST' }, { code: 'EXPIRED' }],
    });
    expect(await made.system.patrons!.patron({ ref: '54' })).toMatchObject({
      blocks: [{ code: 'BLOCKED', libraryText: '逾期罚停', retryAt: '2026-12-24T00:00:00+08:00' }],
    });
    made.clock.at = Date.parse('2026-12-24T00:00:01+08:00');
    expect(await made.system.patrons!.patron({ ref: '54' })).toMatchObject({ blocks: [] });
  });
});

describe('refusals', () => {
  const place = (ref: string, bibId: string, pickup = 'MAIN') =>
    made.system.holds!.place({ ref }, { bibId }, { pickup });

  it('bear a code and Koha’s own word', async () => {
    expect(await place('51', '1')).toMatchObject({
      code: 'ALREADY_ON_LOAN',
      libraryCode: 'alreadypossession',
    });
    expect(await place('54', '1')).toMatchObject({ code: 'BLOCKED', libraryCode: 'PatronRestricted' });
    expect(await place('51', '40', 'STORE')).toMatchObject({ code: 'BAD_PICKUP' });
    for (const bib of ['41', '42', '43']) expect(await place('51', bib)).toMatchObject({ status: 'done' });
    expect(await place('51', '44')).toMatchObject({ code: 'TOO_MANY_HOLDS', libraryText: 'tooManyReserves' });
    expect(await made.system.loans!.renew(access, ['104', '105', '106'])).toMatchObject([
      { code: 'TOO_MANY_RENEWALS' },
      { code: 'ITEM_TYPE', libraryCode: 'onsite_checkout' },
      { code: 'ON_HOLD' },
    ]);
    expect(made.unmapped).toEqual([]);
  });

  it('that nobody knows are kept and reported, and the site’s patterns come first', async () => {
    koha.state.renewalError = () => 'new_reason';
    expect(await made.system.loans!.renew(access, ['101'])).toMatchObject([
      { code: 'OTHER', libraryText: 'new_reason' },
    ]);
    expect(made.unmapped).toEqual(['new_reason']);
    const denialTexts = [{ pattern: '^new_reason$', code: 'TOO_SOON' }];
    const other = await connectTo(koha.url, { denialTexts });
    expect(await other.system.loans!.renew(access, ['101'])).toMatchObject([{ code: 'TOO_SOON' }]);
    await other.system.close();
  });

  it('of a hold that waits at the counter and is not cancelled', async () => {
    const [ready] = koha.state.reserves.filter(({ found }) => found === 'W');
    expect(await made.system.holds!.list({ ref: '52' })).toMatchObject({
      holds: [{ status: 'ready', readyUntil: '2026-11-25', pickup: { code: 'EAST' } }],
    });
    expect(await made.system.holds!.cancel({ ref: '52' }, String(ready!.reserve_id), {})).toMatchObject({
      status: 'refused',
      libraryCode: 'BorrowerCannotCancelHold',
    });
  });
});

describe('a write whose answer is lost', () => {
  it('is unknown, was carried out once, and ends no other outcome', async () => {
    koha.faults.dropAfter = 'RenewLoan';
    expect(await made.system.loans!.renew(access, ['104', '101', '102', 'x'])).toMatchObject([
      { loanId: '104', status: 'unknown' },
      { loanId: '101', status: 'unknown' },
      { loanId: '102', status: 'unknown' },
      { loanId: 'x', status: 'refused' },
    ]);
    expect(writes()).toEqual(['RenewLoan']);
    koha.services.length = 0;
    expect(await made.system.loans!.renew(access, ['101'])).toEqual([{ loanId: '101', status: 'unknown' }]);
    expect(koha.state.issues.find(({ issue_id }) => issue_id === 101)!.renewals).toBe(1);
    expect(writes()).toEqual(['RenewLoan']);
    koha.faults.dropAfter = 'HoldTitle';
    expect(await made.system.holds!.place(access, { bibId: '40' }, { pickup: 'MAIN' })).toEqual({
      status: 'unknown',
    });
    koha.faults.dropAfter = 'CancelHold';
    const answer = await made.system.holds!.list(access);
    const [hold] = 'holds' in answer ? answer.holds : [];
    expect(await made.system.holds!.cancel(access, hold!.holdId, {})).toEqual({ status: 'unknown' });
    delete koha.faults.dropAfter;
    expect(await made.system.holds!.list(access)).toEqual({ holds: [] });
  });

  it.each<[string, number, string, Record<string, string>]>([
    ['a web page', 200, '<!doctype html><html><title>Log in</title></html>', {}],
    ['a well-formed page', 200, '<html><body/></html>', {}],
    ['half an answer', 200, '<RenewLoan><success>1</success>', {}],
    ['another answer', 200, '<GetPatronInfo><borrowernumber>51</borrowernumber></GetPatronInfo>', {}],
    ['success without a date', 200, '<RenewLoan><success>1</success></RenewLoan>', {}],
    ['bytes that are not UTF-8', 200, Buffer.from([0x3c, 0x61, 0xff]).toString('latin1'), {}],
    ['a login page elsewhere', 302, '', { location: 'https://sso.example.org/login' }],
    ['a defect', 500, 'Internal Server Error', {}],
    ['a proxy without a Koha', 502, '', {}],
    ['a proxy that waited', 504, '', {}],
  ])('is unknown after %s', async (_, status, body, headers) => {
    const { system } = await connectTo(koha.url);

    let asked = 0;
    koha.faults.instead = (_request, response) => {
      asked += 1;
      const loan =
        '<loan><issue_id>101</issue_id><itemnumber>11</itemnumber><date_due>2026-11-22 23:59:00</date_due></loan>';
      if (asked === 1) {
        const info = `<GetPatronInfo><borrowernumber>51</borrowernumber><loans>${loan}</loans></GetPatronInfo>`;
        return void response.end(info);
      }
      response.writeHead(status, headers).end(body);
    };
    expect(await system.loans!.renew(access, ['101'])).toEqual([{ loanId: '101', status: 'unknown' }]);
    await system.close();
  });

  it('was certainly not made when the reading before it is lost', async () => {
    const { system } = await connectTo(koha.url);
    koha.faults.instead = (_, response) => void response.writeHead(200).end('<html><body/></html>');
    const writing = [
      system.loans!.renew(access, ['101']),
      system.holds!.place(access, { bibId: '40' }, {}),
      system.holds!.cancel(access, '1', {}),
    ];
    for (const write of writing) {
      await expect(write).rejects.toMatchObject({ code: 'UNREACHABLE', mayHaveHappened: false });
    }
    expect(writes()).toEqual([]);
    await system.close();
  });

  it.each([401, 403])('was not made after %i', async (status) => {
    const { system } = await connectTo(koha.url);
    let asked = 0;
    koha.faults.instead = (_, response) => {
      asked += 1;
      if (asked > 1) return void response.writeHead(status).end();
      response.end(
        '<GetPatronInfo><borrowernumber>51</borrowernumber><loans><loan><issue_id>101</issue_id>' +
          '<itemnumber>11</itemnumber><date_due>2026-11-22</date_due></loan></loans></GetPatronInfo>',
      );
    };
    expect(await faultOf(system.loans!.renew(access, ['101']))).toBe('REJECTED');
    await system.close();
  });

  it('takes the time of a date from the list where old Kohas write seconds for minutes', async () => {
    koha.state.renew = (issue) => void (issue.date_due = '2026-12-20 18:00:00');
    const [outcome] = await made.system.loans!.renew(access, ['101']);
    expect(outcome).toEqual({ loanId: '101', status: 'renewed', dueAt: '2026-12-20T18:00:00+08:00' });
    expect(koha.services.filter((service) => service === 'GetPatronInfo')).toHaveLength(2);
  });
});

describe('a hostile answer', () => {
  const bomb = `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 30 }, (_, i) => `<!ENTITY b${i} "&a;&a;&a;">`).join('')}]><GetPatronInfo>&b29;</GetPatronInfo>`;
  it.each<[string, string]>([
    ['an entity bomb', bomb],
    [
      'an external entity',
      '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><GetPatronInfo>&x;</GetPatronInfo>',
    ],
    ['deep nesting', `<GetPatronInfo>${'<a>'.repeat(50_000)}`],
    ['50 MB', `<GetPatronInfo>${' '.repeat(50_000_000)}</GetPatronInfo>`],
    ['nothing', ''],
    ['JSON', '{"borrowernumber":51}'],
  ])('of %s is garbled, quickly', async (_, body) => {
    koha.faults.instead = (_request, response) => void response.end(body);
    const spent = startProcessorClock();
    expect(await faultOf(made.system.loans!.list(access))).toBe('GARBLED');
    expect(spent()).toBeLessThan(2_500);
  });

  it('is read or garbled, whatever its bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.string(), (bytes, text) => {
        for (const body of [Buffer.from(bytes), Buffer.from(`<A>${text}</A>`)]) {
          try {
            expect(readAnswer(body, ['A'], 'peer').name).toBe('A');
          } catch (error) {
            if (!(error instanceof LibraryFault)) throw error;
            expect(error.code).toBe('GARBLED');
          }
        }
      }),
    );
  });
});

describe('a search', () => {
  const search = (text: string, field: 'any' | 'title' | 'author' | 'isbn' = 'any') =>
    made.system.catalog!.search({ field, text, sort: 'relevance', page: 1, pageSize: 50, filters: {} });

  it('takes wildcards, quotes and operators for letters', async () => {
    expect((await search('100%_导论')).total).toBe(32);
    for (const text of ['%', '_%_%', '"}]},{"-or":[', '{"-like":"%"}', '\\', "' OR 1=1 --", '"isbn"']) {
      const { total } = await search(text, 'author');
      expect(total).toBe(0);
    }
  });

  it('is one object whose texts are the reader’s words and whose keys never are', () => {
    const keys = new Set([
      '-and',
      '-or',
      '-like',
      'title',
      'subtitle',
      'part_name',
      'part_number',
      'author',
      'isbn',
    ]);
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 200 }),
        fc.constantFrom('any', 'title', 'isbn'),
        (text, field) => {
          const input = {
            field: field as 'any',
            text,
            sort: 'relevance' as const,
            page: 1,
            pageSize: 5,
            filters: {},
          };
          JSON.parse(buildQuery(input, 'marc21').q, (key, value: unknown) => {
            if (key !== '' && !/^\d+$/.test(key)) expect(keys).toContain(key);
            return value;
          });
        },
      ),
    );
  });
});

describe('the REST interface', () => {
  it('is asked with one token however many ask, and with a new one when that ends', async () => {
    await Promise.all(Array.from({ length: 5 }, () => made.system.catalog!.bib('1')));
    expect(koha.rest.tokens).toBe(1);
    koha.rest.revoke();
    expect(await made.system.catalog!.bib('1')).toMatchObject({ bibId: '1' });
    expect(koha.rest.tokens).toBe(2);
    made.clock.at += 3_600_000;
    await made.system.catalog!.bib('1');
    expect(koha.rest.tokens).toBe(3);
  });

  it('that refuses leaves loans unsure, and is a fault where nothing can be said without it', async () => {
    const { system } = await connectTo(
      koha.url,
      { rest: { auth: BASIC, history: true } },
      { KOHA_USER: 'x', KOHA_PASSWORD: 'y' },
    );
    expect(await system.loans!.list(access)).toMatchObject({
      loans: expect.arrayContaining([expect.objectContaining({ renewal: { allowed: true, unsure: true } })]),
    });
    expect(await faultOf(system.fines!.list(access))).toBe('REJECTED');
    expect(await faultOf(system.catalog!.bib('1'))).toBe('REJECTED');
    await system.close();
  });

  it('is not asked about the rest once it failed for one loan', async () => {
    const { system } = await connectTo(koha.url, {
      rest: { auth: BASIC, path: '/api/v2' },
      maxConnections: 1,
    });
    await system.loans!.list(access);
    expect(koha.accessLog.filter((line) => line.includes('allows_renewal'))).toHaveLength(1);
    await system.close();
  });

  it('tells the state of copies by their barcodes', async () => {
    const states = await made.system.itemStates!([
      'B000011',
      'B000012',
      'B000072',
      'B000082',
      'B000092',
      'nowhere',
    ]);
    expect(Object.fromEntries(states)).toMatchObject({
      B000011: { status: 'onLoan', dueAt: '2026-11-22T23:59:00+08:00' },
      B000012: { status: 'onLoan' },
      B000072: { status: 'referenceOnly' },
      B000082: { status: 'missing' },
      B000092: { status: 'processing' },
    });
    expect(states.has('nowhere')).toBe(false);
  });

  it('asks for no barcode that SQL::Abstract takes for an operator: it would be given every copy', async () => {
    for (const barcode of ['-and', '-OR', '-Or']) {
      expect(await made.system.catalog!.itemByBarcode!(barcode)).toBeUndefined();
      expect([...(await made.system.itemStates!([barcode, 'B000011'])).keys()]).toEqual(['B000011']);
    }
    const lists = koha.accessLog.filter((line) => /^GET \/api\/v1\/items\?/.test(line));
    expect(lists).toHaveLength(3);
    for (const line of lists) expect(decodeURIComponent(line)).toContain('{"external_id":["B000011"]}');
  });
});

describe('looking closely', () => {
  const levels = async ({ system }: Connected): Promise<string[]> =>
    (await system.diagnose()).map(({ topic, level }) => `${topic} ${level}`);

  it('finds nothing wrong where nothing is', async () => {
    made.clock.at = Date.now();
    expect(await levels(made)).toEqual([
      'protocol ok',
      'timeZone ok',
      'protocol ok',
      'protocol ok',
      'protocol ok',
      'protocol ok',
    ]);
  });

  it.each<[string, object, string]>([
    ['ILS-DI is off', { disabled: true }, 'the system preference ILS-DI is off'],
    ['we are not listed', { unauthorized: true }, 'ILS-DI:AuthorizedIPs'],
  ])('says that %s', async (_, settings, text) => {
    Object.assign(koha.settings, settings);
    const findings = await made.system.diagnose();
    expect(findings[0]).toMatchObject({ topic: 'credentials', level: 'error' });
    expect(findings[0]!.text).toContain(text);
    expect(findings[0]!.text).not.toContain('192.0.2.7');
    expect(await faultOf(made.system.loans!.list(access))).toBe('REJECTED');
  });

  it('says what is wrong with host, path, clock and the service account', async () => {
    const at = async (url: string, more: object = {}, secrets?: Record<string, string>): Promise<string> => {
      const other = await connectTo(url, more, secrets);
      const found = (await other.system.diagnose()).filter(({ level }) => level !== 'ok');
      await other.system.close();
      return found.map(({ topic, text }) => `${topic}: ${text}`).join('\n');
    };
    expect(await at('http://127.0.0.1:1')).toMatch(/^connection: /);
    expect(await at(koha.url, { ilsDiPath: '/ilsdi.pl' })).toMatch(/^configuration: /);
    expect(await at(koha.url)).toMatch(/timeZone: The server's clock is \d+ s from ours|^$/);
    const secrets = { KOHA_USER: 'x', KOHA_PASSWORD: 'y' };
    expect(await at(koha.url, { rest: { auth: BASIC } }, secrets)).toMatch(/credentials: .*RESTBasicAuth/);
    expect(await at(koha.url, { rest: { auth: BASIC, path: '/api/v2' } })).toMatch(
      /configuration: .*rest\.path/,
    );
  });
});

it('counts money exactly', () => {
  expect(centsOf('12.500000')).toBe(1250);
  expect(centsOf(58.07)).toBe(5807);
  expect(centsOf('-3.000000')).toBe(-300);
  expect(centsOf('0.001')).toBeUndefined();
  expect(centsOf('1e3')).toBeUndefined();
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e9 }), (cents) => centsOf((cents / 100).toFixed(6)) === cents),
  );
});
