import path from 'node:path';
import type { Browser } from 'playwright-core';
import type { Holdings } from '../../contracts/catalog';
import { launchBrowser } from './support/browser';
import { PhonePage, type PhoneSettings } from './support/phone-page';
import { startProduct, type Product } from './support/start-product';

jest.setTimeout(120_000);

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

beforeEach(async () => {
  await product.post('/local/faults', { library: 'none' });
  // A Monday morning in term: every branch is open.
  await product.post('/local/clock', { now: '2026-11-23T10:00:00+08:00' });
});

afterEach(async () => {
  await phone.close();
  expect(phone.errors).toEqual([]);
});

async function open(route: string, settings: PhoneSettings = {}): Promise<void> {
  phone = await PhonePage.open(browser, product.url, route, { settings, still: true });
}
const tap = (name: string): Promise<void> => phone.tap(phone.top.getByRole('button', { name }).first());
const photo = (name: string): string => path.resolve(__dirname, '../fixtures/barcodes', name);

async function scan(name: string): Promise<void> {
  await tap('扫码找书');
  await phone.scanPhoto(photo(name));
}

it('scans a photo of a barcode and lands on the right book with its copies', async () => {
  await open('/pages/home/home');
  await phone.sees('开放到 22:30');
  await phone.screenshot('home');
  await scan('isbn-9787536692930.jpg');

  await phone.sees('刘慈欣');
  await phone.sees('馆藏');
  expect(phone.route()).toMatch(/^\/pages\/book\/book\?bibId=/);
  const bibId = new URLSearchParams(phone.route().split('?')[1]).get('bibId');
  const event = { action: 'catalog.holdings', input: { bibId } };
  const answer = await product.post('/call', { function: 'reader', openid: 'o-e2e', event });
  const { items } = (answer as { data: Holdings }).data;
  expect(items.length).toBeGreaterThan(0);
  for (const { barcode } of items) await phone.sees(new RegExp(barcode));
  await phone.screenshot('book');
});

it('finds a book by typing, narrows the list and says when nothing is found', async () => {
  await open('/pages/home/home');
  await tap('书名、作者、ISBN、索书号');
  const field = phone.top.getByRole('textbox');
  await field.fill('honglou');
  await field.press('Enter');
  await phone.sees('曹雪芹');
  await phone.screenshot('search');
  await field.fill('绝无此书的书名甲乙丙');
  await field.press('Enter');
  await phone.sees('没有找到');
  await phone.screenshot('search-empty');
});

it('says kindly what an ISBN means that the library lacks, and goes on to a search by title', async () => {
  await open('/pages/home/home');
  await scan('isbn-unknown-9787111999997.jpg');
  await phone.sees('馆里没有这个版本');
  await phone.sees('978-7-111-99999-7');
  await phone.sees('机械工业出版社');
  await phone.screenshot('unknown-isbn');
  await tap('按书名找');
  await phone.top.getByRole('textbox').waitFor();
});

it('tells a grocery from a book', async () => {
  await open('/pages/home/home');
  await scan('grocery-6901234567892.jpg');
  await phone.sees('6901234567892');
  await phone.screenshot('grocery');
});

it('shows that the library does not answer, and recovers on retry', async () => {
  await product.post('/local/faults', { library: 'offline' });
  await open('/pages/search/search?q=三体');
  await phone.sees('图书馆系统没有回应');
  await phone.screenshot('error');
  await product.post('/local/faults', { library: 'none' });
  await tap('再试一次');
  await phone.sees('刘慈欣');
});

it('speaks English and wears dark', async () => {
  await open('/pages/me/me', { theme: 'dark' });
  await phone.tap(phone.top.getByRole('radio', { name: 'English' }));
  await phone.sees('To read');
  await phone.screenshot('me-dark-en');
  await phone.tap(phone.page.getByRole('tab', { name: 'Home' }));
  await phone.sees('Opening hours');
  await phone.screenshot('home-dark-en');
});

it('lets a sheet be used from the keyboard: the focus goes in, stays in, and comes back', async () => {
  await open('/pages/search/search?q=红楼梦');
  await phone.sees('曹雪芹');
  const opener = phone.top.getByRole('button', { name: '筛选' }).first();
  await opener.focus();
  await phone.page.keyboard.press('Enter');
  const sheet = phone.page.getByRole('dialog', { name: '筛选' });
  await sheet.waitFor();
  await sheet.getByRole('button', { name: '关闭' }).waitFor();
  await phone.screenshot('filters');
  const isInside = (): Promise<boolean> =>
    phone.inPage(`document.querySelector('[role=dialog]').contains(document.activeElement)`);
  for (let i = 0; i < 40; i++) {
    await phone.page.keyboard.press(i % 7 === 6 ? 'Shift+Tab' : 'Tab');
    expect(await isInside()).toBe(true);
  }
  await phone.page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });
  expect(await opener.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
});

it('has the day of the cloud, also when its clock is moved while a page is open', async () => {
  await open('/pages/home/home');
  await phone.sees('开放到 22:30');
  const day = (): Promise<string> => phone.inPage('new Date().toDateString()');
  expect(await day()).toBe('Mon Nov 23 2026');
  // A vacation: the demo library is closed, and says until when in days of that time.
  await product.post('/local/clock', { now: '2027-02-06T12:00:00+08:00' });
  await phone.page.waitForFunction(`new Date().getFullYear() === 2027`);
  expect(await day()).toBe('Sat Feb 06 2027');
  await phone.sees(/闭馆/);
  expect(await phone.text('开放到 22:30').count()).toBe(0);
});
