import { beforeEach, describe, expect, it } from '@jest/globals';
import { bib, holdings, item, summary } from './support/books';
import { fakePhone, fault, ok, zh, type Phone } from './support/fake-wx';
import { openPage, until } from './support/open-page';

const BOOK = 'pages/book/book';
const open = (query: Record<string, string> = {}) => openPage(BOOK, { bibId: 'b1', ...query });
let phone: Phone;

beforeEach(() => {
  phone = fakePhone();
  phone.answers = {
    'catalog.bib': ok(bib()),
    'catalog.holdings': ok(
      holdings([
        item(),
        item({ itemId: 'i2', barcode: '100000002', status: 'onLoan', dueAt: '2999-11-28' }),
        item({ itemId: 'i3', barcode: '100000003', status: 'onLoan', dueAt: '2001-11-28' }),
        item({
          itemId: 'i4',
          barcode: '100000004',
          branch: { code: 'east', name: '东馆' },
          status: 'referenceOnly',
          statusText: '仅限馆内阅览',
        }),
      ]),
    ),
    'catalog.related': ok({
      editions: [summary({ bibId: 'b2', title: '红楼梦校注本' })],
      sameAuthor: [],
      nearby: [summary({ bibId: 'b3', title: '儒林外史' })],
    }),
  };
});

