import { beforeEach, describe, expect, it } from '@jest/globals';
import { fakePhone, fault, ok, zh, type Phone } from './support/fake-wx';
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

beforeEach(() => {
  phone = fakePhone();
});

const inputs = (action: string) =>
  phone.calls.filter((made) => made.action === action).map(({ input }) => input);

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
    phone.answers = {
      'privacy.erase': ok({
        erased: { bindings: 1, history: 25 },
        kept: { signIns: new Date(2026, 10, 21, 14, 32).toISOString() },
        date: '2026-11-21',
      }),
    };
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
    expect(phone.questions.at(-1)).toContain(zh.privacy.keptBelow);
    expect(page.text()).toMatch(/登录没成的次数，留到 (?:(?:2026 年 )?11 月 21 日 )?14:32。/);
    expect(page.text()).not.toContain('试过的证号的次数');
    expect(phone.storage.has('card-pass')).toBe(false);
    expect(phone.storage.get('searches')).toEqual([]);
  });

  it('erases nothing on the phone when the erasing failed', async () => {
    phone.storage.set('card-pass', pass);
    phone.answers = { 'privacy.erase': fault('INTERNAL') };
    const page = openPage('pages/privacy/privacy');
    page.instance['onEraseAll']?.();
    await until(() => phone.questions.length === 2);
    expect(phone.questions.at(-1)).toContain('编号');
    expect(phone.storage.has('card-pass')).toBe(true);
  });
});
