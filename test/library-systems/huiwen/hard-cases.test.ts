import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as v from 'valibot';
import { SearchInput } from '../../../contracts/catalog';
import { Id } from '../../../contracts/fields';
import { connectHuiwen } from '../../../library-systems/huiwen';
import { bibIdOf, parseBibId } from '../../../library-systems/huiwen/bib-ids';
import { branchFor } from '../../../library-systems/huiwen/holdings';
import { LibraryFault } from '../../../library-systems/library-fault';
import { json, NOW, serve } from '../../support/chinese-library';
import { html, PNG } from '../../support/html';
import { configFor, context, openHuiwen } from './support';
import { startProcessorClock } from '../../support/processor-time';

let open: Awaited<ReturnType<typeof openHuiwen>>;
beforeEach(async () => {
  open = await openHuiwen();
});
afterEach(() => open.close());

const query = (text: string) => v.parse(SearchInput, { text, pageSize: 50 });
const asked = (path: string) => open.server.asked.filter((one) => one.path === path);
const start = async () => {
  const started = await open.system.signIn!.start('captcha-pin');
  if (started.kind !== 'captcha') throw new Error(started.kind);
  return started;
};
const signedIn = async (number = '2026310001', pin = '135790') => {
  const proved = await open.signIn(number, pin);
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

describe('signing in at Huiwen by captcha', () => {
  it('shows the site’s own picture, and proves number and PIN with what stands in it', async () => {
    const { captchaImage, fields } = await start();
    expect(captchaImage).toBe(`data:image/png;base64,${PNG.toString('base64')}`);
    expect(fields.map(({ name, secret }) => [name, secret])).toEqual([
      ['cardNumber', false],
      ['pin', true],
      ['captcha', false],
    ]);
    expect(await open.signIn('2026310001', '135790')).toMatchObject({
      patron: {
        ref: '2026310001',
        cardNumber: 'T2026310001',
        name: '读者甲',
        readerType: { name: '本科生' },
        department: '历史学院',
        expiresAt: '2029-06-30',
      },
      session: { expiresAt: new Date(NOW + 20 * 60_000).toISOString() },
    });
  });

  it('gives the phone nothing that could be used without this gateway', async () => {
    const { state } = await start();
    const cookie = asked('/reader/captcha.php')[0]!.headers.cookie!;
    expect(cookie).toMatch(/^PHPSESSID=\w+$/);
    const seen = `${state} ${Buffer.from(state, 'base64url').toString('latin1')}`;
    expect(seen).not.toContain(cookie.slice(10));
    expect(state.length).toBeLessThan(4_096);
  });

  it('tells a wrong picture from a wrong PIN, and a picture is good for one try', async () => {
    const { state } = await start();
    const captcha = open.server.captcha();
    const answers = { cardNumber: '2026310001', pin: '135790', captcha: 'oooo' };
    const complete = (changes: object) =>
      open.system.signIn!.complete({ method: 'captcha-pin', answers: { ...answers, ...changes }, state });
    expect(await complete({})).toMatchObject({
      denied: { code: 'NEED_CAPTCHA', libraryText: expect.stringContaining('wrong check code') },
    });
    expect(await complete({ captcha })).toMatchObject({ denied: { code: 'NEED_CAPTCHA' } });
    expect(await open.signIn('2026310001', '000000')).toMatchObject({
      denied: { code: 'BAD_PIN', libraryText: expect.stringContaining('密码错误') },
    });
  });

  it('takes a text that names the PIN and the picture for the wrong PIN, which must count', async () => {
    for (const [text, code] of [
      ['用户名或密码错误，请重新输入验证码', 'BAD_PIN'],
      ['验证码不存在', 'NEED_CAPTCHA'],
    ] as const) {
      open.server.intercept = ({ path }) =>
        path.endsWith('redr_verify.php')
          ? html(`<p>${text}</p><input name="number"><input name="passwd">`, 'utf-8')
          : undefined;
      expect(await open.signIn('2026310001', '135790')).toMatchObject({ denied: { code } });
    }
  });

  it('finds the reason on a huge and deep page without reading it a hundred times', async () => {
    const page = `<input name="passwd"><p>密码错误</p>${'<div>x'.repeat(200)}${'错误 '.repeat(700_000)}`;
    open.server.intercept = ({ path }) =>
      path.endsWith('redr_verify.php') ? html(page, 'utf-8') : undefined;
    const spent = startProcessorClock();
    const heap = process.memoryUsage().heapUsed;
    expect(await open.signIn('2026310001', '135790')).toMatchObject({
      denied: { code: 'BAD_PIN', libraryText: '密码错误' },
    });
    expect(process.memoryUsage().heapUsed - heap).toBeLessThan(300 * 1024 * 1024);
    expect(spent()).toBeLessThan(10_000);
  }, 60_000);

  it('is not held up by a page that begins the same words over and over', async () => {
    const { bibId } = (await open.system.catalog!.search(query('历史'))).items[0]!;
    open.server.intercept = ({ path }) =>
      path.endsWith('ajax_item.php') ? html(`<p>${'没有'.repeat(40_000)}</p>`, 'utf-8') : undefined;
    const spent = startProcessorClock();
    await expect(open.system.catalog!.holdings(bibId)).rejects.toMatchObject({ code: 'GARBLED' });
    expect(spent()).toBeLessThan(5_000);
  }, 60_000);

  it('asks the library nothing with a state that is not its own, or of the other way', async () => {
    const sso = await open.system.signIn!.start('sso');
    if (sso.kind !== 'sso') throw new Error(sso.kind);
    for (const state of ['', 'forged', sso.state]) {
      const answers = { cardNumber: '2026310001', pin: '135790', captcha: '1' };
      const refused = await open.system.signIn!.complete({ method: 'captcha-pin', answers, state });
      expect(refused).toMatchObject({ denied: { code: 'NEED_CAPTCHA' } });
    }
    expect(asked('/reader/redr_verify.php')).toHaveLength(0);
  });

  it('puts what was typed into one form, and the PIN into no address and no fault', async () => {
    const pin = 'p&captcha=1\r\nX-Evil: 1';
    expect(await open.signIn('2026310001&select=email', pin)).toMatchObject({ denied: { code: 'BAD_PIN' } });
    const [verify] = asked('/reader/redr_verify.php');
    expect(new URLSearchParams(verify!.body).get('passwd')).toBe(pin);
    expect(new URLSearchParams(verify!.body).getAll('select')).toEqual(['cert_no']);
    expect(verify!.headers['x-evil']).toBeUndefined();
    expect([...verify!.query]).toEqual([]);
    open.server.intercept = ({ path }) => (path.endsWith('redr_verify.php') ? { status: 503 } : undefined);
    const fault = await open.signIn('2026310001', 'secret-pin').catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(LibraryFault);
    expect(String(fault)).not.toMatch(/secret-pin|2026310001/);
  });

  it('takes no page and no huge file for a picture', async () => {
    for (const body of ['<html>busy</html>', Buffer.concat([PNG, Buffer.alloc(100_000)])]) {
      open.server.intercept = ({ path }) => (path.endsWith('captcha.php') ? { body } : undefined);
      await expect(open.system.signIn!.start('captcha-pin')).rejects.toMatchObject({ code: 'GARBLED' });
    }
  });

  it('sends the conversation’s cookie to no other site', async () => {
    const other = await serve(() => ({ body: 'stolen' }));
    open.server.intercept = ({ path }) =>
      path.endsWith('redr_verify.php')
        ? { status: 302, headers: { location: `${other.url}/reader/x` } }
        : undefined;
    await expect(open.signIn('2026310001', '135790')).rejects.toMatchObject({ code: 'GARBLED' });
    expect(other.asked).toEqual([]);
    await other.close();
  });
});

describe('titles of Huiwen', () => {
  it('keep their ids when the record numbers change', async () => {
    const { items } = await open.system.catalog!.search(query('历史'));
    const before = await Promise.all(
      items.slice(0, 8).map(({ bibId }) => open.system.catalog!.holdings(bibId)),
    );
    open.server.renumber();
    const again = await open.system.catalog!.search(query('历史'));
    expect(again.items).toEqual(items);
    const after = await Promise.all(
      items.slice(0, 8).map(({ bibId }) => open.system.catalog!.holdings(bibId)),
    );
    expect(after).toEqual(before);
    expect(new Set(items.map(({ bibId }) => bibId[0]))).toEqual(new Set(['i', 'c']));
  });

  it('have ids of the contract’s form that tell what they are found by', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.string(), (callNumber, title) => {
        const told = { marcNo: '0000833661', title, author: '', publisher: '', year: '' };
        const bibId = bibIdOf({ ...told, ...(callNumber !== '' && { callNumber }) });
        expect(v.is(Id, bibId)).toBe(true);
        const parsed = parseBibId(bibId)!;
        if ('trail' in parsed) expect(parsed.trail).toEqual({ field: 'callNumber', text: callNumber });
        else expect(parsed).toEqual({ marcNo: '0000833661' });
      }),
    );
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseBibId(text)));
  });

  it('may hold markup as text, and are shown without what is only markup', async () => {
    const { items } = await open.system.catalog!.search(query('建筑'));
    expect(items[0]!.title).toBe('<b>建筑</b>历史读本 5');
    open.server.intercept = () =>
      json({
        total: 1,
        content: [{ marcRecNo: 'a1', title: '<a href="x">史记<script>alert(1)</script></a>', isbn: '' }],
      });
    expect(await open.system.catalog!.search(query('x'))).toMatchObject({ items: [{ title: '史记' }] });
  });

  it('have copies in the branch that their room belongs to', () => {
    const config = configFor('http://x.example', { locations: [{ startsWith: '逸夫', branch: 'W' }] });
    expect(branchFor(config, '', '逸夫馆信息库')).toEqual({ code: 'W', name: '文昌校区' });
    expect(branchFor(config, '', '南湖校区—借阅室')).toMatchObject({ code: 'N' });
    expect(branchFor(config, '文昌校区', '借阅室')).toMatchObject({ code: 'W' });
    expect(branchFor(config, '', '别处')).toEqual({ code: '别处', name: '别处' });
    const one = configFor('http://x.example', { branches: [{ code: 'M', name: '总馆' }] });
    expect(branchFor(one, '', '中文借阅室')).toMatchObject({ code: 'M' });
  });
});

