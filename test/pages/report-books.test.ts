import { beforeEach, describe, expect, it } from '@jest/globals';
import { reportWords } from '../../miniprogram/packages/report/words';
import { fakePhone, fault, lost, ok, zh, type Phone } from './support/fake-wx';
import { openPage, until } from './support/open-page';
import { SEASON } from './support/report';

const BOOKS = 'packages/report/books/books';
const words = reportWords('zh-CN');
let phone: Phone;

beforeEach(() => {
  phone = fakePhone();
});

const inputs = (action: string) =>
  phone.calls.filter((call) => call.action === action).map(({ input }) => input);

describe('the books of the year', () => {
  const book = (n: number) => ({
    book: { bibId: `b${n}`, title: `书${n}` },
    on: '2026-03-05',
    loans: n % 3 === 0 ? 2 : 1,
  });
  const paged = (total: number) => (input: { page: number; pageSize: number }) => {
    const from = (input.page - 1) * input.pageSize;
    const items = Array.from({ length: Math.max(0, Math.min(input.pageSize, total - from)) }, (_, i) =>
      book(from + i + 1),
    );
    return ok({ items, total, page: input.page });
  };

  it('come in pages, to the end', async () => {
    phone.answers['report.books'] = paged(43);
    const page = openPage(BOOKS, { season: SEASON });
    expect(page.html()).toContain('skeleton');
    await until(() => page.data['state'] === 'ready');
    expect(page.text()).toContain('一共 43 种');
    await page.instance['more']?.();
    await page.instance['more']?.();
    expect((page.data['lines'] as unknown[]).length).toBe(43);
    expect(page.text()).toContain(words.books.end);
    await page.instance['more']?.();
    expect(inputs('report.books').map((input) => input['page'])).toEqual([1, 2, 3]);
    expect(page.text()).toContain('2026 年 3 月 5 日 第一次借，一共 2 次');
    page.instance['onOpen']?.({ currentTarget: { dataset: { bibId: 'b1' } } });
    expect(phone.visits).toEqual(['navigateTo /pages/book/book?bibId=b1']);
  });

  it('say that a page failed and take it up again', async () => {
    phone.answers['report.books'] = paged(30);
    const page = openPage(BOOKS, { season: SEASON });
    await until(() => page.data['state'] === 'ready');
    phone.answers['report.books'] = lost;
    await page.instance['more']?.();
    expect(page.data['moreFailed']).toBe(true);
    phone.answers['report.books'] = paged(30);
    await page.instance['more']?.();
    expect((page.data['lines'] as unknown[]).length).toBe(30);
  });

  it('are none, not there, or could not be read: each looks different', async () => {
    phone.answers['report.books'] = paged(0);
    const empty = openPage(BOOKS, { season: SEASON });
    await until(() => empty.text().includes(words.books.none));
    phone.answers['report.books'] = fault('NOT_FOUND');
    const absent = openPage(BOOKS, { season: SEASON });
    await until(() => absent.text().includes(words.books.notYet));
    phone.answers['report.books'] = lost;
    const failed = openPage(BOOKS, { season: SEASON });
    await until(() => failed.text().includes(zh.faults.OFFLINE.title));
  });
});
