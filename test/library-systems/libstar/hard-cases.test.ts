import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as v from 'valibot';
import { SearchInput } from '../../../contracts/catalog';
import { LibraryFault } from '../../../library-systems/library-fault';
import { connectLibStar, LibStarConfig } from '../../../library-systems/libstar';
import { expiryOf, jwtIn } from '../../../library-systems/libstar/sign-in';
import { json, NOW, serve } from '../../support/chinese-library';
import { configFor, context, openLibStar, SSO } from './support';

let open: Awaited<ReturnType<typeof openLibStar>>;
beforeEach(async () => {
  open = await openLibStar();
});
afterEach(() => open.close());

const query = (text: string) => v.parse(SearchInput, { text });
const signIn = async (ticket: string, state?: string) => {
  const start = await open.system.signIn!.start('sso');
  if (start.kind !== 'sso') throw new Error(start.kind);
  return open.system.signIn!.complete({ method: 'sso', answers: { ticket }, state: state ?? start.state });
};
const signedIn = async (reader = open.server.library.readers[0]!) => {
  const proved = await signIn(open.server.issueJwt(reader));
  if ('denied' in proved) throw new Error(proved.denied.libraryText);
  return { ref: proved.patron.ref, session: proved.session!.token };
};
const asked = (path: string) => open.server.asked.filter((one) => one.path === path);

describe('every request to LibStar', () => {
  it('carries Referer and groupCode, and the token with the reader’s own only', async () => {
    const access = await signedIn();
    await open.system.catalog!.search(query('历史'));
    await open.system.loans!.list(access);
    for (const { path, headers } of open.server.asked) {
      expect(headers.referer).toBe(`${open.server.url}/`);
      expect(headers['groupcode']).toBe('200069');
      expect('jwtopacauth' in headers).toBe(/loanInfo|userinfo/.test(path));
    }
  });

  it('holds what a reader typed as text, whatever it is', async () => {
    const text = '"}],"onlyOnShelf":true,"x":["\\ \u0000 <script>';
    expect(await open.system.catalog!.search({ ...query('x'), text })).toMatchObject({ total: 0 });
    expect(JSON.parse(asked('/find/unify/search')[0]!.body)).toMatchObject({ searchFieldContent: text });
    for (const bibId of ['1&x=2', '../7', '7%0d%0a', '-1', '']) {
      expect(await open.system.catalog!.bib(bibId)).toBeUndefined();
      expect(await open.system.catalog!.holdings(bibId)).toBeUndefined();
    }
    expect(open.server.asked).toHaveLength(1);
  });
});

describe('an answer of LibStar', () => {
  it('is a fault when the site misses the Referer, not an empty list', async () => {
    const nine = json({ success: false, errCode: 9999, message: '系统访问中断，请稍后再试！', data: null });
    open.server.intercept = () => nine;
    await expect(open.system.catalog!.search(query('历史'))).rejects.toMatchObject({ code: 'REJECTED' });
  });

  it('brings titles without counts where the counts cannot be read', async () => {
    open.server.intercept = ({ path }) => (path.includes('OnShelfCount') ? { status: 500 } : undefined);
    const { items } = await open.system.catalog!.search(query('历史'));
    expect(items).toHaveLength(20);
    for (const item of items) expect(item).not.toHaveProperty('totalCopies');
  });

  it('is a fault when fewer copies or loans come than were told of', async () => {
    const access = await signedIn();
    const short = {
      success: true,
      errCode: 200,
      data: { numFound: 3, totalCount: 3, searchResult: [], list: [] },
    };
    open.server.intercept = () => json(short);
    await expect(open.system.loans!.list(access)).rejects.toMatchObject({ code: 'GARBLED' });
    await expect(open.system.catalog!.holdings('700001')).rejects.toMatchObject({ code: 'GARBLED' });
  });

  it('is a fault or fits the contract, whatever JSON it is', async () => {
    const access = await signedIn();
    let data: unknown;
    open.server.intercept = () => json({ success: true, errCode: 200, message: '', data });
    const row = fc.record(
      {
        recordId: fc.oneof(fc.nat(), fc.string(), fc.constant(null)),
        loanId: fc.oneof(fc.nat(), fc.string()),
        title: fc.oneof(fc.string(), fc.constant(null), fc.nat()),
        callNo: fc.oneof(fc.array(fc.string()), fc.constant(null), fc.string()),
        normReturnDate: fc.oneof(fc.constantFrom('2026-11-28', '2026/11/28 00:00:00'), fc.string()),
        processType: fc.string(),
      },
      { requiredKeys: [] },
    );
    const rows = fc.array(row, { maxLength: 3 });
    const envelope = fc.record({
      numFound: fc.oneof(fc.nat(3), fc.string()),
      searchResult: rows,
      list: rows,
      totalCount: fc.nat(3),
    });
    await fc.assert(
      fc.asyncProperty(fc.oneof(envelope, fc.jsonValue()), async (value) => {
        data = value;
        const { catalog, loans } = open.system;
        for (const call of [
          () => catalog!.search(query('x')),
          () => catalog!.holdings('7'),
          () => catalog!.bib('7'),
          () => loans!.list(access),
        ]) {
          await call().catch((error: unknown) => expect(error).toBeInstanceOf(LibraryFault));
        }
      }),
      { numRuns: 100 },
    );
  }, 60_000);
});

