import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Loan } from '../../contracts/loans';
import { summary } from './support/books';
import { fakePhone, fault, ok, zh, type Phone } from './support/fake-wx';
import { card, dayFromNow, loan } from './support/loans';
import { openPage, until } from './support/open-page';

const HOME = 'pages/home/home';
let phone: Phone;

beforeEach(() => {
  phone = fakePhone();
  phone.answers = {
    'system.capabilities': ok({
      library: { name: '示范图书馆', branches: [] },
      capabilities: ['policy.openingHours', 'catalog.newBooks', 'catalog.mostBorrowed'],
    }),
    'library.hours': ok({
      asOf: '2026-11-21T14:32:00+08:00',
      branches: [
        {
          branch: { code: 'main', name: '主馆' },
          openNow: true,
          changesAt: '22:30',
          days: [{ date: '2026-11-21', intervals: [{ from: '08:00', to: '22:30' }] }],
        },
        {
          branch: { code: 'east', name: '东馆' },
          openNow: false,
          days: [
            { date: '2026-11-21', intervals: [], note: '校庆闭馆' },
            { date: '2026-11-22', intervals: [{ from: '08:30', to: '17:00' }] },
          ],
        },
      ],
    }),
    'catalog.newBooks': ok({ items: [summary()], total: 1, page: 1 }),
    'catalog.mostBorrowed': ok({ items: [summary({ bibId: 'b2', title: '围城' })], total: 1, page: 1 }),
  };
});

