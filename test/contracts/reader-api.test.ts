import * as v from 'valibot';
import { readerApi, type ReaderAction, type ReaderApi } from '../../contracts';
import { handlers } from '../../cloudfunctions/reader/handlers';
import type { Context } from '../../cloudfunctions/runtime/context';
import { AppError } from '../../cloudfunctions/runtime/app-error';
import { route, type Handlers } from '../../cloudfunctions/runtime/route';
import { LibraryFault } from '../../library-systems/library-fault';

const lines: string[] = [];
const log = (level: string, event: string, fields: object = {}): void => {
  lines.push(JSON.stringify({ level, event, ...fields }));
};

/** A context whose library must never be asked: bad input has to be refused before. */
const context: Context = {
  requestId: 'r-1',
  openid: 'o-reader',
  library: () => Promise.reject(new Error('the library was asked')),
  desk: () => {
    throw new Error('the desk was asked');
  },
  now: () => Date.parse('2026-11-21T10:00:00+08:00'),
};

const call = (event: unknown, ctx: Context = context) => route(readerApi, handlers, ctx, event, log);
const refused = (code: string) => ({ ok: false, error: { code, retryable: false, requestId: 'r-1' } });

beforeEach(() => {
  lines.length = 0;
});

describe('the envelope of an event', () => {
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a string', 'catalog.search'],
    ['an array', ['catalog.search']],
    ['no action', {}],
    ['an action of a wrong type', { action: ['catalog.search'] }],
    ['an unknown action', { action: 'catalog.drop' }],
    ['an inherited name as action', { action: 'constructor' }],
    ['the prototype as action', { action: '__proto__' }],
    ['a very long action', { action: 'a'.repeat(1_000_000) }],
  ])('refuses %s', async (_, event) => {
    expect(await call(event)).toEqual(refused('BAD_REQUEST'));
  });

  it('refuses a caller whom the platform does not know', async () => {
    const event = {
      action: 'catalog.search',
      input: { text: '三体' },
      openid: 'o-forged',
      userInfo: { openId: 'o-forged' },
    };
    expect(await call(event, { ...context, openid: '' })).toEqual(refused('NO_IDENTITY'));
  });
});

describe('bad input', () => {
  const long = 'x'.repeat(5_000_000);
  const hostile: unknown[] = [
    null,
    0,
    true,
    'text',
    [],
    { text: 7 },
    { text: null },
    { text: ['三体'] },
    { text: long },
    { bibId: long },
    { bibId: '../../etc/passwd' },
    { bibId: { $ne: null } },
    { bibId: '' },
    { page: -1 },
    { page: 0 },
    { page: 1.5 },
    { page: Number.NaN },
    { page: Number.MAX_SAFE_INTEGER },
    { pageSize: 51 },
    { pageSize: '20' },
  ];
  const actions = Object.keys(readerApi) as ReaderAction[];
  const reached = () => Promise.reject(new Error('the feature was reached'));
  const stand = Object.fromEntries(
    actions.map((action) => [action, reached]),
  ) as unknown as Handlers<ReaderApi>;

  it.each(actions)('%s refuses what does not fit its contract before anything is done', async (action) => {
    for (const input of hostile) {
      const fits = v.is(readerApi[action].input, input);
      const answer = await route(readerApi, stand, context, { action, input }, log);
      expect({ input: shorten(input), answer }).toEqual({
        input: shorten(input),
        answer: fits ? refused('INTERNAL') : refused('BAD_REQUEST'),
      });
    }
  });

  it.each([
    ['catalog.search', {}],
    ['catalog.search', { text: '' }],
    ['catalog.search', { text: ' \u0000\u0007 ' }],
    ['catalog.search', { text: '\ud800' }],
    ['catalog.search', { text: 'x'.repeat(201) }],
    ['catalog.search', { text: '三体', field: 'publisher' }],
    ['catalog.search', { text: '三体', sort: '__proto__' }],
    ['catalog.search', { text: '三体', page: -3 }],
    ['catalog.search', { text: '三体', pageSize: 51 }],
    ['catalog.search', { text: '三体', filters: { branches: 'main' } }],
    ['catalog.search', { text: '三体', filters: { branches: Array.from({ length: 51 }, String) } }],
    ['catalog.search', { text: '三体', filters: { years: { from: '2000' } } }],
    ['catalog.suggest', {}],
    ['catalog.bib', {}],
    ['catalog.holdings', {}],
    ['catalog.related', {}],
    ['catalog.scan', {}],
    ['catalog.scan', { text: 'x'.repeat(4_297) }],
    ['catalog.newBooks', { page: -1 }],
    ['catalog.mostBorrowed', { pageSize: 0 }],
  ])('%s refuses %j', async (action, input) => {
    expect(await call({ action, input })).toEqual(refused('BAD_REQUEST'));
  });

  it('says in the log where the input was wrong, and nothing of what was sent', async () => {
    await call({ action: 'catalog.search', input: { text: ['PIN 135790'] } });
    expect(lines.join()).toContain('text');
    expect(lines.join()).not.toContain('135790');
  });
});

describe('faults', () => {
  const failing = (error: unknown): Context => ({ ...context, library: () => Promise.reject(error) });
  const search = { action: 'catalog.search', input: { text: '三体' } };

  it.each([
    ['UNREACHABLE', true],
    ['TIMEOUT', true],
    ['GARBLED', true],
    ['REJECTED', false],
  ] as const)('a library fault %s is LIBRARY_UNREACHABLE, retryable %s', async (code, retryable) => {
    const answer = await call(search, failing(new LibraryFault(code, 'down')));
    expect(answer).toEqual({
      ok: false,
      error: { code: 'LIBRARY_UNREACHABLE', retryable, requestId: 'r-1' },
    });
  });

  it('passes a known fault on', async () => {
    expect(await call(search, failing(new AppError('UNSUPPORTED', 'no catalogue')))).toEqual(
      refused('UNSUPPORTED'),
    );
  });

  it.each([
    ['an error', new Error('card 20230001')],
    ['a thrown string', 'card 20230001'],
  ])('turns %s into INTERNAL and leaks no text into answer or log', async (_, error) => {
    const answer = await call(search, failing(error));
    expect(answer).toEqual(refused('INTERNAL'));
    expect(JSON.stringify(answer) + lines.join()).not.toContain('20230001');
    expect(lines.join()).toContain('"outcome":"INTERNAL"');
  });
});

/** A short form of an input, so that a failing case can be read. */
function shorten(input: unknown): string {
  return (JSON.stringify(input) ?? 'undefined').slice(0, 60);
}