describe('book', () => {
  it('tells what it is, where it stands and when it comes back', async () => {
    const page = open();
    expect(page.html()).toContain('ghost');
    await until(() => page.data['copiesState'] === 'ready' && page.data['bookState'] === 'ready');
    expect(page.text()).toContain('I242.4/C807');
    expect(page.text()).toContain('主馆可借');
    expect(page.text()).toContain('1 / 3 本在架');
    expect(page.text()).toContain('3 架 B 面 4 层');
    expect(page.text()).toContain('应还日期 2999 年 11 月 28 日');
    expect(page.text()).toContain('已过期');
    expect(page.text()).toContain('仅限馆内阅览');
    expect(page.text()).toMatch(/\d{1,2}:\d\d 的情况/);
    await until(() => page.text().includes('红楼梦校注本') && page.text().includes('儒林外史'));
    expect(page.text()).not.toContain(zh.book.sameAuthor);
  });

  it('marks the copy that was scanned and lists it first', async () => {
    const page = open({ barcode: '100000003' });
    await until(() => page.data['copiesState'] === 'ready');
    expect(page.text()).toContain(zh.book.scanned);
    const text = page.text();
    expect(text.indexOf('100000003')).toBeLessThan(text.indexOf('100000001'));
  });

  it('shows the title although its copies cannot be read, and reads them again', async () => {
    const good = phone.answers['catalog.holdings'];
    phone.answers['catalog.holdings'] = fault('LIBRARY_UNREACHABLE');
    const page = open();
    await until(() => page.data['copiesState'] === 'error' && page.data['bookState'] === 'ready');
    expect(page.text()).toContain('I242.4/C807');
    expect(page.text()).toContain(zh.faults.LIBRARY_UNREACHABLE.title);
    expect(page.text()).not.toContain(zh.book.noCopies);
    phone.answers['catalog.holdings'] = good as never;
    page.instance['onRetryCopies']?.();
    await until(() => page.text().includes('1 / 3 本在架'));
  });

  it('shows the copies although the title cannot be read', async () => {
    phone.answers['catalog.bib'] = fault('INTERNAL');
    const page = open();
    await until(() => page.data['bookState'] === 'error' && page.data['copiesState'] === 'ready');
    expect(page.text()).toContain(zh.faults.INTERNAL.title);
    expect(page.text()).toContain('1 / 3 本在架');
  });

  it('says an outage once, and reads everything again on retry', async () => {
    const good = phone.answers;
    const down = fault('LIBRARY_UNREACHABLE');
    phone.answers = { 'catalog.bib': down, 'catalog.holdings': down, 'catalog.related': down };
    const page = open();
    await until(() => page.data['bookState'] === 'error' && page.data['copiesState'] === 'error');
    expect(page.text().split(zh.faults.LIBRARY_UNREACHABLE.title)).toHaveLength(2);
    phone.answers = good;
    page.instance['onRetryBook']?.();
    await until(() => page.text().includes('1 / 3 本在架') && page.text().includes('儒林外史'));
  });

  it('keeps old copies with their time when an update fails', async () => {
    const page = open();
    await until(() => page.data['copiesState'] === 'ready');
    phone.answers['catalog.holdings'] = fault('LIBRARY_UNREACHABLE');
    page.instance['onPullDownRefresh']?.();
    await until(() => page.text().includes('没能更新'));
    expect(page.text()).toContain('1 / 3 本在架');
  });

  it('says that a title has no copies, and that it is gone', async () => {
    phone.answers['catalog.holdings'] = ok(holdings([]));
    const empty = open();
    await until(() => empty.text().includes(zh.book.noCopies));
    phone.answers['catalog.bib'] = fault('NOT_FOUND');
    const gone = open();
    await until(() => gone.text().includes(zh.faults.NOT_FOUND.title));
  });

  it('folds a long list of copies and unfolds it', async () => {
    const many = Array.from({ length: 9 }, (_, i) => item({ itemId: `i${i}`, barcode: `20000000${i}` }));
    phone.answers['catalog.holdings'] = ok(holdings(many));
    const page = open();
    await until(() => page.data['copiesState'] === 'ready');
    expect(page.text()).toContain('还有 3 本');
    expect(page.text()).not.toContain('200000008');
    page.instance['onUnfold']?.({ currentTarget: { dataset: { code: 'main' } } });
    expect(page.text()).toContain('200000008');
    expect(page.text()).not.toContain('还有 3 本');
  });

  it('explains the call number', async () => {
    const page = open();
    await until(() => page.data['bookState'] === 'ready' && page.data['copiesState'] === 'ready');
    page.instance['onGuide']?.();
    expect(page.data['steps']).toMatchObject([
      { title: '先找“I”' },
      { title: '再找“I242.4”' },
      { title: '最后找“C807”' },
    ]);
    expect(page.data['places']).toHaveLength(2);
    expect(page.data['nowhere']).toBe(false);
  });

  it('says where nothing stands only when it knows', async () => {
    const out = item({ status: 'onLoan', dueAt: '2999-11-28' });
    phone.answers['catalog.holdings'] = ok(holdings([out]));
    const page = open();
    await until(() => page.data['bookState'] === 'ready' && page.data['copiesState'] === 'ready');
    page.instance['onGuide']?.();
    expect(page.data['nowhere']).toBe(true);
    phone.answers['catalog.holdings'] = fault('LIBRARY_UNREACHABLE');
    const unread = open();
    await until(() => unread.data['bookState'] === 'ready' && unread.data['copiesState'] === 'error');
    unread.instance['onGuide']?.();
    expect(unread.data['nowhere']).toBe(false);
    expect(unread.data['places']).toEqual([]);
  });

  it('counts the days to the due date from the day of the answer', async () => {
    const out = { status: 'onLoan', dueAt: '2031-03-05T23:59:00+08:00' } as const;
    phone.answers['catalog.holdings'] = ok({ ...holdings([item(out)]), asOf: '2031-03-02T20:00:00+08:00' });
    const before = open();
    await until(() => before.text().includes('应还日期 3 月 5 日，3 天后'));
    phone.answers['catalog.holdings'] = ok({ ...holdings([item(out)]), asOf: '2031-03-06T20:00:00+08:00' });
    const after = open();
    await until(() => after.text().includes('应还日期 3 月 5 日，已过期'));
  });

  it('shares itself even before it is read, without saying what it does not know', () => {
    const shared = open().instance['onShareAppMessage']?.();
    expect(shared).toEqual({ title: zh.book.holdings, path: '/pages/book/book?bibId=b1' });
  });

  it('shares itself with its availability and copies its call number', async () => {
    const page = open();
    await until(() => page.data['bookState'] === 'ready');
    expect(page.instance['onShareAppMessage']?.()).toEqual({
      title: '《红楼梦》主馆可借',
      path: '/pages/book/book?bibId=b1',
    });
    page.instance['onCopyCallNumber']?.();
    expect(phone.clipboard).toEqual(['I242.4/C807']);
  });

  it('goes on the reading list and off again', async () => {
    const page = open();
    await until(() => page.data['bookState'] === 'ready');
    page.instance['onWant']?.();
    expect(phone.storage.get('reading-list')).toMatchObject([{ bibId: 'b1', title: '红楼梦' }]);
    expect(phone.toasts).toEqual([zh.book.wantDone]);
    const again = open();
    expect(again.data['wanted']).toBe(true);
    await until(() => again.data['bookState'] === 'ready');
    again.instance['onWant']?.();
    expect(phone.storage.get('reading-list')).toEqual([]);
  });
});