describe('home', () => {
  it('shows skeletons first, then hours and shelves', async () => {
    const page = openPage(HOME);
    expect(page.html()).toContain('ghost');
    await until(() => page.text().includes('红楼梦') && page.text().includes('围城'), page.html);
    expect(page.html()).not.toContain('ghost');
    expect(page.text()).toContain('示范图书馆');
    expect(page.text()).toContain('开放到 22:30');
    expect(page.text()).toContain('已闭馆，明天 08:30 开门');
    expect(page.text()).toContain('校庆闭馆');
  });

  it('says an outage once, and reads everything again on retry', async () => {
    const good = phone.answers;
    phone.answers = {
      'library.hours': fault('LIBRARY_UNREACHABLE'),
      'catalog.newBooks': fault('LIBRARY_UNREACHABLE'),
      'catalog.mostBorrowed': fault('LIBRARY_UNREACHABLE'),
    };
    const page = openPage(HOME);
    await until(() => page.data['down'] === true);
    const { title } = zh.faults.LIBRARY_UNREACHABLE;
    expect(page.text().split(title)).toHaveLength(2);
    expect(page.text()).toContain('r-42');
    phone.answers = good;
    page.instance['onRetryAll']?.();
    await until(() => page.text().includes('红楼梦'));
    expect(page.text()).not.toContain(title);
  });

  it('keeps what it shows, with its time, when pulling to refresh fails', async () => {
    const page = openPage(HOME);
    await until(() => page.text().includes('红楼梦') && page.text().includes('开放到 22:30'));
    phone.answers = { 'library.hours': fault('TIMEOUT'), 'catalog.newBooks': fault('TIMEOUT') };
    page.instance['onPullDownRefresh']?.();
    await until(() => page.text().includes('没能更新'));
    expect(page.text()).toContain('红楼梦');
    expect(page.text()).toContain('开放到 22:30');
    expect(phone.toasts).toContain(zh.faults.TIMEOUT.title);
  });

  it('does not call the opening hours old because a shelf could not be read', async () => {
    const page = openPage(HOME);
    await until(() => page.text().includes('红楼梦') && page.text().includes('开放到 22:30'));
    phone.answers['catalog.newBooks'] = fault('TIMEOUT');
    page.instance['onPullDownRefresh']?.();
    await until(() => phone.toasts.length > 0);
    expect(page.text()).not.toContain('没能更新');
  });

  it('keeps one failure to its own section', async () => {
    phone.answers['catalog.newBooks'] = fault('INTERNAL');
    const page = openPage(HOME);
    await until(() => page.text().includes('围城') && page.text().includes(zh.faults.INTERNAL.title));
    expect(page.text()).toContain('开放到 22:30');
  });

  it('hides what the library does not offer', async () => {
    phone.answers['catalog.newBooks'] = fault('UNSUPPORTED');
    const page = openPage(HOME);
    await until(() => page.text().includes('围城'));
    expect(page.text()).not.toContain(zh.home.newBooks);
  });

  it('neither asks nor draws what the library is known not to offer, and says one outage once', async () => {
    const library = {
      library: { name: '自有系统图书馆', branches: [] },
      capabilities: ['catalog.search', 'catalog.newBooks'],
      search: { fields: ['any', 'title', 'isbn'], sorts: ['relevance'], filters: [] },
    };
    phone.storage.set('library', { at: Date.now(), library });
    phone.answers['catalog.newBooks'] = fault('LIBRARY_UNREACHABLE');
    const page = openPage(HOME);
    expect(page.text()).not.toContain(zh.home.hours);
    expect(page.text()).not.toContain(zh.home.mostBorrowed);
    expect(page.text()).toContain('书名、ISBN');
    expect(page.text()).not.toContain('索书号');
    await until(() => page.data['down'] === true, page.text);
    const actions = phone.calls.map(({ action }) => action);
    expect(actions).toContain('catalog.newBooks');
    expect(actions).not.toContain('library.hours');
    expect(actions).not.toContain('catalog.mostBorrowed');
  });

  it('goes from the seal to the page of the scan', async () => {
    phone.scans = ['978-7-02-012556-2'];
    const page = openPage(HOME);
    page.tap('.seal');
    await until(() => phone.visits.length === 1);
    expect(phone.visits).toEqual(['navigateTo /pages/scan/scan?text=978-7-02-012556-2']);
  });

  it('stays when the reader cancels the scan', async () => {
    const page = openPage(HOME);
    phone.scans = [{ errMsg: 'scanCode:fail cancel' }, '9787020125562'];
    page.tap('.seal');
    await until(() => phone.scans.length === 1);
    page.tap('.seal');
    await until(() => phone.visits.length > 0);
    expect(phone.visits).toEqual(['navigateTo /pages/scan/scan?text=9787020125562']);
  });

  it('speaks English as soon as the setting says so', async () => {
    const { changeSettings } = await import('../../miniprogram/services/settings');
    const page = openPage(HOME);
    await until(() => page.text().includes('红楼梦'));
    changeSettings({ language: 'en' });
    page.show();
    expect(page.text()).toContain('Open until 22:30');
    expect(phone.titles.at(-1)).toBe('Shutong');
    changeSettings({ language: 'zh-CN' });
  });
});

