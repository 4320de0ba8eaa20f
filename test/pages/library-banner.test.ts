import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { SystemStatus } from '../../contracts/library';
import { en, fakePhone, fault, ok, zh, type Phone } from './support/fake-wx';
import { turn, until } from './support/open-page';

const BANNER = 'components/library-banner/library-banner';
let phone: Phone;

beforeEach(() => {
  phone = fakePhone();
  // what one page has heard is known to the next: each test is a phone of its own
  jest.resetModules();
});

const load = async () => ({
  ...(await import('./support/open-page')),
  ...(await import('../../miniprogram/services/api')),
  ...(await import('../../miniprogram/services/settings')),
});
const asked = () => phone.calls.filter(({ action }) => action === 'system.status').length;
const statusIs = (status: SystemStatus) => (phone.answers['system.status'] = ok(status));
const down = (): SystemStatus => ({
  state: 'down',
  since: new Date(Date.now() - 60_000).toISOString(),
  retryAt: new Date(Date.now() + 60_000).toISOString(),
});

describe('the banner of the library’s system', () => {
  it('is not there, and asks nothing, while nothing has failed', async () => {
    const { open, call } = await load();
    phone.answers['catalog.suggest'] = ok({ suggestions: [] });
    const banner = open(BANNER, {});
    await call('catalog.suggest', { text: 'a' });
    await turn();
    expect(banner.html()).not.toContain('banner');
    expect(asked()).toBe(0);
  });

  it('says since when and until when the library is away, after a call that failed', async () => {
    const { open, call } = await load();
    statusIs(down());
    phone.answers['catalog.bib'] = fault('LIBRARY_UNREACHABLE');
    const banner = open(BANNER, {});
    await expect(call('catalog.bib', { bibId: 'b1' })).rejects.toMatchObject({ code: 'LIBRARY_UNREACHABLE' });
    await until(() => banner.text().includes(zh.libraryStatus.down), banner.html);
    expect(banner.text()).toMatch(/\d\d:\d\d 起 · .*\d\d:\d\d 后再试/);
  });

  it('asks once, however many calls fail together', async () => {
    const { open, call } = await load();
    statusIs(down());
    phone.answers['catalog.bib'] = fault('LIBRARY_UNREACHABLE');
    const banner = open(BANNER, {});
    open(BANNER, {});
    const failed = Array.from({ length: 8 }, () =>
      call('catalog.bib', { bibId: 'b1' }).catch(() => undefined),
    );
    await Promise.all(failed);
    await until(() => banner.text() !== '');
    expect(asked()).toBe(1);
  });

  it('is on a page that opens later, without another question', async () => {
    const { open, call } = await load();
    statusIs(down());
    phone.answers['catalog.bib'] = fault('LIBRARY_UNREACHABLE');
    const first = open(BANNER, {});
    await call('catalog.bib', { bibId: 'b1' }).catch(() => undefined);
    await until(() => first.text() !== '');
    expect(open(BANNER, {}).text()).toContain(zh.libraryStatus.down);
    expect(asked()).toBe(1);
  });

  it('comes with a list that could only be shown from before', async () => {
    const { open, call } = await load();
    statusIs({ state: 'recovering', since: new Date().toISOString() });
    phone.answers['loans.list'] = ok({ state: 'stale', asOf: '2026-11-21T10:00:00Z', loans: [] });
    const banner = open(BANNER, {});
    await call('loans.list', {});
    await until(() => banner.text().includes(zh.libraryStatus.recovering));
  });

  it.each([['ok'], ['unknown']] as const)('is not there when the library is %s', async (state) => {
    const { open, call } = await load();
    statusIs({ state });
    phone.answers['catalog.bib'] = fault('LIBRARY_UNREACHABLE');
    const banner = open(BANNER, {});
    await call('catalog.bib', { bibId: 'b1' }).catch(() => undefined);
    await until(() => asked() === 1);
    await turn();
    expect(banner.text()).toBe('');
  });

  it('claims nothing when it cannot be asked', async () => {
    const { open, call } = await load();
    phone.answers['system.status'] = fault('INTERNAL');
    phone.answers['catalog.bib'] = fault('LIBRARY_UNREACHABLE');
    const banner = open(BANNER, {});
    await call('catalog.bib', { bibId: 'b1' }).catch(() => undefined);
    await until(() => asked() === 1);
    await turn();
    expect(banner.text()).toBe('');
  });

  it('asks again while it is shown, and goes when the library is back', async () => {
    jest.useFakeTimers();
    try {
      const { open, call } = await load();
      statusIs({ state: 'down', retryAt: new Date(Date.now() + 5_000).toISOString() });
      phone.answers['catalog.bib'] = fault('LIBRARY_UNREACHABLE');
      const banner = open(BANNER, {});
      const failed = call('catalog.bib', { bibId: 'b1' }).catch(() => undefined);
      await jest.advanceTimersByTimeAsync(1_000);
      await failed;
      expect(banner.text()).toContain(zh.libraryStatus.down);
      statusIs({ state: 'ok' });
      await jest.advanceTimersByTimeAsync(10_000);
      expect(asked()).toBe(1);
      await jest.advanceTimersByTimeAsync(15_000);
      expect(asked()).toBe(2);
      expect(banner.text()).toBe('');
      await jest.advanceTimersByTimeAsync(600_000);
      expect(asked()).toBe(2);
    } finally {
      jest.useRealTimers();
    }
  });

  it('asks at once when the library gives a fresh list although it is said to be away', async () => {
    const { open, call } = await load();
    statusIs(down());
    phone.answers['catalog.bib'] = fault('LIBRARY_UNREACHABLE');
    const banner = open(BANNER, {});
    await call('catalog.bib', { bibId: 'b1' }).catch(() => undefined);
    await until(() => banner.text() !== '');
    statusIs({ state: 'ok' });
    phone.answers['loans.list'] = ok({ state: 'fresh', asOf: '2026-11-21T10:00:00Z', loans: [] });
    await call('loans.list', {});
    await until(() => banner.text() === '', banner.text);
    expect(asked()).toBe(2);
    await call('loans.list', {});
    await turn();
    expect(asked()).toBe(2);
  });

  it('speaks English', async () => {
    const { open, call, changeSettings } = await load();
    changeSettings({ language: 'en' });
    statusIs({ state: 'down' });
    phone.answers['catalog.bib'] = fault('LIBRARY_UNREACHABLE');
    const banner = open(BANNER, {});
    await call('catalog.bib', { bibId: 'b1' }).catch(() => undefined);
    await until(() => banner.text().includes(en.libraryStatus.down));
    expect(banner.text()).toContain(en.libraryStatus.downHint);
  });
});
