import { beforeEach, describe, expect, it } from '@jest/globals';
import { CONSENT_VERSION as CONTRACT_VERSION } from '../../contracts/cards';
import { CONSENT_VERSION } from '../../miniprogram/services/consent';
import { fakePhone, fault, lost, ok, zh, type Phone } from './support/fake-wx';
import { card } from './support/loans';
import { openPage, until, type Opened } from './support/open-page';

let phone: Phone;
const FIELDS = [
  { name: 'cardNumber' as const, secret: false },
  { name: 'pin' as const, label: '图书馆密码', secret: true },
];

beforeEach(() => {
  phone = fakePhone();
  phone.answers = {
    'cards.methods': ok({ methods: ['pin' as const], consentVersion: CONSENT_VERSION }),
    'cards.start': ok({ kind: 'fields', fields: FIELDS }),
    'cards.bind': ok({ card: card() }),
    'cards.pass': ok({
      cardNumber: '2024110020',
      symbology: 'code128' as const,
      readerType: { code: 'UG', name: '本科生' },
      asOf: '2026-11-21T14:32:00Z',
    }),
  };
});

async function form(): Promise<Opened> {
  const page = openPage('packages/card/bind/bind');
  page.instance['onAgree']?.();
  await until(() => page.data['state'] === 'form', page.html);
  return page;
}

function type(page: Opened, name: string, value: string): void {
  page.instance['onInput']?.({ currentTarget: { dataset: { name } }, detail: { value } });
}

async function submit(page: Opened, cardNumber = '2024110020', pin = '123456'): Promise<void> {
  type(page, 'cardNumber', cardNumber);
  type(page, 'pin', pin);
  page.instance['onSubmit']?.();
  await until(() => page.data['busy'] === false);
}

const sent = () => phone.calls.filter(({ action }) => action === 'cards.bind').map(({ input }) => input);

