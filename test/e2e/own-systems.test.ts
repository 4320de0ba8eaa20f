import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { sip2Books } from '../support/sip2-books';
import { startSip2Server, type Sip2Server } from '../support/sip2-server';
import { BARCODES, CARDS } from '../support/sip2-server/seed';
import { describeUnless } from '../support/unless';
import { collectionOf, marcOf, writeMarcXml } from '../support/write-marcxml';
import { startZebra, zebraMissing, type Zebra } from '../support/zebra';
import { launchBrowser } from './support/browser';
import { PhonePage, type PhoneSettings } from './support/phone-page';
import { startProduct, type Product } from './support/start-product';

jest.setTimeout(90_000);

const INDEXES = { any: '1=any', title: '1=4', isbn: '1=7', id: '1=12', barcode: '1=Barcode' };

describeUnless(zebraMissing(), 'the app before SIP2 and SRU')('before a library’s own systems', () => {
  let folder: string;
  let sip2: Sip2Server;
  let zebra: Zebra;
  let product: Product;
  let browser: Browser;
  let phone: PhonePage;

  beforeAll(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'shutong-own-'));
    sip2 = await startSip2Server();
    zebra = await startZebra(collectionOf(sip2Books(sip2).map((book) => writeMarcXml(marcOf(book)))));
    const config = {
      name: '自有系统图书馆',
      branches: [{ code: 'MAIN', name: '总馆' }],
      match: 'barcode',
      catalog: { kind: 'sru', url: zebra.url, queries: { language: 'pqf', indexes: INDEXES } },
      circulation: {
        kind: 'sip2',
        host: '127.0.0.1',
        port: sip2.port,
        institution: 'TEST',
        holds: { pickupPlaces: [{ code: 'MAIN', name: '总馆服务台' }] },
        fines: { pattern: '(?<title>.+) (?<amount>\\d+\\.\\d\\d)$' },
      },
    };
    const file = path.join(folder, 'library.json');
    await fs.writeFile(file, JSON.stringify(config));
    [product, browser] = await Promise.all([startProduct(['--library', file]), launchBrowser()]);
  }, 120_000);

  afterAll(async () => {
    await browser.close();
    await product.stop();
    await zebra.close();
    await sip2.close();
    await fs.rm(folder, { recursive: true, force: true });
  });

  afterEach(async () => {
    await phone.close();
    expect(phone.errors).toEqual([]);
    expect(sip2.violations).toEqual([]);
  });

  async function open(route: string, settings: PhoneSettings): Promise<void> {
    phone = await PhonePage.open(browser, product.url, route, { settings, still: true });
  }
  const tap = (name: string | RegExp): Promise<void> =>
    phone.tap(phone.top.getByRole('button', { name }).first());
  const field = (name: string) => phone.top.getByRole('textbox', { name });
  const dueOf = (barcode: string): number => sip2.library.items.get(barcode)!.loan!.dueAt;

  it('binds a card, lists the loans and renews them, each with its outcome', async () => {
    const before = new Map([...BARCODES.renewable, BARCODES.wanted].map((code) => [code, dueOf(code)]));
    await open('/pages/shelf/shelf', { openid: 'o-own-systems' });
    await tap('绑定借阅证');
    await tap('同意，去绑定');
    await field('证号').fill(CARDS.borrower.cardNumber);
    await field('密码').fill(CARDS.borrower.pin);
    await tap('绑定');
    await phone.sees('解除绑定');
    await phone.goTo('/pages/shelf/shelf');
    await phone.sees('在借 5 本');
    await phone.sees('三体');
    await phone.screenshot('own-systems-shelf');
    await tap('全部续借');
    await phone.sees('续好 3 本，2 本没有续成');
    await phone.sees('图书馆说：“该书已被其他读者预约，不能续借”');
    await phone.sees('图书馆说：“超过最大续借次数，不得续借！”');
    await phone.screenshot('own-systems-renewed');
    for (const barcode of BARCODES.renewable) expect(dueOf(barcode)).toBeGreaterThan(before.get(barcode)!);
    expect(dueOf(BARCODES.wanted)).toBe(before.get(BARCODES.wanted));
    expect(sip2.requests.filter(({ code }) => code === '29')).toHaveLength(5);
  });

  it('finds a book in the catalogue, with what the circulation says of its copies', async () => {
    await open('/pages/search/search', { openid: 'o-own-systems' });
    await phone.top.getByRole('textbox').fill('三体');
    await phone.top.getByRole('textbox').press('Enter');
    await phone.sees('点开看馆藏情况');
    await phone.screenshot('own-systems-search');
    const book = sip2Books(sip2).find(({ items: [copy] }) => copy![0] === BARCODES.holdable)!;
    await phone.goTo(`/pages/book/book?bibId=${book.bibId}`);
    await phone.sees('已借出');
    await phone.sees(/都借出了/);
    await phone.screenshot('own-systems-book');
  });

  it('says that the library is away when it is, and shows the last list with its time', async () => {
    await product.post('/local/faults', { library: 'offline' });
    await open('/pages/shelf/shelf', { openid: 'o-own-systems' });
    await phone.sees('在借 5 本');
    await phone.sees(/的情况/);
    await phone.screenshot('own-systems-offline');
    await product.post('/local/faults', { library: 'none' });
  });
});