describe('signing in at LibStar', () => {
  it('takes the token, the address that holds it, or the CAS ticket', async () => {
    const [reader] = open.server.library.readers;
    const jwt = open.server.issueJwt(reader!);
    const ways = [
      jwt,
      `https://find.example.edu.cn/#/home?jwt=${jwt}&x=1`,
      `  https://find.example.edu.cn/?jwt=${jwt}`,
    ];
    for (const way of [...ways, open.server.issueTicket(reader!)]) {
      expect(await signIn(way)).toMatchObject({
        patron: {
          ref: '2026310001',
          cardNumber: '2026310001',
          name: '读者甲',
          readerType: { name: '本科生' },
          expiresAt: '2029-06-30',
        },
        session: { expiresAt: '2026-11-21T03:00:00.000Z' },
      });
    }
  });

  it('leads to the campus’ page, and takes nothing without its own state', async () => {
    expect(await open.system.signIn!.start('sso')).toMatchObject({ kind: 'sso', ssoUrl: SSO });
    const jwt = open.server.issueJwt(open.server.library.readers[0]!);
    const { server } = open;
    const before = server.asked.length;
    for (const state of ['', 'x', 'A'.repeat(80)]) {
      expect(await signIn(jwt, state)).toMatchObject({ denied: { code: 'OTHER' } });
    }
    expect(await signIn('https://elsewhere.example/?x=1')).toMatchObject({ denied: { code: 'OTHER' } });
    expect(server.asked).toHaveLength(before);
    await expect(open.system.signIn!.start('pin')).rejects.toMatchObject({ code: 'REJECTED' });
  });

  it('refuses a token that the site does not know, however good it looks', async () => {
    const forged = open.server.issueJwt(open.server.library.readers[0]!).replace(/\.[^.]*$/, '.c2lnbmF0dXJl');
    expect(await signIn(forged)).toMatchObject({ denied: { code: 'OTHER' } });
  });

  it('never throws on what is pasted', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (text) => {
        expect(jwtIn(text) ?? 'a.b.c').toMatch(/^[\w-]+\.[\w-]+\.[\w-]*$/);
        expiryOf(text);
      }),
    );
    expect(expiryOf(`x.${Buffer.from('{"exp":"soon"}').toString('base64url')}.x`)).toBeUndefined();
  });
});

describe('a session with LibStar', () => {
  it('that the site has ended is to be begun anew', async () => {
    const access = await signedIn();
    open.server.endSessions();
    const again = { denied: { code: 'SIGN_IN_AGAIN' } };
    expect(await open.system.loans!.list(access)).toMatchObject(again);
    expect(await open.system.patrons!.patron(access)).toMatchObject(again);
    expect(await open.system.loans!.renew(access, ['1'])).toMatchObject([
      { status: 'refused', code: 'SIGN_IN_AGAIN' },
    ]);
  });

  it('is nobody else’s', async () => {
    const { session } = await signedIn();
    const before = open.server.asked.length;
    const answer = await open.system.loans!.list({ ref: '2026310002', session });
    expect(answer).toMatchObject({ denied: { code: 'SIGN_IN_AGAIN' } });
    expect(open.server.asked).toHaveLength(before);
  });
});

