import { beforeEach, describe, expect, it } from '@jest/globals';
import { fill } from '../../miniprogram/i18n';
import { dayText } from '../../miniprogram/lib/dates';
import { fakePhone, fault, lost, ok, zh, type Phone } from './support/fake-wx';
import { card, dayFromNow, hold } from './support/loans';
import { openPage, until } from './support/open-page';

let phone: Phone;
const asOf = '2026-11-21T14:32:00Z';
const pass = {
  cardNumber: '2024110020',
  symbology: 'code128' as const,
  name: '读者甲子',
  readerType: { code: 'UG', name: '本科生' },
  asOf,
};
const mine = () => ok({ card: { ...card(), state: 'fresh' as const, asOf } });

beforeEach(() => {
  phone = fakePhone();
});

const inputs = (action: string) =>
  phone.calls.filter((made) => made.action === action).map(({ input }) => input);

describe('the card', () => {
  it('opens without a network from what this phone keeps, with its time', async () => {
    phone.storage.set('card-pass', pass);
    phone.answers = { 'cards.mine': lost, 'cards.pass': lost };
    const page = openPage('packages/card/card/card');
    expect(page.text()).toContain('2024 1100 20');
    expect(page.html()).toContain('data:image/svg+xml');
    await until(() => page.text().includes('条码照样能用'));
  });

  it('is bright while it is open and hides the name until asked', async () => {
    phone.storage.set('card-pass', pass);
    phone.answers = { 'cards.mine': mine(), 'cards.pass': ok(pass) };
    const page = openPage('packages/card/card/card');
    await until(() => phone.light === 1);
    expect(page.text()).not.toContain('读者甲子');
    page.tap('.reveal');
    await until(() => page.text().includes('读者甲子'));
    page.instance['onHide']?.();
    await until(() => phone.light === 0.4);
    expect(page.text()).not.toContain('读者甲子');
  });

  it('shows why the library restricts it', async () => {
    const blocks = [{ code: 'DEBT' as const, libraryText: '欠款 45 元' }];
    phone.answers = {
      'cards.mine': ok({ card: { ...card({ blocks }), state: 'fresh', asOf } }),
      'cards.pass': ok(pass),
    };
    const page = openPage('packages/card/card/card');
    await until(() => page.text().includes('欠款 45 元'));
    expect(page.text()).toContain(zh.denials.DEBT.hint);
  });

  it('forgets the barcode when it is unbound, and only after a question', async () => {
    phone.answers = { 'cards.mine': mine(), 'cards.pass': ok(pass), 'cards.unbind': ok({}) };
    const page = openPage('packages/card/card/card');
    await until(() => phone.storage.has('card-pass'));
    phone.confirm = false;
    page.instance['onUnbind']?.();
    await until(() => phone.questions.length === 1);
    expect(inputs('cards.unbind')).toEqual([]);
    phone.confirm = true;
    page.instance['onUnbind']?.();
    await until(() => phone.visits.length === 1);
    expect(phone.storage.has('card-pass')).toBe(false);
  });

  it('throws the barcode away when the card is bound here no longer', async () => {
    phone.storage.set('card-pass', pass);
    phone.answers = { 'cards.mine': ok({}) };
    const page = openPage('packages/card/card/card');
    await until(() => page.text().includes(zh.shelf.unbound));
    expect(phone.storage.has('card-pass')).toBe(false);
  });
});

