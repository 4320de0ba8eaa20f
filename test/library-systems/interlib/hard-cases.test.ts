import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as v from 'valibot';
import { SearchInput } from '../../../contracts/catalog';
import { connectInterlib } from '../../../library-systems/interlib';
import { LibraryFault } from '../../../library-systems/library-fault';
import { json, serve } from '../../support/chinese-library';
import { html } from '../../support/html';
import { configFor, context, openInterlib } from './support';

let open: Awaited<ReturnType<typeof openInterlib>>;
beforeEach(async () => {
  open = await openInterlib();
});
afterEach(() => open.close());

const query = (changes: object) => v.parse(SearchInput, { text: '历史', ...changes });
const asked = (path: string) => open.server.asked.filter((one) => one.path === path);
const signIn = (cardNumber = '2026310001', pin = '135790') =>
  open.system.signIn!.complete({ method: 'pin', answers: { cardNumber, pin } });
const signedIn = async () => {
  const proved = await signIn();
  if ('denied' in proved) throw new Error(proved.denied.libraryText);
  return { ref: proved.patron.ref, session: proved.session!.token };
};

it('finds by thirteen digits a book that was catalogued with ten, and finds it again', async () => {
  const [book] = open.server.library.books;
  Object.assign(book!, { isbn: '7-302-12260-1', recno: 700_002 });
  const search = v.parse(SearchInput, { field: 'isbn', text: '9787302122609' });
  const { total, items } = await open.system.catalog!.search(search);
  expect({ total, isbns: items.map(({ isbn13 }) => isbn13) }).toEqual({ total: 1, isbns: ['9787302122609'] });
  expect(await open.system.catalog!.bib(items[0]!.bibId)).toMatchObject({ isbn13: '9787302122609' });
});

describe('searching Interlib', () => {
  it('takes ISBNs with hyphens, and asks for JSON and pages from 1', async () => {
    const found = await open.system.catalog!.search(
      query({ field: 'isbn', text: open.server.library.books[0]!.isbn, page: 1 }),
    );
    expect(found.total).toBe(1);
    const { query: sent } = asked('/opac/api/search')[0]!;
    expect(Object.fromEntries(sent)).toEqual({
      q: open.server.library.books[0]!.isbn.replace(/-/g, ''),
      searchWay: 'isbn',
      rows: '20',
      page: '1',
      wt: 'json',
    });
  });

  it('puts what is typed into one parameter, whatever it is', async () => {
    const text = '历史&page=9#?wt=xml\r\nX: 1';
    await open.system.catalog!.search({ ...query({}), text });
    expect(asked('/opac/api/search')[0]!.query.get('q')).toBe(text);
    for (const bibId of ['../reader', '1?x', '1%2f2', ''])
      expect(await open.system.catalog!.bib(bibId)).toBeUndefined();
    expect(open.server.asked).toHaveLength(1);
  });

  it('is a clear fault where the site takes us for a robot', async () => {
    for (const body of ['<title>opac验证</title><script>$("#m").slideVerify({})</script>', 'bot detected']) {
      open.server.intercept = () => ({ body, status: body.startsWith('bot') ? 403 : 200 });
      await expect(open.system.catalog!.search(query({}))).rejects.toMatchObject({
        code: 'REJECTED',
        reason: 'credentials',
      });
    }
  });

  it('does not take a failing site for a title that there is not', async () => {
    open.server.intercept = ({ path }) => (path.includes('/api/book/') ? { status: 500 } : undefined);
    await expect(open.system.catalog!.bib('700001')).rejects.toMatchObject({ code: 'GARBLED' });
    expect(await open.system.catalog!.bib('1')).toBeUndefined();
  });

  it('tells the day a copy is due by the library’s own calendar', async () => {
    const holdings = await open.system.catalog!.holdings('700001');
    // Midnight at the library is still the day before in Greenwich.
    expect(holdings!.items[0]).toMatchObject({ status: 'onLoan', statusText: '借出', dueAt: '2026-11-24' });
  });
});

describe('a reader of Interlib', () => {
  it('is known by the number that was typed, for the pages show it with stars', async () => {
    const proved = await signIn();
    expect(proved).toMatchObject({
      patron: {
        ref: '2026310001',
        cardNumber: '2026310001',
        name: '*甲',
        expiresAt: '2029-06-30',
        blocks: [],
      },
      session: { expiresAt: '2026-11-21T02:25:00.000Z' },
    });
    const [login] = asked('/opac/m/reader/doLogin');
    expect(login!.body).not.toContain('135790');
    expect([...login!.query]).toEqual([]);
  });

  it('is told of a wrong PIN as such, also where the site asks for a captcha with it', async () => {
    for (const [text, code] of [
      ['密码错误，请输入验证码', 'BAD_PIN'],
      ['请滑动验证码', 'NEED_CAPTCHA'],
    ] as const) {
      open.server.intercept = ({ path }) =>
        path.endsWith('doLogin')
          ? html(`<p class="error">${text}</p><input name="rdid"><input name="rdPasswd">`, 'utf-8')
          : undefined;
      expect(await signIn()).toMatchObject({ denied: { code, libraryText: text } });
    }
  });

  it('sees a card that is not good', async () => {
    const access = await signedIn();
    open.server.intercept = () =>
      html('<table><tr><td>【证状态】 挂失</td><td>【读者类型】 教师</td></table>', 'utf-8');
    expect(await open.system.patrons!.patron(access)).toMatchObject({
      blocks: [{ code: 'CARD_LOST', libraryText: '挂失' }],
    });
  });

  it('is asked to sign in again when the session has ended', async () => {
    const access = await signedIn();
    open.server.endSessions();
    expect(await open.system.loans!.list(access)).toMatchObject({ denied: { code: 'SIGN_IN_AGAIN' } });
    expect(await open.system.loans!.list({ ...access, ref: 'other' })).toMatchObject({
      denied: { code: 'SIGN_IN_AGAIN' },
    });
  });
});

