import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as v from 'valibot';
import type { Loan } from '../../../contracts/loans';
import { openHttp } from '../../../library-systems/http/http-client';
import type { HttpClient } from '../../../library-systems/http/http-client';
import { LibraryFault } from '../../../library-systems/library-fault';
import type { LibraryFaultCode } from '../../../library-systems/library-fault';
import { isOverdue, renewEach } from '../../../library-systems/web-session/renew-each';
import { sealStates } from '../../../library-systems/web-session/sealed-state';
import { sessionTokens } from '../../../library-systems/web-session/session-token';
import { openWebSession } from '../../../library-systems/web-session/web-session';
import { NOW, serve } from '../../support/chinese-library';
import type { Answered, Asked, TestServer } from '../../support/chinese-library';

describe('a conversation by cookies', () => {
  let here: TestServer;
  let elsewhere: TestServer;
  let http: HttpClient;
  let answer: (asked: Asked) => Answered;
  beforeEach(async () => {
    here = await serve((asked) => answer(asked));
    elsewhere = await serve(() => ({ headers: { 'set-cookie': 'FOREIGN=1' } }));
    http = openHttp({ baseUrl: `${here.url}/opac`, timeoutMs: 10_000, maxConnections: 2 });
  });
  afterEach(async () => {
    http.close();
    await here.close();
    await elsewhere.close();
  });
  const open = (kept: [string, string, string][] = []) => openWebSession(http, `${here.url}/opac`, kept);

  it('sends back what it was given, and can be taken up again', async () => {
    answer = ({ path }) =>
      path === '/opac/a' ? { headers: { 'set-cookie': 'PHPSESSID=abc; Path=/; HttpOnly' } } : {};
    const web = open();
    await web.send({ path: '/a', kind: 'read' });
    await web.send({ path: '/b', kind: 'read' });
    expect(web.cookies()).toEqual([['PHPSESSID', 'abc', '/']]);
    await open(web.cookies()).send({ path: '/c', kind: 'read' });
    expect(here.asked.map(({ headers }) => headers.cookie)).toEqual([
      undefined,
      'PHPSESSID=abc',
      'PHPSESSID=abc',
    ]);
  });

  it('keeps cookies to the site that set them, whatever they claim', async () => {
    answer = () => ({
      headers: { 'set-cookie': ['A=1; Domain=example.edu.cn; Path=/', 'B=2; domain=.127.0.0.1'] },
    });
    const web = open();
    await web.send({ path: '/a', kind: 'read' });
    expect(web.cookies().map(([name]) => name)).toEqual(['A', 'B']);
  });

  it('goes where the site leads within itself, and nowhere else', async () => {
    answer = ({ path }) => {
      if (path === '/opac/in')
        return { status: 302, headers: { location: 'next?x=1', 'set-cookie': 'S=1; Path=/' } };
      if (path === '/opac/out')
        return { status: 302, headers: { location: `${elsewhere.url}/steal`, 'set-cookie': 'S=1' } };
      if (path === '/opac/up') return { status: 302, headers: { location: '/other/app' } };
      if (path === '/opac/round') return { status: 302, headers: { location: '/opac/round' } };
      return { body: 'there' };
    };
    const web = open();
    const inside = await web.follow({ path: '/in', kind: 'read' });
    expect([inside.path, inside.body.toString()]).toEqual(['/next', 'there']);
    expect(here.asked.at(-1)!.query.get('x')).toBe('1');
    for (const path of ['/out', '/up']) {
      const outside = await web.follow({ path, kind: 'read' });
      expect(outside.redirect).toBeDefined();
      expect(outside.redirect!.path).toBeUndefined();
    }
    expect(elsewhere.asked).toEqual([]);
    await expect(web.follow({ path: '/round', kind: 'read' })).rejects.toMatchObject({ code: 'GARBLED' });
  });

  it('takes no header and no second request out of what a reader typed', async () => {
    answer = () => ({});
    await open().send({
      path: '/a',
      query: { bar_code: 'X\r\nCookie: admin=1', check: '&captcha=1#' },
      kind: 'read',
    });
    const [asked] = here.asked;
    expect(here.asked).toHaveLength(1);
    expect(asked!.headers.cookie).toBeUndefined();
    expect([...asked!.query]).toEqual([
      ['bar_code', 'X\r\nCookie: admin=1'],
      ['check', '&captcha=1#'],
    ]);
  });
});

