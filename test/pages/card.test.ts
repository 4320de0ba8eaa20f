import { beforeEach, describe, expect, it } from '@jest/globals';
import { fill } from '../../miniprogram/i18n';
import { fakePhone, lost, ok, zh, type Phone } from './support/fake-wx';
import { card, dayFromNow } from './support/loans';
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
    expect((page.data['pass'] as { image: string }).image).toMatch(/^data:image\/svg\+xml,/);
    await until(() => page.text().includes('条码照样能用'));
  });

  it('says that there is no barcode when none came, and promises none', async () => {
    phone.answers = { 'cards.mine': mine(), 'cards.pass': lost };
    const page = openPage('packages/card/card/card');
    await until(() => page.text().includes(zh.card.noPass));
    expect(page.text()).toContain('没能更新');
    expect(page.text()).not.toContain('条码照样能用');
  });

  it('says how many days are left when the card ends soon', async () => {
    const soon = card({ expiresAt: dayFromNow(6) });
    phone.answers = { 'cards.mine': ok({ card: { ...soon, state: 'fresh', asOf } }), 'cards.pass': ok(pass) };
    const page = openPage('packages/card/card/card');
    await until(() => page.text().includes(fill(zh.shelf.dueIn, { n: 6 })));
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