describe('the desk on the home page', () => {
  const bound = () => ok({ card: { ...card(), state: 'fresh' as const, asOf: '2026-11-21T14:32:00Z' } });
  const loans = (...all: Loan[]) => ok({ state: 'fresh' as const, asOf: '2026-11-21T14:32:00Z', loans: all });

  it('invites whoever has bound no card', async () => {
    phone.answers['cards.mine'] = ok({});
    const page = openPage(HOME);
    await until(() => page.text().includes(zh.desk.invite));
    page.tap('.invite');
    await until(() => phone.visits.length === 1);
    expect(phone.visits).toEqual(['navigateTo /packages/card/bind/bind']);
  });

  it('names what is overdue and what is due soon, and leads to the shelf', async () => {
    phone.answers['cards.mine'] = bound();
    phone.answers['loans.list'] = loans(
      loan({ title: '呐喊', dueAt: dayFromNow(-1), overdue: true }),
      loan({ loanId: 'l2', title: '围城', dueAt: dayFromNow(1) }),
      loan({ loanId: 'l3', title: '活着', dueAt: dayFromNow(20) }),
    );
    const page = openPage(HOME);
    await until(() => page.text().includes('1 本已经过期'));
    expect(page.text()).toContain('1 本一周内到期');
    expect(page.find('.due')?.dom.textContent).not.toContain('活着');
    page.tap('.due');
    await until(() => phone.visits.length === 1);
    expect(phone.visits).toEqual(['switchTab /pages/shelf/shelf']);
  });

  it('is one quiet line when nothing is due soon', async () => {
    phone.answers['cards.mine'] = bound();
    phone.answers['loans.list'] = loans(loan({ dueAt: dayFromNow(20) }));
    const page = openPage(HOME);
    await until(() => page.text().includes('在借 1 本，最早'));
  });

  it('shows the kept list with its time while the library is down, and says the outage once', async () => {
    const down = fault('LIBRARY_UNREACHABLE');
    const asOf = '2026-11-21T14:32:00';
    phone.answers = {
      'cards.mine': ok({ card: { ...card(), state: 'stale' as const, asOf } }),
      'loans.list': ok({
        state: 'stale' as const,
        asOf,
        loans: [loan({ title: '围城', dueAt: dayFromNow(1) })],
      }),
      'library.hours': down,
      'catalog.newBooks': down,
      'catalog.mostBorrowed': down,
    };
    const page = openPage(HOME);
    await until(() => page.data['down'] === true && page.text().includes('1 本一周内到期'), page.text);
    expect(page.text()).toContain('围城');
    expect(page.text()).toMatch(/没能更新，这里是 .*14:32 的情况/);
    expect(page.text().split(zh.faults.LIBRARY_UNREACHABLE.title)).toHaveLength(2);
  });

  it('keeps what it shows, and says since when, when it cannot be read anew', async () => {
    phone.answers['cards.mine'] = bound();
    phone.answers['loans.list'] = loans(loan({ title: '活着', dueAt: dayFromNow(1) }));
    const page = openPage(HOME);
    await until(() => page.text().includes('活着'));
    expect(page.text()).not.toContain('没能更新');
    phone.answers['loans.list'] = fault('LIBRARY_UNREACHABLE');
    page.instance['onPullDownRefresh']?.();
    await until(() => page.text().includes('没能更新'));
    expect(page.text()).toContain('活着');
  });

  it('says that the library does not serve the card, in its words, and leads to the shelf', async () => {
    phone.answers['cards.mine'] = bound();
    phone.answers['loans.list'] = ok({ denied: { code: 'CARD_LOST', libraryText: '该证已挂失' } });
    const page = openPage(HOME);
    await until(() => page.text().includes(zh.denials.CARD_LOST.title));
    expect(page.text()).toContain('图书馆说：“该证已挂失”');
    page.tap('.invite');
    await until(() => phone.visits.length === 1);
    expect(phone.visits).toEqual(['switchTab /pages/shelf/shelf']);
  });

  it('does not ask for a card again that was bound meanwhile, because it cannot be read', async () => {
    phone.answers['cards.mine'] = ok({});
    const page = openPage(HOME);
    await until(() => page.text().includes(zh.desk.invite));
    phone.answers['cards.mine'] = fault('LIBRARY_UNREACHABLE');
    page.instance['onPullDownRefresh']?.();
    await until(() => page.text().includes(zh.shelf.failed));
    expect(page.text()).not.toContain(zh.desk.invite);
  });

  it('says what failed instead of that nothing is due', async () => {
    phone.answers['cards.mine'] = bound();
    phone.answers['loans.list'] = fault('LIBRARY_UNREACHABLE');
    const page = openPage(HOME);
    await until(() => page.text().includes(zh.shelf.failed));
  });

  it('tells once that the card was bound elsewhere, and throws its barcode away', async () => {
    phone.storage.set('card-pass', { cardNumber: '1' });
    const at = '2026-11-20T08:00:00Z';
    let told = 0;
    phone.answers['cards.mine'] = (input: { acknowledge?: string }) => {
      if (input.acknowledge === at) told += 1;
      return ok(told > 0 ? {} : { endedElsewhere: { at } });
    };
    openPage(HOME);
    await until(() => told === 1);
    expect(phone.questions).toHaveLength(1);
    expect(phone.questions[0]).toContain('另一个微信');
    expect(phone.storage.has('card-pass')).toBe(false);
  });
});
