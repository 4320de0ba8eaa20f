import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Holdings } from '../../contracts/catalog';
import { startShutong, type Shutong } from '../emulator/support/start-shutong';
import { launchBrowser } from './support/browser';

const PHOTOS = path.resolve(__dirname, '../fixtures/barcodes');
const SCREENSHOTS = path.resolve(__dirname, 'screenshots');

jest.setTimeout(60_000);

let folder: string;
let shutong: Shutong;
let browser: Browser;
let context: BrowserContext;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'shutong-e2e-'));
  await fs.mkdir(SCREENSHOTS, { recursive: true });
  [shutong, browser] = await Promise.all([startShutong(['--data-dir', folder]), launchBrowser()]);
}, 120_000);

afterAll(async () => {
  await browser.close();
  shutong.process.kill('SIGTERM');
  await shutong.ended;
  await fs.rm(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  context = await browser.newContext({
    viewport: { width: 375, height: 812 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
  });
  page = await context.newPage();
  page.setDefaultTimeout(15_000);
  complaints.length = 0;
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await post('/local/faults', { library: 'none' });
  // A Monday morning in term: every branch is open.
  await post('/local/clock', { now: '2026-11-23T10:00:00+08:00' });
});

afterEach(async () => {
  await context.close();
  expect(complaints).toEqual([]);
});

const post = (where: string, body: unknown): Promise<Response> =>
  fetch(shutong.url + where, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

const open = (where: string): Promise<unknown> => page.goto(`${shutong.url}/app#${where}`);
const shot = (name: string): Promise<unknown> =>
  page.screenshot({ path: path.join(SCREENSHOTS, `${name}.png`) });
/** Text on the page that is on top. */
const see = (text: string | RegExp): Promise<void> =>
  page.getByText(text).locator('visible=true').first().waitFor();
const tap = (name: string): Promise<void> =>
  page.getByRole('button', { name }).locator('visible=true').first().click();

async function scanPhoto(file: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByText('选一张条码照片').click();
  await (await chooser).setFiles(path.join(PHOTOS, file));
}

it('scans a photo of a barcode and lands on the right book with its copies', async () => {
  await open('/pages/home/home');
  await see('开放到 22:30');
  await shot('home');
  await tap('扫码找书');
  await scanPhoto('isbn-9787536692930.jpg');

  await see('刘慈欣');
  await see('馆藏');
  expect(page.url()).toContain('/pages/book/book?bibId=');
  const bibId = new URLSearchParams(page.url().split('?')[1]).get('bibId');
  const event = { action: 'catalog.holdings', input: { bibId } };
  const answer = await post('/call', { function: 'reader', openid: 'o-e2e', event });
  const { data } = (await answer.json()) as { data: Holdings };
  expect(data.items.length).toBeGreaterThan(0);
  for (const { barcode } of data.items) await see(new RegExp(barcode));
  await shot('book');
});

it('finds a book by typing, narrows the list and says when nothing is found', async () => {
  await open('/pages/home/home');
  await tap('书名、作者、ISBN、索书号');
  const field = page.getByRole('textbox');
  await field.fill('honglou');
  await field.press('Enter');
  await see('曹雪芹');
  await shot('search');
  await field.fill('绝无此书的书名甲乙丙');
  await field.press('Enter');
  await see('没有找到');
  await shot('search-empty');
});

it('says kindly what an ISBN means that the library lacks, and goes on to a search by title', async () => {
  await open('/pages/home/home');
  await tap('扫码找书');
  await scanPhoto('isbn-unknown-9787111999997.jpg');
  await see('馆里没有这个版本');
  await see('978-7-111-99999-7');
  await see('机械工业出版社');
  await shot('unknown-isbn');
  await tap('按书名找');
  await page.getByRole('textbox').waitFor();
});

it('tells a grocery from a book', async () => {
  await open('/pages/home/home');
  await tap('扫码找书');
  await scanPhoto('grocery-6901234567892.jpg');
  await see('6901234567892');
  await shot('grocery');
});

it('shows that the library does not answer, and recovers on retry', async () => {
  await post('/local/faults', { library: 'offline' });
  await open('/pages/search/search?q=三体');
  await see('图书馆系统没有回应');
  await shot('error');
  await post('/local/faults', { library: 'none' });
  await tap('再试一次');
  await see('刘慈欣');
});

it('speaks English and wears dark', async () => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await open('/pages/me/me');
  await page.getByRole('radio', { name: 'English' }).click();
  await see('To read');
  await shot('me-dark-en');
  await page.getByText('Home').locator('visible=true').click();
  await see('Opening hours');
  await shot('home-dark-en');
});
