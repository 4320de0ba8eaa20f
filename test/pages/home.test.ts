import { beforeEach, describe, expect, it } from '@jest/globals';
import { summary } from './support/books';
import { fakePhone, fault, ok, zh, type Phone } from './support/fake-wx';
import { openPage, until } from './support/open-page';

const HOME = 'pages/home/home';
let phone: Phone;

beforeEach(() => {
  phone = fakePhone();
  phone.answers = {
    'system.capabilities': ok({ library: { name: '示范图书馆', branches: [] }, capabilities: [] }),
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
