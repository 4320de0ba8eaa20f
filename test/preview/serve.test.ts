import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import personas from '../../local/preview/personas.json';
import { launchBrowser } from '../e2e/support/browser';
import { PhonePage } from '../e2e/support/phone-page';
import { serveFixture, type ServedFixture } from './serve-fixture';

jest.setTimeout(60_000);

let served: ServedFixture;
beforeAll(async () => {
  served = await serveFixture({ watch: true });
});
afterAll(() => served.close());

/** A request whose path is sent as written: fetch would tidy it up. */
const get = (
  raw: string,
  method = 'GET',
): Promise<{ status: number; headers: http.IncomingHttpHeaders; body: string }> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(served.url);
    const request = http.request({ hostname, port, path: raw, method }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (body += chunk));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
      });
    });
    request.on('error', reject);
    request.end();
  });

describe('what is served', () => {
  it.each([
    '/',
    '/app',
    '/preview/static/runtime.js',
    '/preview/program/program.js',
    '/preview/files/images/dot.png',
  ])('serves %s under a strict policy', async (where) => {
    const { status, headers } = await get(where);
    expect(status).toBe(200);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).toContain("script-src 'self' 'wasm-unsafe-eval'");
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('serves the regular and bold font in subsets, and the decoder', async () => {
    const fonts = await get('/preview/static/fonts.css');
    expect(fonts.body).not.toMatch(/url\((?!\/preview\/fonts\/[\w-]+\.woff2\))/);
    const first = /url\((\/preview\/fonts\/[\w-]+\.woff2)\)/.exec(fonts.body)?.[1] ?? '';
    expect((await get(first)).headers['content-type']).toBe('font/woff2');
    expect((await get('/preview/static/zxing_reader.wasm')).headers['content-type']).toBe('application/wasm');
  });

  it.each([
    '/preview/files/../../../../etc/passwd',
    '/preview/files/%2e%2e/%2e%2e/out/program/program.js',
    '/preview/files/..%2f..%2fout%2fprogram%2fprogram.js',
    '/preview/files/%00',
    '/preview/files/%E0%A4%A',
    '/preview/files//etc/hosts.png',
    '/preview/files/app.ts',
    '/preview/files/app.json',
    '/preview/files/images',
    '/preview/program/../../miniprogram/app.ts',
    '/preview/program/%2e%2e/%2e%2e/miniprogram/app.ts',
    '/preview/static/..%2f..%2fmain.ts',
    '/preview/static/__proto__',
    '/preview/fonts/..%2fpackage.json',
    '/preview/none',
    '/preview/',
  ])('does not serve %s', async (where) => {
    expect((await get(where)).status).toBe(404);
  });

  it('does not follow a link out of the folder', async () => {
    const secret = path.join(served.root, '..', 'secret.png');
    fs.writeFileSync(secret, 'secret');
    fs.symlinkSync(secret, path.join(served.root, 'images', 'link.png'));
    expect((await get('/preview/files/images/link.png')).status).toBe(404);
  });

  it('only reads', async () => {
    expect((await get('/app', 'POST')).status).toBe(405);
  });
});

describe('working on the mini program', () => {
  let browser: Browser;
  let phone: PhonePage;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  it('reloads when a file is saved, shows mistakes with their place, and recovers', async () => {
    phone = await PhonePage.open(browser, served.url);
    const file = path.join(served.root, 'pages/index/index.wxml');
    const source = fs.readFileSync(file, 'utf8');
    await phone.sees('共 3 个');
    fs.writeFileSync(file, source.replace('共 {{', '总共 {{'));
    await phone.sees('总共 3 个');
    fs.writeFileSync(file, '<view>{{a +}}</view>');
    const alert = phone.page.getByRole('alert');
    await alert.getByText(/pages\/index\/index\.wxml:1:12 unexpected character/).waitFor();
    expect(served.logged.at(-1)).toMatch(/^preview: error: pages\/index\/index\.wxml:1:12 /);
    fs.writeFileSync(file, source);
    await alert.waitFor({ state: 'detached' });
    await phone.sees(/^共 3 个/);
    await phone.close();
  });

  it('counts what the first page costs', async () => {
    phone = await PhonePage.open(browser, served.url);
    const stats = await phone.inPage<{ interactiveAt: number; pages: object; bytes: Record<string, number> }>(
      '({ ...__preview.stats, bytes: __preview.stats.bytes() })',
    );
    expect(stats.interactiveAt).toBeGreaterThan(0);
    expect(stats.pages).toMatchObject({ 'pages/index/index': { setDataCalls: 5 } });
    expect(stats.bytes['js']).toBeGreaterThan(100_000);
    await phone.close();
  });

  it('offers the switches beside the phone', async () => {
    const visitor = personas.find(({ openid }) => openid === 'o-visitor')!;
    const page = await browser.newPage({ viewport: { width: 1100, height: 940 } });
    await page.goto(served.url);
    const inside = page.frameLocator('#screen');
    await inside.getByText('共 3 个').waitFor();
    await page.getByText('English').click();
    await inside.getByText('语言 en').waitFor();
    await page.getByLabel('I am').selectOption({ label: visitor.nameEn });
    await page.getByText(visitor.aboutEn).waitFor();
    await inside.getByText('共 3 个').waitFor();
    await page.getByLabel('Library system').selectOption('offline');
    await page.getByText('Failed (404)').waitFor();
    await page.close();
  });
});