describe('loans of Interlib', () => {
  it('are read to the end, though the site gives ten at a time', async () => {
    const access = await signedIn();
    const [reader, other] = open.server.library.readers;
    const [loan] = other!.loans;
    reader!.loans = Array.from({ length: 30 }, (_, i) => ({ ...loan!, barcode: `B${1_000 + i}`, loanId: i }));
    const listed = await open.system.loans!.list(access);
    expect('loans' in listed && listed.loans.map(({ itemBarcode }) => itemBarcode).sort()).toEqual(
      reader!.loans.map(({ barcode }) => barcode),
    );
  });

  it('are none only where the page says so', async () => {
    const access = await signedIn();
    open.server.library.readers[0]!.loans = [];
    expect(await open.system.loans!.list(access)).toEqual({ loans: [] });
    open.server.intercept = () => html('<p>系统维护</p>', 'utf-8');
    await expect(open.system.loans!.list(access)).rejects.toMatchObject({ code: 'GARBLED' });
  });

  it('are renewed with the token of the form, each with its own', async () => {
    const access = await signedIn();
    const ids = open.server.library.readers[0]!.loans.map(({ barcode }) => barcode);
    expect(await open.system.loans!.renew(access, ids)).toMatchObject([
      { status: 'renewed', dueAt: '2026-12-25' },
      { status: 'renewed', dueAt: '2026-12-28' },
      { status: 'refused', code: 'TOO_SOON', libraryText: expect.stringContaining('不到续借时间') },
      { status: 'refused', code: 'TOO_MANY_RENEWALS' },
    ]);
    const sent = asked('/opac/loan/doRenew').map(({ body }) => new URLSearchParams(body).get('pdsToken'));
    expect(new Set(sent).size).toBe(4);
  });

  it('are unknown when the answer is lost, or neither yes nor no', async () => {
    const access = await signedIn();
    const { barcode } = open.server.library.readers[0]!.loans[0]!;
    open.server.intercept = ({ path }) =>
      path.endsWith('doRenew') ? html('<div id="content">您好</div>', 'utf-8') : undefined;
    expect(await open.system.loans!.renew(access, [barcode])).toEqual([
      { loanId: barcode, status: 'unknown' },
    ]);
    open.server.intercept = ({ path }) => (path.endsWith('doRenew') ? 'drop' : undefined);
    expect(await open.system.loans!.renew(access, [barcode])).toEqual([
      { loanId: barcode, status: 'unknown' },
    ]);
    expect(open.server.library.renewals).toBe(1);
  });
});

it('answers with a fault or in the form of the contract, whatever JSON comes', async () => {
  let data: unknown;
  open.server.intercept = () => json(data);
  const loose = fc.oneof(fc.string(), fc.nat(), fc.constant(null));
  const copy = fc.record(
    { barcode: loose, state: loose, curlib: loose, curlocal: loose, callno: loose },
    { requiredKeys: [] },
  );
  const holding = fc.record({
    holdingList: fc.array(copy, { maxLength: 3 }),
    holdStateMap: fc.dictionary(fc.string(), fc.record({ stateName: loose })),
    loanWorkMap: fc.dictionary(fc.string(), fc.record({ returnDate: loose })),
  });
  const book = fc.record({ biblios: fc.record({ title: loose, isbn: loose, pubdate: loose }) });
  await fc.assert(
    fc.asyncProperty(fc.oneof(holding, book, fc.jsonValue()), async (value) => {
      data = value;
      const { catalog } = open.system;
      for (const call of [
        () => catalog!.search(query({})),
        () => catalog!.holdings('7'),
        () => catalog!.bib('7'),
      ]) {
        await call().catch((error: unknown) => expect(error).toBeInstanceOf(LibraryFault));
      }
    }),
    { numRuns: 150 },
  );
}, 60_000);

describe('looking closely at Interlib', () => {
  const findingsFor = async (url: string, changes: object = {}) => {
    const system = await connectInterlib(configFor(url, changes), context);
    const findings = await system.diagnose();
    await system.close();
    return findings;
  };

  it('finds nothing wrong where nothing is', async () => {
    expect((await open.system.diagnose()).map(({ level }) => level)).toEqual(['ok', 'ok', 'ok']);
  });

  it('tells a wrong host, a wrong path and a library that has no such word', async () => {
    expect(await findingsFor('http://127.0.0.1:9')).toMatchObject([{ topic: 'connection', level: 'error' }]);
    const other = await serve(() => ({ status: 404 }));
    expect(await findingsFor(other.url)).toContainEqual(
      expect.objectContaining({
        topic: 'configuration',
        level: 'error',
        text: expect.stringContaining('check the path'),
      }),
    );
    await other.close();
    const empty = await findingsFor(open.server.url, { probeWord: 'qzxv', curlibcode: 'N' });
    expect(empty.at(-1)).toMatchObject({
      topic: 'institution',
      level: 'error',
      text: expect.stringContaining('curlibcode'),
    });
  });
});
