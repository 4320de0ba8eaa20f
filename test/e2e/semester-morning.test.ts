import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import type { ReaderAction, ReaderInput, ReaderOutput } from '../../contracts';
import { CONSENT_VERSION } from '../../contracts/cards';
import type { Result } from '../../contracts/result';
import { startShutong, type Shutong } from '../support/start-shutong';
import { launchBrowser } from './support/browser';
import { PhonePage, type PhoneSettings } from './support/phone-page';

jest.setTimeout(90_000);

/** Readers that are made to be played; see local/seed/README.md. */
const TWENTY_LOANS = { cardNumber: '2024110020', pin: '487388' };
const TO_HOLD_WITH = { cardNumber: '2025110019', pin: '363620' };
const MANY_LOANS = { cardNumber: 'D00012', pin: '925630' };

let folder: string;
let shutong: Shutong;
let browser: Browser;
let phone: PhonePage;

beforeAll(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'shutong-e2e-'));
  [shutong, browser] = await Promise.all([startShutong(['--data-dir', folder]), launchBrowser()]);
}, 120_000);

afterAll(async () => {
  await browser.close();
  shutong.process.kill('SIGTERM');
  await shutong.ended;
  await fs.rm(folder, { recursive: true, force: true });
});

async function call<A extends ReaderAction>(
  openid: string,
  action: A,
  input: ReaderInput<A>,
): Promise<ReaderOutput<A>> {
  const response = await fetch(`${shutong.url}/call`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ function: 'reader', openid, event: { action, input } }),
  });
  const answer = (await response.json()) as Result<ReaderOutput<A>>;
  if (!answer.ok) throw new Error(`${action} answered ${JSON.stringify(answer.error)}`);
  return answer.data;
}

const bind = (openid: string, answers: { cardNumber: string; pin: string }) =>
  call(openid, 'cards.bind', { method: 'pin', answers, consentVersion: CONSENT_VERSION });

async function listLoans(openid: string) {
  const list = await call(openid, 'loans.list', {});
  if ('denied' in list) throw new Error(`denied: ${list.denied.code}`);
  return list.loans;
}

async function open(route: string, settings: PhoneSettings): Promise<void> {
  phone = await PhonePage.open(browser, shutong.url, route, { settings, still: true });
}
const tap = (name: string | RegExp): Promise<void> =>
  phone.tap(phone.top.getByRole('button', { name }).first());
const field = (name: string) => phone.top.getByRole('textbox', { name });

it('binds a card, renews what can be renewed, and says of each book why not', async () => {
  await open('/pages/shelf/shelf', { openid: 'o-e2e-shelf' });
  await tap('绑定借阅证');
  await phone.sees('绑定以前，先说清楚');
  await phone.screenshot('consent');
  await tap('同意，去绑定');
  await field('证号').fill(TWENTY_LOANS.cardNumber);
  await field('密码').fill('000000');
  await tap('绑定');
  await phone.sees('图书馆说：“证号或密码错误”');
  await phone.screenshot('wrong-pin');
  await field('密码').fill(TWENTY_LOANS.pin);
  await tap('绑定');
  // Landed on the card, with its barcode.
  await phone.sees('解除绑定');
  await phone.screenshot('card');

  await phone.goTo('/pages/shelf/shelf');
  await phone.sees('在借 20 本');
  await phone.sees(/过期 \d+ 天/);
  await phone.screenshot('shelf');

  const wanted = (await listLoans('o-e2e-shelf')).find(({ renewal }) => renewal.allowed)!;
  await tap('扫码续借');
  await phone.dialog.getByRole('textbox').fill(wanted.itemBarcode);
  await phone.dialog.getByRole('textbox').press('Enter');
  await phone.sees(/续借好了|续好 1 本|1 本都续借好了/);

  await tap('全部续借');
  await phone.sees('续好 17 本，3 本没有续成');
  await phone.sees(/等这本书|有人.*等|预约/);
  await phone.screenshot('renewed');
  const after = await listLoans('o-e2e-shelf');
  expect(after.filter(({ renewal }) => renewal.allowed)).toEqual([]);
  expect(after.find(({ loanId }) => loanId === wanted.loanId)!.dueAt > wanted.dueAt).toBe(true);
  await phone.close();
  expect(phone.errors).toEqual([]);
});

it('places a hold on a book that is out, chooses where to fetch it, and ends the binding', async () => {
  await bind('o-e2e-hold', TO_HOLD_WITH);
  const { items } = await call('o-e2e-hold', 'catalog.mostBorrowed', { pageSize: 50 });
  const out = items.find(({ availableCopies, earliestDueAt }) => availableCopies === 0 && earliestDueAt)!;
  await open(`/pages/book/book?bibId=${out.bibId}`, { openid: 'o-e2e-hold' });
  await tap('预约');
  await phone.sees('在哪里取？');
  await phone.screenshot('hold-choose');
  await tap('主馆');
  await tap('确认预约');
  await phone.sees('预约好了');
  await phone.screenshot('hold-done');
  await tap('看我的预约');
  await phone.sees(out.title);
  await phone.screenshot('holds');

  await phone.goTo('/packages/card/card/card');
  await phone.sees('2025 1100 19');
  await phone.screenshot('card');
  await tap('解除绑定');
  await phone.dialog.getByRole('button', { name: '解绑' }).click();
  await phone.page.getByText('已解除绑定').waitFor();
  expect(await phone.inPage<string>('JSON.stringify(localStorage)')).not.toContain(TO_HOLD_WITH.cardNumber);
  expect(await call('o-e2e-hold', 'cards.mine', {})).toEqual({});
  await phone.close();
  expect(phone.errors).toEqual([]);
});

it('keeps to one renewal when the process is killed in the middle', async () => {
  await bind('o-e2e-kill', MANY_LOANS);
  const before = new Map((await listLoans('o-e2e-kill')).map((loan) => [loan.loanId, loan]));
  const requestId = randomUUID();
  const cutOff = call('o-e2e-kill', 'loans.renewAll', { requestId }).catch(() => 'cut off');
  await new Promise((resolve) => setTimeout(resolve, 40));
  shutong.process.kill('SIGKILL');
  await Promise.all([cutOff, shutong.ended]);
  shutong = await startShutong(['--data-dir', folder]);

  const again = await call('o-e2e-kill', 'loans.renewAll', { requestId });
  if ('denied' in again) throw new Error('denied');
  const after = new Map((await listLoans('o-e2e-kill')).map((loan) => [loan.loanId, loan]));
  expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
  for (const outcome of again.outcomes) {
    const [was, is] = [before.get(outcome.loanId)!, after.get(outcome.loanId)!];
    // What is said to be renewed is, once; what is not is as it was, and can still be renewed.
    expect(is.dueAt > was.dueAt).toBe(outcome.status === 'renewed');
    if (outcome.status === 'renewed') expect(is.dueAt).toBe(outcome.dueAt);
    expect(is.renewal.left ?? 0).toBe((was.renewal.left ?? 0) - (outcome.status === 'renewed' ? 1 : 0));
  }
});