describe('binding a card', () => {
  it('says first what is kept, why and how to erase it, and asks nobody before the reader agrees', () => {
    const page = openPage('packages/card/bind/bind');
    for (const { title, text } of zh.bind.consent) expect(page.text()).toContain(title + text);
    expect(phone.calls).toEqual([]);
    page.instance['onDisagree']?.();
    expect(phone.visits).toEqual(['navigateBack']);
  });

  it('shows the consent of the version that the functions expect', async () => {
    expect(CONSENT_VERSION).toBe(CONTRACT_VERSION);
    phone.answers['cards.methods'] = ok({ methods: ['pin' as const], consentVersion: CONSENT_VERSION + 1 });
    const page = openPage('packages/card/bind/bind');
    page.instance['onAgree']?.();
    await until(() => page.text().includes(zh.bind.outdated));
  });

  it('hides the PIN, takes full-width digits, keeps the barcode and opens the card', async () => {
    const page = await form();
    expect(page.text()).toContain('图书馆密码');
    await submit(page, ' ２０２４１１００２０', '１２３４５６');
    await until(() => phone.visits.length === 1);
    expect(sent()).toEqual([
      {
        method: 'pin',
        answers: { cardNumber: '2024110020', pin: '123456' },
        consentVersion: CONSENT_VERSION,
      },
    ]);
    expect(phone.visits).toEqual(['redirectTo /packages/card/card/card']);
    expect(phone.storage.get('card-pass')).toMatchObject({ cardNumber: '2024110020' });
    expect(JSON.stringify([...phone.storage])).not.toContain('123456');
    expect(JSON.stringify(page.data)).not.toContain('123456');
  });

  it('names the field that is empty instead of asking', async () => {
    const page = await form();
    await submit(page, '　', '1');
    expect(phone.toasts).toContain('证号还空着');
    expect(sent()).toEqual([]);
  });

  it('quotes the library when the PIN is wrong, and forgets the PIN', async () => {
    phone.answers['cards.bind'] = ok({ denied: { code: 'BAD_PIN' as const, libraryText: '密码错误' } });
    const page = await form();
    await submit(page);
    expect(page.text()).toContain(zh.denials.BAD_PIN.title);
    expect(page.text()).toContain('密码错误');
    expect(page.data['answers']).toMatchObject({ cardNumber: '2024110020', pin: '' });
  });

  it('counts down to the next try and sends nothing before', async () => {
    const retryAt = new Date(Date.now() + 754_000).toISOString();
    phone.answers['cards.bind'] = ok({ denied: { code: 'TOO_MANY_ATTEMPTS' as const, retryAt } });
    const page = await form();
    await submit(page);
    expect(page.find('.submit')?.dom.textContent).toMatch(/还要等 12:3\d/);
    await submit(page);
    expect(sent()).toHaveLength(1);
    page.instance['waitUntil']?.(new Date(Date.now() - 1).toISOString());
    expect(page.text()).toContain(zh.bind.waitOver);
    await submit(page);
    expect(sent()).toHaveLength(2);
    page.instance['onUnload']?.();
  });

  it('goes on saying why one must wait, whatever is typed meanwhile', async () => {
    const retryAt = new Date(Date.now() + 754_000).toISOString();
    phone.answers['cards.bind'] = ok({ denied: { code: 'TOO_MANY_ATTEMPTS' as const, retryAt } });
    const page = await form();
    await submit(page);
    await submit(page, '2024110020', '654321');
    expect(page.find('.submit')?.dom.textContent).toContain('还要等');
    expect(page.text()).toContain(zh.denials.TOO_MANY_ATTEMPTS.title);
    page.instance['onUnload']?.();
  });

  it('lets another card be tried while one is locked', async () => {
    const retryAt = new Date(Date.now() + 86_400_000).toISOString();
    phone.answers['cards.bind'] = ok({ denied: { code: 'LOCKED' as const, libraryText: '已锁定', retryAt } });
    const page = await form();
    await submit(page);
    expect(page.find('.submit')?.dom.textContent).toContain('还要等');
    await submit(page, 'T100017');
    expect(sent()).toHaveLength(2);
    page.instance['onUnload']?.();
  });

  it('explains that the card is bound elsewhere, and moves it only after a second proof', async () => {
    phone.answers['cards.bind'] = ok({ elsewhere: { boundAt: '2026-10-01T08:00:00Z' } });
    const page = await form();
    await submit(page);
    expect(page.text()).toContain(zh.bind.elsewhereTitle);
    expect(page.find('.submit')?.dom.textContent).toContain(zh.bind.replace);
    expect(page.data['answers']).toMatchObject({ pin: '' });
    phone.answers['cards.bind'] = ok({ card: card() });
    await submit(page);
    await until(() => phone.visits.length === 1);
    expect(sent().map((input) => input['replace'])).toEqual([undefined, true]);
  });

  it('does not send a PIN twice by itself when the answer is lost', async () => {
    phone.answers['cards.bind'] = lost;
    const page = await form();
    await submit(page);
    expect(sent()).toHaveLength(1);
    expect(page.text()).toContain(zh.faults.OFFLINE.title);
  });

  it('shows a fresh captcha after every try and sends its state back', async () => {
    let round = 0;
    phone.answers['cards.methods'] = ok({
      methods: ['captcha-pin' as const],
      consentVersion: CONSENT_VERSION,
    });
    phone.answers['cards.start'] = () => {
      round += 1;
      return ok({
        kind: 'captcha',
        fields: [...FIELDS, { name: 'captcha', secret: false }],
        captchaImage: 'data:image/png;base64,AA==',
        state: `s${round}`,
      });
    };
    phone.answers['cards.bind'] = ok({ denied: { code: 'NEED_CAPTCHA' as const } });
    const page = await form();
    type(page, 'captcha', 'ａｂ１２');
    await submit(page);
    expect(sent()[0]).toMatchObject({ state: 's1', answers: { captcha: 'ab12' } });
    await until(() => round === 2);
    expect(page.text()).toContain(zh.bind.wrongCaptcha.hint);
    expect(page.text()).not.toContain(zh.denials.NEED_CAPTCHA.hint);
  });

  it('leads through the single sign-on by a copied address and a ticket', async () => {
    phone.answers['cards.methods'] = ok({ methods: ['sso' as const], consentVersion: CONSENT_VERSION });
    phone.answers['cards.start'] = ok({ kind: 'sso', ssoUrl: 'https://sso.example/login', state: 's' });
    const page = await form();
    page.instance['onCopyAddress']?.();
    await until(() => phone.clipboard.length === 1);
    expect(phone.clipboard).toEqual(['https://sso.example/login']);
    type(page, 'ticket', ' ST-1 ');
    page.instance['onSubmit']?.();
    await until(() => phone.visits.length === 1);
    expect(sent()[0]).toMatchObject({ method: 'sso', answers: { ticket: 'ST-1' }, state: 's' });
  });

  it('says that this library opens no sign-in', async () => {
    phone.answers['cards.methods'] = fault('UNSUPPORTED');
    const page = openPage('packages/card/bind/bind');
    page.instance['onAgree']?.();
    await until(() => page.text().includes(zh.bind.noMethods));
  });
});
