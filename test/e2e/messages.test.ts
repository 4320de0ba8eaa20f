import type { Browser } from 'playwright-core';
import type { ReaderAction, ReaderInput, ReaderOutput } from '../../contracts';
import { CONSENT_VERSION } from '../../contracts/cards';
import type { Loan } from '../../contracts/loans';
import type { MessageTemplate } from '../../contracts/messages/templates';
import type { Result } from '../../contracts/result';
import { plusDays } from '../../miniprogram/lib/dates';
import { launchBrowser } from './support/browser';
import { PhonePage } from './support/phone-page';
import { startProduct, type Product } from './support/start-product';

jest.setTimeout(240_000);

/** A postgraduate with a few loans, all renewable; see local/seed/README.md. */
const CARD = { cardNumber: '2025210007', pin: '798473' };
const OPENID = 'o-e2e-reminded';
const TEMPLATE: MessageTemplate = {
  id: 'e2e-template-of-due-dates-0123456789abcdefg',
  kinds: ['dueSoon', 'overdue'],
  fields: { thing1: 'title', date2: 'date', phrase3: 'state', thing4: 'library' },
};

let product: Product;
let browser: Browser;
let phone: PhonePage;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), launchBrowser()]);
}, 120_000);

afterAll(async () => {
  await browser.close();
  await product.stop();
});

async function call<A extends ReaderAction>(action: A, input: ReaderInput<A>): Promise<ReaderOutput<A>> {
  const event = { action, input };
  const answer = await product.post('/call', { function: 'reader', openid: OPENID, event });
  const result = answer as Result<ReaderOutput<A>>;
  if (!result.ok) throw new Error(`${action} answered ${JSON.stringify(result.error)}`);
  return result.data;
}

async function loans(): Promise<Loan[]> {
  const answer = await call('loans.list', {});
  if ('denied' in answer) throw new Error('denied');
  return answer.loans;
}

/** What the cloud's timer does each minute, some times over. */
async function beats(times: number): Promise<void> {
  await phone.top.getByText('1 条未读').waitFor({ state: 'hidden' });
  for (let n = 0; n < times; n++)
    await product.post('/local/run', { function: 'jobs', event: { Type: 'Timer', TriggerName: 'beat' } });
}

const clock = (day: string, time: string): Promise<unknown> =>
  product.post('/local/clock', { now: `${day}T${time}:00+08:00` });

interface Sent {
  api: string;
  errcode: number;
  request: { touser?: string; template_id?: string; page?: string; data?: Record<string, { value: string }> };
}

/** The subscribe messages that the functions had WeChat send to our reader. */
async function sent(): Promise<Sent[]> {
  const outbox = (await (await fetch(`${product.url}/local/outbox`)).json()) as Sent[];
  return outbox.filter(({ api, request }) => api === 'subscribeMessage.send' && request.touser === OPENID);
}

const tap = (name: string | RegExp): Promise<void> =>
  phone.tap(phone.top.getByRole('button', { name }).first());

