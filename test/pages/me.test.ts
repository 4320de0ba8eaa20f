import { beforeEach, describe, expect, it } from '@jest/globals';
import { en, fakePhone, fault, ok, zh, type Phone } from './support/fake-wx';
import { card } from './support/loans';
import { openPage, until } from './support/open-page';

let phone: Phone;
const wanted = { bibId: 'b1', title: '红楼梦', author: '曹雪芹', callNumber: 'I242.4', clc: 'i', addedAt: 1 };

beforeEach(() => {
  phone = fakePhone();
});

describe('me', () => {
  it('changes language and text size, at once and for good', () => {
    const page = openPage('pages/me/me');
    expect(page.text()).toContain(zh.me.settings);
    page.instance['onLanguage']?.({ currentTarget: { dataset: { key: 'en' } } });
    expect(page.text()).toContain(en.me.settings);
    expect(phone.titles.at(-1)).toBe(en.nav.me);
    page.instance['onLargeText']?.();
    expect(page.data['textSize']).toBe('large');
    expect(phone.storage.get('settings')).toMatchObject({ language: 'en', largeText: true });
    page.instance['onLanguage']?.({ currentTarget: { dataset: { key: 'follow' } } });
    expect(page.text()).toContain(zh.me.settings);
    page.instance['onLargeText']?.();
  });

  it('shows the card with most of its number hidden, or that none is bound', async () => {
    phone.answers['cards.mine'] = ok({ card: { ...card(), state: 'fresh', asOf: '2026-11-21T14:32:00Z' } });
    const page = openPage('pages/me/me');
    await until(() => page.text().includes('******0020 · 本科生'));
    page.instance['onCard']?.();
    expect(phone.visits).toEqual(['navigateTo /packages/card/card/card']);
    phone.answers['cards.mine'] = ok({});
    const other = openPage('pages/me/me');
    await until(() => other.text().includes(zh.me.unbound));
    other.instance['onCard']?.();
    expect(phone.visits.at(-1)).toBe('navigateTo /packages/card/bind/bind');
  });

  it('opens the card that this phone keeps when it cannot ask', async () => {
    phone.answers['cards.mine'] = fault('INTERNAL');
    const page = openPage('pages/me/me');
    await until(() => phone.calls.some(({ action }) => action === 'cards.mine'));
    page.instance['onCard']?.();
    expect(phone.visits).toEqual(['navigateTo /packages/card/card/card']);
  });

  it('counts the reading list', () => {
    phone.storage.set('reading-list', [wanted, 'broken']);
    expect(openPage('pages/me/me').text()).toContain('1 本');
  });
});

describe('the reading list', () => {
  it('is empty: says what to do', () => {
    const page = openPage('pages/reading-list/reading-list');
    expect(page.text()).toContain(zh.readingList.empty);
    page.instance['onSearch']?.();
    expect(phone.visits).toEqual(['navigateTo /pages/search/search']);
  });

  it('opens a book and lets it go', async () => {
    phone.storage.set('reading-list', [wanted]);
    const page = openPage('pages/reading-list/reading-list');
    expect(page.text()).toContain('红楼梦');
    page.tap('.book');
    await until(() => phone.visits.length === 1);
    expect(phone.visits).toEqual(['navigateTo /pages/book/book?bibId=b1']);
    page.tap('.remove');
    await until(() => page.text().includes(zh.readingList.empty));
    expect(phone.storage.get('reading-list')).toEqual([]);
  });
});

describe('privacy', () => {
  it('clears everything that this phone keeps, when confirmed', async () => {
    phone.storage.set('reading-list', [wanted]).set('searches', ['a']).set('scans', [{}]);
    const page = openPage('pages/privacy/privacy');
    for (const { title } of zh.privacy.items) expect(page.text()).toContain(title);
    page.instance['onClear']?.();
    await until(() => phone.toasts.length === 1);
    for (const key of ['reading-list', 'searches', 'scans']) expect(phone.storage.get(key)).toEqual([]);
  });
});
