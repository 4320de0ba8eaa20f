import { beforeEach, describe, expect, it } from '@jest/globals';
import { fakePhone, fault, ok, zh, type Phone } from './support/fake-wx';
import { openPage, until } from './support/open-page';

let phone: Phone;
const asOf = '2026-11-21T14:32:00Z';

beforeEach(() => {
  phone = fakePhone();
});

const inputs = (action: string) =>
  phone.calls.filter((made) => made.action === action).map(({ input }) => input);

describe('history', () => {
  const past = (n: number) => ({ loanId: `p${n}`, title: `第 ${n} 本`, loanedAt: '2026-01-02' });
  const page1 = (on = true) => ({
    on,
    source: 'seen' as const,
    items: Array.from({ length: 20 }, (_, n) => past(n)),
    total: 25,
    page: 1,
  });

  it('keeps nothing until the reader has read what for and switched it on', async () => {
    phone.answers = {
      'history.list': ok({ on: false, source: 'none', items: [], total: 0, page: 1 }),
      'history.switch': ok({ on: true, source: 'seen', items: [], total: 0, page: 1, since: asOf }),
    };
    const page = openPage('packages/card/history/history');
    await until(() => page.text().includes(zh.history.offText));
    page.instance['onSwitchOn']?.();
    await until(() => page.text().includes(zh.history.empty));
    expect(inputs('history.switch')).toEqual([{ on: true }]);
  });

  it('pages, and says when a page could not be read', async () => {
    phone.answers = { 'history.list': ok(page1()) };
    const page = openPage('packages/card/history/history');
    await until(() => page.text().includes('第 19 本'));
    phone.answers['history.list'] = fault('TIMEOUT');
    page.instance['onReachBottom']?.();
    await until(() => page.data['moreFailed'] === true);
    phone.answers['history.list'] = ok({ ...page1(), page: 2, items: [20, 21, 22, 23, 24].map(past) });
    page.instance['onMore']?.();
    await until(() => page.text().includes('第 24 本'));
    expect(page.text()).toContain(zh.history.end);
  });

  it('exports a file that can be sent, and removes it when the page closes', async () => {
    phone.answers = {
      'history.list': ok(page1()),
      'history.export': ok({ fileName: '借阅史.csv', csv: '\ufeff书名\r\n', rows: 1 }),
    };
    const page = openPage('packages/card/history/history');
    await until(() => page.text().includes('第 1 本'));
    page.instance['onExport']?.();
    await until(() => page.text().includes('借阅史.csv'));
    expect([...phone.files]).toEqual([['wxfile://usr/借阅史.csv', '\ufeff书名\r\n']]);
    page.instance['onUnload']?.();
    expect(phone.files.size).toBe(0);
  });

  it('erases only after a question', async () => {
    phone.answers = { 'history.list': ok(page1()), 'history.erase': ok({ erased: 25 }) };
    const page = openPage('packages/card/history/history');
    await until(() => page.text().includes('第 1 本'));
    phone.confirm = false;
    page.instance['onErase']?.();
    await until(() => phone.questions.length === 1);
    expect(inputs('history.erase')).toEqual([]);
    phone.confirm = true;
    page.instance['onErase']?.();
    await until(() => phone.toasts.includes('抹掉了 25 条'));
    expect(inputs('history.erase')).toEqual([{ confirm: true }]);
  });
});