it('a student allows a reminder when renewing and gets it three days before the book is due, but none for one that is back', async () => {
  await product.post('/local/run', {
    function: 'staff',
    event: { action: 'messages.templates', input: { by: 'test', settings: { templates: [TEMPLATE] } } },
  });
  await call('cards.bind', { method: 'pin', answers: CARD, consentVersion: CONSENT_VERSION });
  const before = await loans();

  // Renews the first book, and allows one message in WeChat's own sheet.
  phone = await PhonePage.open(browser, product.url, '/pages/shelf/shelf', {
    settings: { openid: OPENID },
    still: true,
  });
  const { title } = before.find(({ renewal }) => renewal.allowed)!;
  await phone.sees(title);
  await tap(/^续借/);
  await phone.sees(/续借好了，.*前归还/);
  await phone.sees('下次到期前，用微信提醒我一次');
  await phone.screenshot('messages-offer');
  await tap(/^提醒我/);
  await phone.tap(phone.dialog.getByRole('button', { name: '允许', exact: true }));
  await phone.sees(/记下了：.*快到期/);
  await phone.screenshot('messages-allowed');
  const { kinds } = await call('messages.settings', {});
  expect(kinds.find(({ kind }) => kind === 'dueSoon')).toMatchObject({ credits: 1 });

  // Two books stay on the shelf, due on two days; the others go back now.
  const all = [...(await loans())].sort((a, b) => a.dueAt.localeCompare(b.dueAt));
  const renewed = all.find(
    (loan) => loan.dueAt !== before.find(({ loanId }) => loanId === loan.loanId)?.dueAt,
  )!;
  const other = all.find(({ dueAt }) => dueAt.slice(0, 10) !== renewed.dueAt.slice(0, 10))!;
  for (const { loanId, itemBarcode } of all)
    if (loanId !== renewed.loanId && loanId !== other.loanId)
      await product.post('/local/return', { barcode: itemBarcode });

  /** The night before three days are left, and the morning after. */
  async function passNight({ dueAt }: Loan, meanwhile: () => Promise<unknown>): Promise<void> {
    const day = plusDays(dueAt.slice(0, 10), -3);
    await clock(day, '02:00');
    await beats(2);
    await meanwhile();
    expect(await sent()).toHaveLength(sentBefore);
    await clock(day, '09:00');
    await beats(3);
  }
  let sentBefore = 0;

  // Planned at night, brought back before the morning: nothing is sent, and nothing of it is in the inbox.
  async function bringBackOther(): Promise<void> {
    await passNight(other, () => product.post('/local/return', { barcode: other.itemBarcode }));
    expect(await sent()).toHaveLength(sentBefore);
    expect((await call('messages.inbox', {})).items).toHaveLength(sentBefore);
  }
  const isFirst = other.dueAt < renewed.dueAt;
  if (isFirst) await bringBackOther();

  await passNight(renewed, async () => undefined);
  const messages = await sent();
  expect(messages).toHaveLength(1);
  const [{ errcode, request }] = messages as [Sent];
  expect(errcode).toBe(0);
  expect(request.template_id).toBe(TEMPLATE.id);
  expect(request.page).toMatch(/^pages\/shelf\/shelf/);
  expect(request.data!['thing1']!.value).toContain(renewed.title.slice(0, 6));
  const [, month, date] = renewed.dueAt.slice(0, 10).split('-').map(Number);
  expect(request.data!['date2']!.value).toMatch(new RegExp(`0?${month}\\D+0?${date}\\D`));
  expect(request.data!['phrase3']!.value).toBe('即将到期');
  expect(Object.keys(request.data!)).toHaveLength(4);
  sentBefore = 1;

  // The inbox has it, with its facts, until it is removed.
  await phone.goTo('/pages/me/me');
  await phone.sees('1 条未读');
  await tap(/^消息/);
  await phone.sees(`《${renewed.title}》快到期了`);
  await phone.sees('也发了微信');
  await phone.screenshot('messages-inbox');
  await phone.back();
  await phone.sees('快到期、预约到了、有人答复，都留在这里');
  // the page that was left tells it on its way out
  for (let n = 0; n < 50 && (await call('messages.unread', {})).unread > 0; n++)
    await phone.page.waitForTimeout(100);
  await expect(call('messages.unread', {})).resolves.toEqual({ unread: 0 });

  // More beats, and the next day: it is told once.
  await beats(3);
  await clock(plusDays(renewed.dueAt.slice(0, 10), -2), '02:00');
  await beats(2);
  await clock(plusDays(renewed.dueAt.slice(0, 10), -2), '09:00');
  await beats(3);
  expect(await sent()).toHaveLength(1);

  if (!isFirst) await bringBackOther();
  expect(phone.errors).toEqual([]);
});
