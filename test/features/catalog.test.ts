import * as v from 'valibot';
import { readerApi } from '../../contracts';
import type { Bib } from '../../contracts/catalog';
import { dataOf, startLocalCloud, type LocalCloud } from '../support/local-cloud';

let cloud: LocalCloud;
let threeBody: Bib;

beforeAll(async () => {
  cloud = await startLocalCloud();
  const scan = dataOf(await cloud.call('catalog.scan', { text: '9787536692930' }));
  if (scan.kind !== 'bib') throw new Error(`三体 is not in the demo library: ${JSON.stringify(scan)}`);
  threeBody = scan.bib;
}, 60_000);

afterAll(() => cloud.stop());
afterEach(() => cloud.link.set('none'));

const fault = (code: string, retryable: boolean) => ({
  ok: false,
  error: { code, retryable, requestId: expect.any(String) as string },
});

describe('searching', () => {
  it.each([
    '三体',
    '三體',
    'santi',
    'sān tǐ',
    '刘慈欣',
    '9787536692930',
    '978-7-5366-9293-0',
    '7-5366-9293-5',
  ])('finds the book by %s', async (text) => {
    const answer = dataOf(await cloud.call('catalog.search', { field: 'any', text }));
    expect(v.is(readerApi['catalog.search'].output, answer)).toBe(true);
    expect(answer.items.map(({ bibId }) => bibId)).toContain(threeBody.bibId);
  });

  it('says for a text that finds nothing that there is nothing', async () => {
    const answer = dataOf(await cloud.call('catalog.search', { text: 'qqzzxxwwvv 8842' }));
    expect(answer).toMatchObject({ items: [], total: 0, page: 1 });
  });

  it('filters by what stands on the shelf of one branch now', async () => {
    const { library } = dataOf(await cloud.call('system.capabilities', {}));
    const branch = library.branches[1]!;
    const filters = { availableNow: true, branches: [branch.code] };
    const answer = dataOf(await cloud.call('catalog.search', { text: '历史', filters, pageSize: 10 }));
    expect(answer.items.length).toBeGreaterThan(0);
    for (const { bibId, availableAt } of answer.items) {
      expect(availableAt).toContain(branch.name);
      const { items } = dataOf(await cloud.call('catalog.holdings', { bibId }));
      expect(items.some((item) => item.branch.code === branch.code && item.status === 'available')).toBe(
        true,
      );
    }
  });

  it.each([
    ['five million characters', 'x'.repeat(5_000_000)],
    ['a regular expression that explodes', '(a+)+$'.repeat(30)],
    ['brackets and quotes', '"\'`${}[](){}|\\^.*?'],
    ['emoji and combining marks', '👩‍👩‍👧‍👦'.repeat(10) + 'z̷'.repeat(30)],
  ])('answers or refuses %s, and lives', async (_, text) => {
    const answer = await cloud.call('catalog.search', { text });
    expect(answer.ok || answer.error.code).toBe(text.length > 200 ? 'BAD_REQUEST' : true);
    expect((await cloud.call('catalog.search', { text: '三体' })).ok).toBe(true);
  });

  it('ignores hostile keys beside the contract', async () => {
    const input: unknown = JSON.parse(
      '{"text":"三体","__proto__":{"page":7},"constructor":{"prototype":{"pageSize":1}}}',
    );
    const answer = await cloud.send({ action: 'catalog.search', input });
    expect(answer).toMatchObject({ ok: true, data: { page: 1 } });
    expect(({} as { page?: number }).page).toBeUndefined();
  });
});

describe('a title', () => {
  it('shows what is said about it and where its copies stand', async () => {
    const bib = dataOf(await cloud.call('catalog.bib', { bibId: threeBody.bibId }));
    const holdings = dataOf(await cloud.call('catalog.holdings', { bibId: threeBody.bibId }));
    expect(bib).toMatchObject({ title: '三体', isbn13: '9787536692930', totalCopies: holdings.items.length });
    expect(holdings.items.filter(({ status }) => status === 'available')).toHaveLength(bib.availableCopies!);
    for (const item of holdings.items) {
      expect(item.branch.name).not.toBe('');
      if (item.status === 'onLoan') expect(item.dueAt).toMatch(/^\d{4}-\d\d-\d\d/);
    }
  });

  it.each(['catalog.bib', 'catalog.holdings', 'catalog.related'] as const)(
    '%s of an unknown title is NOT_FOUND',
    async (action) => {
      expect(await cloud.call(action, { bibId: 'no-such-title' })).toEqual(fault('NOT_FOUND', false));
    },
  );
});