describe('holds', () => {
  const holds = () =>
    ok({
      asOf,
      holds: [hold(), hold({ holdId: 'h2', title: '三体', status: 'ready', readyUntil: dayFromNow(3) })],
    });

  it('puts what can be fetched first, with its last day and place', async () => {
    phone.answers = { 'holds.list': holds(), 'holds.watches': ok({ watches: [] }) };
    const page = openPage('packages/card/holds/holds');
    await until(() => page.text().includes('围城'));
    const day = dayText(dayFromNow(3), 'zh-CN');
    expect(page.text()).toContain(fill(zh.holds.readyUntil, { day, place: '主馆' }));
    expect(page.text().indexOf('三体')).toBeLessThan(page.text().indexOf('围城'));
  });

  it('cancels only after a question, follows the library’s own, and reads again', async () => {
    let read = 0;
    phone.answers = {
      'holds.list': () => ((read += 1) === 1 ? holds() : ok({ asOf, holds: [] })),
      'holds.watches': ok({ watches: [] }),
      'holds.cancel': (input: { confirm?: boolean }) =>
        ok(input.confirm === true ? { status: 'done' } : { status: 'confirm', text: '取消要扣一次预约机会' }),
    };
    const page = openPage('packages/card/holds/holds');
    await until(() => page.text().includes('围城'));
    const tap = () =>
      page.instance['onCancel']?.({ currentTarget: { dataset: { holdId: 'h1', title: '围城' } } });
    phone.confirm = false;
    tap();
    await until(() => phone.questions.length === 1);
    expect(inputs('holds.cancel')).toEqual([]);
    phone.confirm = true;
    tap();
    await until(() => page.text().includes(zh.holds.empty));
    expect(phone.questions.at(-1)).toContain('扣一次');
    expect(inputs('holds.cancel').map((input) => input['confirm'])).toEqual([false, true]);
  });

  it('tells a refusal in the library’s words', async () => {
    phone.answers = {
      'holds.list': holds(),
      'holds.cancel': ok({ status: 'refused', code: 'OTHER' as const, libraryText: '已在运送' }),
    };
    const page = openPage('packages/card/holds/holds');
    await until(() => page.text().includes('围城'));
    page.instance['onCancel']?.({ currentTarget: { dataset: { holdId: 'h1', title: '围城' } } });
    await until(() => phone.questions.some((question) => question.includes('已在运送')));
    expect(page.text()).toContain('围城');
  });

  it('lists what one waits for, and stops waiting', async () => {
    phone.answers = {
      'holds.list': ok({ asOf, holds: [] }),
      'holds.watches': ok({ watches: [{ bibId: 'b9', title: '活着', since: asOf }] }),
      'holds.watch': ok({ watches: [] }),
    };
    const page = openPage('packages/card/holds/holds');
    await until(() => page.text().includes('活着'));
    page.tap('.watch .small-button');
    await until(() => !page.text().includes('活着'));
    expect(inputs('holds.watch')).toEqual([{ bibId: 'b9', on: false }]);
  });
});

describe('fines', () => {
  it('says how much, what for, whether it grows, and where to pay; it takes no money', async () => {
    phone.answers = {
      'fines.list': ok({
        asOf,
        totalCents: 4500,
        blockAtCents: 2000,
        payAt: '主馆一楼借还台',
        fines: [
          { fineId: 'f1', amountCents: 4005, reason: 'lost' as const, title: '围城', running: false },
          { fineId: 'f2', amountCents: 495, reason: 'overdue' as const, running: true },
        ],
      }),
    };
    const page = openPage('packages/card/fines/fines');
    await until(() => page.text().includes('¥45.00'));
    for (const words of ['¥40.05', '¥4.95', '遗失', zh.fines.running, '主馆一楼借还台', zh.fines.noPayment])
      expect(page.text()).toContain(words);
    expect(page.text()).toContain(fill(zh.fines.blocked, { amount: '¥20.00' }));
  });

  it('is not empty because it could not be read', async () => {
    phone.answers = { 'fines.list': fault('LIBRARY_UNREACHABLE') };
    const page = openPage('packages/card/fines/fines');
    await until(() => page.text().includes(zh.faults.LIBRARY_UNREACHABLE.title));
    expect(page.text()).not.toContain(zh.fines.empty);
  });
});

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

describe('my data', () => {
  it('exports everything as JSON', async () => {
    phone.answers = { 'privacy.export': ok({ exportedAt: asOf, collections: { bindings: [{ a: 1 }] } }) };
    const page = openPage('pages/privacy/privacy');
    page.instance['onExport']?.();
    await until(() => phone.files.size === 1);
    const [[name, text]] = [...phone.files] as [[string, string]];
    expect(name).toBe('wxfile://usr/shutong-2026-11-21.json');
    expect(JSON.parse(text)).toMatchObject({ collections: { bindings: [{ a: 1 }] } });
  });

  it('erases here and on the phone after a question, and says what the library keeps', async () => {
    phone.storage.set('card-pass', pass).set('searches', ['a']);
    phone.answers = { 'privacy.erase': ok({ erased: { bindings: 1, history: 25 }, date: '2026-11-21' }) };
    const page = openPage('pages/privacy/privacy');
    phone.confirm = false;
    page.instance['onEraseAll']?.();
    await until(() => phone.questions.length === 1);
    expect(inputs('privacy.erase')).toEqual([]);
    expect(phone.storage.has('card-pass')).toBe(true);
    phone.confirm = true;
    page.instance['onEraseAll']?.();
    await until(() => phone.questions.some((question) => question.includes('26 条')));
    expect(phone.questions.at(-1)).toContain('由图书馆保管');
    expect(phone.storage.has('card-pass')).toBe(false);
    expect(phone.storage.get('searches')).toEqual([]);
  });

  it('erases nothing on the phone when the erasing failed', async () => {
    phone.storage.set('card-pass', pass);
    phone.answers = { 'privacy.erase': fault('INTERNAL') };
    const page = openPage('pages/privacy/privacy');
    page.instance['onEraseAll']?.();
    await until(() => phone.toasts.length === 1);
    expect(phone.storage.has('card-pass')).toBe(true);
  });
});
