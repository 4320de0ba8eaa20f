import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { en, fakePhone, zh, type Phone } from './support/fake-wx';
import type { Opened } from './support/open-page';

let phone: Phone;

beforeEach(() => {
  phone = fakePhone();
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

/** A library that says nothing. */
const silence = () => new Promise<never>(() => undefined);
const PAGES: [string, string][] = [
  ['pages/home/home', 'library.hours'],
  ['pages/shelf/shelf', 'loans.list'],
  ['pages/search/search', 'catalog.search'],
  ['pages/book/book', 'catalog.bib'],
  ['packages/card/card/card', 'cards.mine'],
  ['packages/card/bind/bind', 'cards.methods'],
  ['packages/card/holds/holds', 'holds.list'],
  ['packages/card/fines/fines', 'fines.list'],
  ['packages/card/history/history', 'history.list'],
  ['packages/onboarding/overview/overview', 'onboarding.overview'],
  ['packages/onboarding/paper/paper', 'onboarding.overview'],
  ['packages/onboarding/result/result', 'onboarding.result'],
  ['packages/onboarding/certificate/certificate', 'onboarding.certificate'],
  ['pages/scan/scan', 'catalog.scan'],
];

/** The simulation runs the script of a nested component for one page only, and takes the timers that it finds. */
async function openPage(name: string): Promise<Opened> {
  jest.resetModules();
  const support = await import('./support/open-page');
  const page = support.openPage(name, { q: 'x', bibId: 'b1', text: '9787020125562' });
  if (name.endsWith('bind')) page.instance['onAgree']?.();
  return page;
}
describe('a library that takes long', () => {
  it.each(PAGES)('is spoken of on %s after three seconds, and not before', async (name, action) => {
    phone.answers = { [action]: silence };
    const page = await openPage(name);
    jest.advanceTimersByTime(2_900);
    expect(page.text()).not.toContain(zh.common.stillWaiting);
    jest.advanceTimersByTime(200);
    expect(page.text()).toContain(zh.common.stillWaiting);
  });

  it('is spoken of in English, too', async () => {
    phone.storage.set('settings', { language: 'en', largeText: false });
    phone.answers = { 'loans.list': silence };
    const page = await openPage('pages/shelf/shelf');
    jest.advanceTimersByTime(3_100);
    expect(page.text()).toContain(en.common.stillWaiting);
  });

  it('is not spoken of any more once it has answered', async () => {
    let answer: (value: never) => void = () => undefined;
    phone.answers = { 'loans.list': () => new Promise<never>((resolve) => (answer = resolve)) };
    const page = await openPage('pages/shelf/shelf');
    jest.advanceTimersByTime(3_100);
    expect(page.text()).toContain(zh.common.stillWaiting);
    answer({ ok: true, data: { state: 'fresh', asOf: '2026-11-21T14:32:00Z', loans: [] } } as never);
    await jest.advanceTimersByTimeAsync(50);
    expect(page.text()).not.toContain(zh.common.stillWaiting);
    expect(page.text()).toContain(zh.shelf.empty);
  });
});