describe('loans of Huiwen', () => {
  it('are none only where the page says so', async () => {
    open.server.library.readers[2]!.past = [];
    const access = await signedIn('2026310003', '111213');
    expect(await open.system.loans!.list(access)).toEqual({ loans: [] });
    expect(await open.system.loans!.history!(access, { page: 1, pageSize: 5 })).toEqual({
      items: [],
      total: 0,
    });
    open.server.intercept = () => html('<title>系统维护</title><p>请稍后访问', 'utf-8');
    await expect(open.system.loans!.list(access)).rejects.toMatchObject({ code: 'GARBLED' });
  });

  it('are asked for anew after the session has ended, by redirect or by the form itself', async () => {
    const access = await signedIn();
    const again = { denied: { code: 'SIGN_IN_AGAIN' } };
    open.server.intercept = () =>
      html('<form>证件号 <input name="number"><input name="passwd"></form>', 'utf-8');
    expect(await open.system.loans!.list(access)).toMatchObject(again);
    open.server.intercept = undefined;
    open.server.endSessions();
    expect(await open.system.loans!.list(access)).toMatchObject(again);
    expect(await open.system.patrons!.patron(access)).toMatchObject(again);
    expect(await open.system.loans!.renew(access, ['x'])).toMatchObject([{ code: 'SIGN_IN_AGAIN' }]);
  });

  it('are renewed once when the answer is lost, and the list shows it', async () => {
    const access = await signedIn();
    const { barcode } = open.server.library.readers[0]!.loans[0]!;
    open.server.intercept = ({ path }) => (path.endsWith('ajax_renew.php') ? 'drop' : undefined);
    expect(await open.system.loans!.renew(access, [barcode])).toEqual([
      { loanId: barcode, status: 'unknown' },
    ]);
    expect(asked('/reader/ajax_renew.php')).toHaveLength(1);
    expect(open.server.library.renewals).toBe(1);
  });

  it.each([502, 503, 504])(
    'are certainly not renewed when the list before it meets HTTP %i',
    async (status) => {
      const access = await signedIn();
      const { barcode } = open.server.library.readers[0]!.loans[0]!;
      open.server.intercept = () => ({ ...html('', 'utf-8'), status });
      await expect(open.system.loans!.renew(access, [barcode])).rejects.toMatchObject({
        code: 'UNREACHABLE',
        mayHaveHappened: false,
      });
      expect(open.server.library.renewals).toBe(0);
    },
  );

  it('are unknown when the answer is neither yes nor no, and refused in the library’s words', async () => {
    const access = await signedIn();
    const { barcode } = open.server.library.readers[0]!.loans[0]!;
    const answers: [string, object][] = [
      ['', { status: 'unknown' }],
      ['<p>系统繁忙</p>', { status: 'unknown' }],
      [
        '<font color=red>该书已被预约，不得续借！</font>',
        { code: 'ON_HOLD', libraryText: '该书已被预约，不得续借！' },
      ],
      ['<font color=red>有欠款，不得续借</font>', { code: 'DEBT' }],
      ['<font color="red">一二三</font>', { code: 'OTHER', libraryText: '一二三' }],
      ['错误的验证码(wrong check code)', { code: 'NEED_CAPTCHA' }],
    ];
    for (const [body, outcome] of answers) {
      open.server.intercept = ({ path }) =>
        path.endsWith('ajax_renew.php') ? html(body, 'utf-8') : undefined;
      expect(await open.system.loans!.renew(access, [barcode])).toMatchObject([
        { loanId: barcode, ...outcome },
      ]);
    }
  });

  it('need the website where renewing asks for a captcha', async () => {
    await open.close();
    open = await openHuiwen({ renewalCaptcha: true });
    const access = await signedIn();
    const { barcode } = open.server.library.readers[0]!.loans[0]!;
    expect(await open.system.loans!.renew(access, [barcode])).toMatchObject([
      { status: 'refused', code: 'NEED_CAPTCHA' },
    ]);
  });

  it('cannot be renewed by a code that stands on somebody else’s button', async () => {
    const access = await signedIn();
    const page = `<table><tr><td>条码号<td>题名<td>应还日期<td>续借<tr><td>A1<td>史记<td>2026-11-28<td>
      <input onclick="getInLib('B2','1F2E','0')"><input onclick="getInLib('A1','1' OR '1','0')"></table>`;
    open.server.intercept = () => html(page, 'utf-8');
    expect(await open.system.loans!.renew(access, ['A1'])).toMatchObject([
      { status: 'refused', code: 'UNSUPPORTED' },
    ]);
    expect(asked('/reader/ajax_renew.php')).toHaveLength(0);
  });
});