describe('renewing at LibStar', () => {
  it('is unknown when its answer is lost, asked once, and the list shows what came of it', async () => {
    const access = await signedIn();
    const [loan] = open.server.library.readers[0]!.loans;
    open.server.intercept = ({ path }) => (path.endsWith('/reNew') ? 'drop' : undefined);
    const id = String(loan!.loanId);
    expect(await open.system.loans!.renew(access, [id])).toEqual([{ loanId: id, status: 'unknown' }]);
    expect(asked('/find/lendbook/reNew')).toHaveLength(1);
    expect(open.server.library.renewals).toBe(1);
    const listed = await open.system.loans!.list(access);
    expect(listed).toMatchObject({
      loans: expect.arrayContaining([expect.objectContaining({ loanId: id, dueAt: '2026-12-25' })]),
    });
  });

  it('gives the library’s words, and their code by the site’s own patterns first', async () => {
    await open.close();
    open = await openLibStar({ denialTexts: [{ pattern: '不到续借时间', code: 'AUTO_RENEW' }] });
    const access = await signedIn();
    const ids = open.server.library.readers[0]!.loans.map(({ loanId }) => String(loanId));
    expect(await open.system.loans!.renew(access, ids)).toMatchObject([
      { status: 'renewed', dueAt: '2026-12-25' },
      { status: 'renewed', dueAt: '2026-12-28' },
      { status: 'refused', code: 'AUTO_RENEW', libraryText: '不到续借时间，不得续借！' },
      { status: 'refused', code: 'TOO_MANY_RENEWALS', libraryText: '超过最大续借次数，不得续借！' },
    ]);
  });
});

describe('looking closely at LibStar', () => {
  const levels = async (config: LibStarConfig) => {
    const system = await connectLibStar(config, context);
    const findings = await system.diagnose();
    await system.close();
    return findings;
  };

  it('finds nothing wrong where nothing is', async () => {
    const findings = await open.system.diagnose();
    expect(findings.map(({ level }) => level)).toEqual(['ok', 'ok', 'ok']);
  });

  it('tells a wrong groupCode from a missing Referer', async () => {
    const wrong = await levels(configFor(open.server.url, { groupCode: '1' }));
    expect(wrong.at(-1)).toMatchObject({
      topic: 'institution',
      level: 'error',
      text: expect.stringContaining('200069'),
    });
    open.server.intercept = ({ path }) =>
      path.startsWith('/find/unify') ? json({ success: false, errCode: 9999 }) : undefined;
    const missing = await open.system.diagnose();
    expect(missing.at(-1)).toMatchObject({
      topic: 'credentials',
      level: 'error',
      text: expect.stringContaining('Referer'),
    });
  });

  it('tells a wrong host, another product and a wrong clock', async () => {
    expect(await levels(configFor('http://127.0.0.1:9'))).toMatchObject([
      { topic: 'connection', level: 'error' },
    ]);
    const other = await serve(() => ({ body: '<title>Welcome to nginx!</title>' }));
    const findings = await levels(configFor(other.url));
    expect(findings).toContainEqual(
      expect.objectContaining({
        topic: 'protocol',
        level: 'warning',
        text: expect.stringContaining('nginx'),
      }),
    );
    expect(findings.at(-1)).toMatchObject({ level: 'error', topic: 'protocol' });
    await other.close();
    const late = await connectLibStar(configFor(open.server.url), {
      ...context,
      clock: { now: () => NOW + 3_600_000 },
    });
    expect(await late.diagnose()).toContainEqual(
      expect.objectContaining({ topic: 'timeZone', level: 'warning' }),
    );
    await late.close();
  });
});

it('takes no setting that it does not know', () => {
  expect(() => v.parse(LibStarConfig, { ...configFor('https://x.example'), groupcode: '1' })).toThrow();
  expect(() => configFor('https://x.example', { groupCode: '' })).toThrow();
});