describe('a scan', () => {
  const scan = async (text: string) => dataOf(await cloud.call('catalog.scan', { text }));

  it.each([
    '9787536692930',
    '978-7-5366-9293-0',
    'ISBN 978 7 5366 9293 0',
    '7536692935',
    '９７８７５３６６９２９３０',
  ])('of %s finds the title', async (text) =>
    expect(await scan(text)).toMatchObject({ kind: 'bib', bib: { bibId: threeBody.bibId } }),
  );

  it('of a copy’s barcode finds the copy and its title, with Codabar letters too', async () => {
    const { items } = dataOf(await cloud.call('catalog.holdings', { bibId: threeBody.bibId }));
    const item = items[0]!;
    const found = { kind: 'item', item: { itemId: item.itemId }, bib: { bibId: threeBody.bibId } };
    expect(await scan(item.barcode)).toMatchObject(found);
    expect(await scan(`A${item.barcode}B`)).toMatchObject(found);
  });

  it('of an ISBN that the library lacks says what the number means', async () => {
    expect(await scan('9787111999997')).toEqual({
      kind: 'unknown-isbn',
      isbn13: '9787111999997',
      formatted: '978-7-111-99999-7',
      area: "China, People's Republic",
      publisher: '机械工业出版社',
    });
  });

  it.each([
    ['', 'empty'],
    ['  \u0000 ', 'empty'],
    ['https://example.com/login?next=1', 'web-address'],
    ['6901234567892', 'not-a-book-barcode'],
    ['9787536692931', 'bad-check-digit'],
    ['10000000000000', 'no-such-item'],
    ['借一本书', 'not-a-barcode'],
  ])('of %j answers %s', async (text, reason) => {
    expect(await scan(text)).toMatchObject({ kind: 'unknown', reason });
  });
});

describe('lists and hours', () => {
  it.each(['catalog.newBooks', 'catalog.mostBorrowed'] as const)(
    '%s pages without gaps or repeats',
    async (action) => {
      const first = dataOf(await cloud.call(action, { page: 1, pageSize: 10 }));
      const second = dataOf(await cloud.call(action, { page: 2, pageSize: 10 }));
      const ids = [...first.items, ...second.items].map(({ bibId }) => bibId);
      expect(new Set(ids).size).toBe(20);
      expect(first.total).toBe(second.total);
    },
  );

  it('says for every branch whether it is open now and for the days ahead', async () => {
    cloud.clock.set(Date.parse('2026-11-23T10:00:00+08:00'));
    const answer = dataOf(await cloud.call('library.hours', {}));
    cloud.clock.set(Date.now());
    expect(v.is(readerApi['library.hours'].output, answer)).toBe(true);
    expect(answer.asOf).toMatch(/^2026-11-23T10:0\d:\d\d\+08:00$/);
    expect(answer.branches.map(({ days }) => days.length)).toEqual(answer.branches.map(() => 7));
    expect(answer.branches.some(({ openNow }) => openNow)).toBe(true);
  });
});

describe('a library that cannot be reached', () => {
  it.each(['offline', 'slow', 'garbage'] as const)(
    '%s is a fault that can be retried, never an empty list',
    async (kind) => {
      if (kind === 'slow') await cloud.waitForLibrary(500);
      cloud.link.set(kind);
      expect(await cloud.call('catalog.search', { text: '三体' })).toEqual(
        fault('LIBRARY_UNREACHABLE', true),
      );
      expect(await cloud.call('catalog.scan', { text: '9787536692930' })).toEqual(
        fault('LIBRARY_UNREACHABLE', true),
      );
      cloud.link.set('none');
      if (kind === 'slow') await cloud.waitForLibrary();
      expect((await cloud.call('catalog.search', { text: '三体' })).ok).toBe(true);
    },
  );
});

it('logs nothing that a reader typed and nothing of who they are', async () => {
  await cloud.send({ action: 'catalog.search', input: { text: '抑郁症自救指南' } }, 'o-someone-private');
  const text = cloud.logs.join('\n');
  expect(text).toContain('catalog.search');
  expect(text).not.toMatch(/抑郁|o-someone-private|三体|9787536692930/);
});