it('answers with a fault or in the form of the contract, whatever pages come', async () => {
  const access = await signedIn();
  const bits = fc.constantFrom(
    ...[
      '<table>',
      '<tr>',
      '<td>',
      '</td>',
      '</table>',
      '条码号',
      '题名',
      '应还日期',
      '馆藏地',
      '书刊状态',
      '2026-11-28',
    ],
    ...[
      '<dl><dt>题名/责任者:</dt><dd>',
      '</dd></dl>',
      '"',
      '{"total":',
      '}',
      '证件号：',
      '<font color=red>',
      '\u0000',
      '记录为空',
    ],
  );
  let body = '';
  open.server.intercept = ({ path }) =>
    path.endsWith('adv.php')
      ? json({ total: 1, content: [{ marcRecNo: 'a1', title: '史记' }] })
      : html(body, 'utf-8');
  const { items } = await open.system.catalog!.search(query('x'));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(bits, fc.string({ maxLength: 5 })), { maxLength: 40 }),
      async (parts) => {
        body = parts.join('');
        const { catalog, loans, patrons } = open.system;
        const calls = [
          () => catalog!.holdings(items[0]!.bibId),
          () => catalog!.bib(items[0]!.bibId),
          () => loans!.list(access),
          () => loans!.history!(access, { page: 1, pageSize: 5 }),
          () => patrons!.patron(access),
        ];
        for (const call of calls)
          await call().catch((error: unknown) => expect(error).toBeInstanceOf(LibraryFault));
      },
    ),
    { numRuns: 100 },
  );
}, 60_000);