describe('a title whose copies the library’s system does not count in lists', () => {
  const uncounted = () => {
    const { availableCopies: _a, totalCopies: _t, availableAt: _at, ...bib } = summary();
    return ok({ ...bib, subjects: [] });
  };

  it('is in where a copy is in, once the copies were read; until then nothing is said', async () => {
    phone.answers['catalog.bib'] = uncounted();
    const answer = phone.answers['catalog.holdings'];
    phone.answers['catalog.holdings'] = fault('LIBRARY_UNREACHABLE');
    const page = open();
    await until(() => page.data['bookState'] === 'ready' && page.data['copiesState'] === 'error');
    expect(page.data['book']).toMatchObject({ availability: '', tone: 'unknown' });
    const share = page.instance['onShareAppMessage']?.() as { title: string };
    expect(share.title).toBe(`《${summary().title}》`);
    phone.answers['catalog.holdings'] = answer!;
    page.instance['onRetryCopies']?.();
    await until(() => page.data['copiesState'] === 'ready');
    expect(page.data['book']).toMatchObject({ tone: 'in', availability: expect.stringContaining('主馆') });
  });
});

describe('holding from the page of a book', () => {
  const offers = (capabilities: 'holds'[]) => ok({ library: { name: 'x', branches: [] }, capabilities });

  it('is offered where the library has holds, and only there', async () => {
    phone.answers['system.capabilities'] = offers(['holds']);
    const page = open();
    await until(() => page.text().includes(zh.hold.place));
    phone.storage.delete('library');
    phone.answers['system.capabilities'] = offers([]);
    const other = open();
    await until(() => other.data['bookState'] === 'ready' && other.data['copiesState'] === 'ready');
    expect(other.text()).not.toContain(zh.hold.place);
  });

  it('offers the copy that was scanned when it is out, not every copy', async () => {
    phone.answers['system.capabilities'] = offers(['holds']);
    phone.answers['holds.place'] = ok({ status: 'done' });
    const page = open({ barcode: '100000002' });
    await until(() => page.text().includes(zh.hold.copy));
    expect(page.text().split(zh.hold.copy)).toHaveLength(2);
    page.tap('.copy-hold');
    const placed = () => phone.calls.find(({ action }) => action === 'holds.place');
    await until(() => placed() !== undefined);
    expect(placed()?.input['target']).toEqual({ itemId: 'i2' });
  });

  it('offers each volume of a work that is out', async () => {
    phone.answers['system.capabilities'] = offers(['holds']);
    phone.answers['catalog.holdings'] = ok(
      holdings(
        ['/1', '/2'].map((volume, n) =>
          item({ itemId: `v${n}`, callNumber: `I1${volume}`, status: 'onLoan', dueAt: '2999-11-28' }),
        ),
      ),
    );
    const page = open();
    await until(() => page.text().split(zh.hold.copy).length === 3);
  });
});