describe('what lies on the phone between the halves of signing in', () => {
  const KEY = 'a key of at least thirty-two letters';
  const schema = v.object({ cookies: v.array(v.string()) });
  const value = { cookies: ['PHPSESSID=0123456789abcdef'] };

  it('can be read by its gateway, and by another one with the same key', () => {
    const [one, two] = [sealStates(schema, 'x', KEY), sealStates(schema, 'x', KEY)];
    expect(two.take(one.seal(value, NOW), NOW + 60_000)).toEqual(value);
  });

  it('tells nothing, and is worth nothing when changed, old, of another purpose or of another key', () => {
    const states = sealStates(schema, 'x', KEY);
    const state = states.seal(value, NOW);
    expect(Buffer.from(state, 'base64url').toString('latin1')).not.toContain('PHPSESSID');
    expect(states.seal(value, NOW)).not.toBe(state);
    expect(states.take(state, NOW + 11 * 60_000)).toBeUndefined();
    expect(sealStates(schema, 'y', KEY).take(state, NOW)).toBeUndefined();
    expect(
      sealStates(schema, 'x', 'another key of more than thirty-two letters').take(state, NOW),
    ).toBeUndefined();
    expect(sealStates(schema, 'x', undefined).take(state, NOW)).toBeUndefined();
    fc.assert(
      fc.property(fc.nat(state.length - 1), fc.constantFrom(...'ABCxyz019-_'), (at, character) => {
        fc.pre(state[at] !== character);
        expect(states.take(state.slice(0, at) + character + state.slice(at + 1), NOW)).toBeUndefined();
      }),
    );
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => expect(states.take(text, NOW)).toBeUndefined()),
    );
  });

  it('is good once, so that no two readers share a session, and needs a key that cannot be guessed', () => {
    const states = sealStates(schema, 'x', KEY);
    const state = states.seal(value, NOW);
    expect(states.take(state, NOW)).toEqual(value);
    expect(states.take(state, NOW)).toBeUndefined();
    for (const again of [`${state}=`, `${state}\n`, ` ${state}`, `${state.slice(0, 9)}.${state.slice(9)}`]) {
      expect(states.take(again, NOW)).toBeUndefined();
    }
    expect(() => sealStates(schema, 'x', 'short')).toThrow('at least 32 characters');
  });

  it('is not made larger than it may be', () => {
    const states = sealStates(schema, 'x', KEY);
    expect(() => states.seal({ cookies: ['x'.repeat(4_000)] }, NOW)).toThrow(LibraryFault);
  });
});

describe('a session', () => {
  const tokens = sessionTokens(v.object({ jwt: v.string() }));

  it('belongs to whom it was given', () => {
    const session = tokens.write('r1', { jwt: 'a.b.c' });
    expect(tokens.read({ ref: 'r1', session })).toEqual({ jwt: 'a.b.c' });
    expect(tokens.read({ ref: 'r2', session })).toBeUndefined();
    expect(tokens.read({ ref: 'r1' })).toBeUndefined();
    fc.assert(
      fc.property(fc.string(), (text) => expect(tokens.read({ ref: 'r1', session: text })).toBeUndefined()),
    );
  });

  it('that is too large to be kept is a clear fault', () => {
    expect(() => tokens.write('r1', { jwt: 'x'.repeat(4_000) })).toThrow(
      /5\d\d\d characters; 4096 can be kept/,
    );
  });
});

describe('renewing one loan after the other', () => {
  const loan = (loanId: string, dueAt = '2026-11-25'): Loan => ({
    loanId,
    itemBarcode: loanId,
    title: loanId,
    dueAt,
    overdue: false,
    renewal: { allowed: true, unsure: true },
  });
  const fault = (code: LibraryFaultCode) => new LibraryFault(code, 'x');

  it('asks for each once, and says what is known of each', async () => {
    const asked: string[] = [];
    let lists = 0;
    const outcomes = await renewEach(['a', 'b', 'b', 'lost', 'cut', 'theirs', 'c'], {
      list: async () => {
        const due = lists++ === 0 ? '2026-11-25' : '2026-12-25';
        return { loans: ['a', 'b', 'lost', 'cut', 'c'].map((id) => loan(id, due)) };
      },
      renew: async ({ loanId }) => {
        asked.push(loanId);
        if (loanId === 'lost') throw fault('LOST');
        if (loanId === 'cut') throw fault('UNREACHABLE');
        return loanId === 'b' ? { denied: { code: 'TOO_SOON' } } : { done: true };
      },
    });
    expect(asked).toEqual(['a', 'b', 'lost', 'cut', 'c']);
    expect(outcomes).toEqual([
      { loanId: 'a', status: 'renewed', dueAt: '2026-12-25' },
      { loanId: 'b', status: 'refused', code: 'TOO_SOON' },
      { loanId: 'b', status: 'refused', code: 'TOO_SOON' },
      { loanId: 'lost', status: 'unknown' },
      { loanId: 'cut', status: 'refused', code: 'OFFLINE' },
      { loanId: 'theirs', status: 'refused', code: 'NOT_YOURS' },
      { loanId: 'c', status: 'renewed', dueAt: '2026-12-25' },
    ]);
  });

  it('is a fault only while certainly nothing was renewed', async () => {
    const list = async () => ({ loans: [loan('a'), loan('b')] });
    const cut = renewEach(['a', 'b'], { list, renew: () => Promise.reject(fault('UNREACHABLE')) });
    await expect(cut).rejects.toMatchObject({ code: 'UNREACHABLE' });
    const noList = renewEach(['a'], { list: () => Promise.reject(fault('TIMEOUT')), renew: () => fail() });
    await expect(noList).rejects.toMatchObject({ code: 'UNREACHABLE' });
  });

  it('is unknown when the day it is due then cannot be read', async () => {
    let lists = 0;
    const outcomes = await renewEach(['a'], {
      list: async () => {
        if (lists++ > 0) throw fault('UNREACHABLE');
        return { loans: [loan('a')] };
      },
      renew: async () => ({ done: true }),
    });
    expect(outcomes).toEqual([{ loanId: 'a', status: 'unknown' }]);
  });

  it('is overdue by the library’s day, or by the time where there is one', () => {
    expect(isOverdue('2026-11-21', 'Asia/Shanghai', NOW)).toBe(false);
    expect(isOverdue('2026-11-20', 'Asia/Shanghai', NOW)).toBe(true);
    expect(isOverdue('2026-11-21T09:59:00+08:00', 'Asia/Shanghai', NOW)).toBe(true);
    // 2026-11-22 00:30 at the library, while it is still the 21st in Greenwich.
    expect(isOverdue('2026-11-21', 'Asia/Shanghai', NOW + 14.5 * 3_600_000)).toBe(true);
  });
});

function fail(): never {
  throw new Error('it was asked');
}
