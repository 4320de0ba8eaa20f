import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import type { ReaderAction, ReaderInput, ReaderOutput } from '../../contracts';
import { CONSENT_VERSION } from '../../contracts/cards';
import type { Result } from '../../contracts/result';
import { startShutong, type Shutong } from '../support/start-shutong';
import { launchBrowser } from './support/browser';
import { findLastingPort } from './support/find-lasting-port';
import { PhonePage, type PhoneSettings } from './support/phone-page';

jest.setTimeout(90_000);

/** Readers that are made to be played; see local/seed/README.md. */
const TWENTY_LOANS = { cardNumber: '2024110020', pin: '487388' };
const MANY_LOANS = { cardNumber: 'D00012', pin: '925630' };

let folder: string;
let port: string;
let shutong: Shutong;
let browser: Browser;
let phone: PhonePage;

beforeAll(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'shutong-e2e-'));
  port = String(await findLastingPort());
  [shutong, browser] = await Promise.all([start(), launchBrowser()]);
}, 120_000);

afterAll(async () => {
  await browser.close();
  shutong.process.kill('SIGTERM');
  await shutong.ended;
  await fs.rm(folder, { recursive: true, force: true });
});

const start = (): Promise<Shutong> => startShutong(['--data-dir', folder, '--port', port]);

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

it('a semester morning: bind, see what is due, renew, scan, hold, unbind', async () => {
  const openid = 'o-e2e-morning';
  await open('/pages/shelf/shelf', { openid });
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

  const loans = await listLoans(openid);
  const wanted = loans.find(({ renewal }) => renewal.allowed)!;
  await tap('扫码续借');
  await phone.dialog.getByRole('textbox').fill(wanted.itemBarcode);
  await phone.dialog.getByRole('textbox').press('Enter');
  await phone.sees('续借好了');

  await tap('全部续借');
  await phone.sees('续好 17 本，3 本没有续成');
  // One of them because another reader waits, in the library's own words.
  const waitedFor = loans.find(({ renewal }) => renewal.code === 'ON_HOLD')!;
  const report = phone.top.locator('[class*="report"]').first();
  await report.getByText(waitedFor.title).waitFor();
  await report.getByText('没有续成：有人在等这本书').waitFor();
  await report.getByText(`图书馆说：“${waitedFor.renewal.libraryText!}”`).waitFor();
  await phone.screenshot('renewed');
  const after = await listLoans(openid);
  expect(after.filter(({ renewal }) => renewal.allowed)).toEqual([]);
  expect(after.find(({ loanId }) => loanId === wanted.loanId)!.dueAt > wanted.dueAt).toBe(true);
  expect(after.find(({ loanId }) => loanId === waitedFor.loanId)!.dueAt).toBe(waitedFor.dueAt);

  const { items } = await call(openid, 'catalog.mostBorrowed', { pageSize: 50 });
  const mine = new Set(after.map(({ bibId }) => bibId));
  const out = items.find(
    ({ bibId, availableCopies, earliestDueAt }) => availableCopies === 0 && earliestDueAt && !mine.has(bibId),
  )!;
  await phone.goTo(`/pages/book/book?bibId=${out.bibId}`);
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
  const held = await call(openid, 'holds.list', {});
  expect('holds' in held && held.holds.map(({ bibId, pickup }) => [bibId, pickup?.name])).toEqual([
    [out.bibId, '主馆'],
  ]);

  await phone.goTo('/packages/card/card/card');
  await phone.sees('2024 1100 20');
  await tap('解除绑定');
  await phone.dialog.getByRole('button', { name: '解绑' }).click();
  await phone.page.getByText('已解除绑定').waitFor();
  expect(await phone.inPage<string>('JSON.stringify(localStorage)')).not.toContain(TWENTY_LOANS.cardNumber);
  expect(await call(openid, 'cards.mine', {})).toEqual({});
  await phone.close();
  expect(phone.errors).toEqual([]);
}, 150_000);

it('goes on after the process was killed in the middle of a renewal, and renews nothing twice', async () => {
  const openid = 'o-e2e-kill';
  await bind(openid, MANY_LOANS);
  const before = new Map((await listLoans(openid)).map((loan) => [loan.loanId, loan]));
  const kill = async (): Promise<void> => {
    shutong.process.kill('SIGKILL');
    await shutong.ended;
  };
  const startAgain = async (): Promise<void> => {
    shutong = await start();
  };
  // a cold start, a lease of the killed that has to run out, and 120 renewals, one by one
  const sees = (text: string | RegExp): Promise<void> => phone.text(text).waitFor({ timeout: 60_000 });
  await open('/pages/me/me', { openid });
  // the preview loads an open page anew when its server was started anew; a phone does not
  await phone.page.route('**/preview/events', (route) => route.abort());
  await phone.goTo('/pages/shelf/shelf');
  await phone.sees('在借 120 本');

  // First with the library slow, so that the renewal is certainly under way …
  await fetch(`${shutong.url}/local/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"library":"slow"}',
  });
  await tap('全部续借');
  await phone.sees('正在逐本续借');
  await kill();
  await sees(/再点一次/);
  await phone.screenshot('cut-off');
  await startAgain();
  // … then at some moment of it.
  await tap('全部续借');
  await new Promise((resolve) => setTimeout(resolve, 30));
  await kill();
  await sees(/再点一次|120 本都续借好了/);
  await startAgain();
  const done = '120 本都续借好了';
  if (!(await phone.text(done).isVisible())) await tap('全部续借');
  await sees(done);
  await phone.screenshot('continued');

  const after = new Map((await listLoans(openid)).map((loan) => [loan.loanId, loan]));
  expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
  for (const [loanId, was] of before) {
    const is = after.get(loanId)!;
    expect(is.dueAt > was.dueAt).toBe(true);
    expect(is.renewal.left ?? 0).toBe((was.renewal.left ?? 0) - 1);
  }
  await phone.close();
}, 300_000);