describe('looking closely at Huiwen', () => {
  const findingsFor = async (url: string, changes: object = {}) => {
    const system = await connectHuiwen(configFor(url, changes), context);
    const findings = await system.diagnose();
    await system.close();
    return findings;
  };

  it('finds nothing wrong where nothing is, and the version', async () => {
    const findings = await open.system.diagnose();
    expect(findings.map(({ level }) => level)).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(findings[1]!.text).toContain('5.5.15.12.03');
  });

  it('tells a wrong host, a wrong character set and another product', async () => {
    expect(await findingsFor('http://127.0.0.1:9')).toMatchObject([{ topic: 'connection', level: 'error' }]);
    const page = Buffer.from(`<title>书目检索系统</title>${'汇文软件书目检索系统'.repeat(5)}`);
    open.server.intercept = ({ path }) => (path === '/opac/search.php' ? { body: page } : undefined);
    expect(await findingsFor(open.server.url, { charset: 'gb18030' })).toContainEqual(
      expect.objectContaining({
        topic: 'charset',
        level: 'error',
        text: expect.stringContaining('set "charset"'),
      }),
    );
    const other = await serve(() => ({ status: 404, body: '<title>Not Found</title>' }));
    const findings = await findingsFor(other.url);
    expect(findings).toContainEqual(expect.objectContaining({ topic: 'configuration', level: 'error' }));
    await other.close();
  });

  it('does not connect where nobody could sign in', async () => {
    const nobody = connectHuiwen(configFor('http://x.example', { signIn: { captcha: false } }), context);
    await expect(nobody).rejects.toThrow('set captcha to true, or ssoUrl');
  });
});
