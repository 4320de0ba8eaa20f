import fs from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../e2e/support/browser';
import { PhonePage } from '../e2e/support/phone-page';
import { barcodePicture } from './barcode-picture';
import { serveFixture, type ServedFixture } from './serve-fixture';

jest.setTimeout(60_000);

let browser: Browser;
let served: ServedFixture;
let phone: PhonePage;

beforeAll(async () => {
  [browser, served] = await Promise.all([launchBrowser(), serveFixture()]);
});
afterAll(async () => {
  await browser.close();
  await served.close();
});
afterEach(async () => {
  await phone.close();
});

const open = async (route = '', options?: Parameters<typeof PhonePage.open>[3]): Promise<void> => {
  phone = await PhonePage.open(browser, served.url, route, options);
};
/** Presses a button of the page of calls and gives what the page then shows. */
const call = async (name: string): Promise<string> => {
  await phone.tap(`#${name}`);
  return answer();
};
const answer = async (): Promise<string> => {
  const shown = phone.top.locator('.answer:not(:empty)');
  await shown.waitFor();
  return shown.innerText();
};

describe('templates, styles and components', () => {
  it('shows lists, wxs, templates, slots, behaviors and npm components', async () => {
    await open();
    await phone.sees('#1 TAO 1');
    await phone.sees('共 3 个，list');
    await phone.sees('¥12.50');
    await phone.sees('确认:');
    expect(phone.errors).toEqual([]);
    expect(await phone.style('[class*="--tag"]', 'color')).toBe('rgb(227, 77, 89)');
    // 20rpx of an external class on a screen of 390 px.
    expect(parseFloat(await phone.style('[class*="--tag"]', 'font-size'))).toBeCloseTo((20 * 390) / 750, 1);
  });

  it('keeps the styles of pages and components apart', async () => {
    await open();
    const color = (): Promise<string> => phone.style('.same', 'color');
    expect(await color()).toBe('rgb(1, 2, 3)');
    await phone.tap(phone.text('青岛'));
    await phone.sees('编号 1');
    expect(await color()).toBe('rgb(4, 5, 6)');
    await phone.tap('#back');
    expect(await color()).toBe('rgb(1, 2, 3)');
  });

  it('takes input, replaces it by what the handler returns and keeps model bindings', async () => {
    await open();
    await phone.top.locator('#keyword input').fill('厦');
    await phone.sees('共 1 个');
    await phone.top.locator('#keyword input').press('Enter');
    await phone.sees('确认:厦');
    await phone.goTo('/pages/forms/forms');
    await phone.top.locator('#limited input').pressSequentially('1c');
    expect(await phone.top.locator('#limited input').inputValue()).toBe('abc');
    await phone.top.locator('#model input').fill('绑定');
    expect(await phone.top.locator('#area textarea').inputValue()).toBe('绑定');
    await phone.sees('绑定');
  });
});

describe('navigation', () => {
  it('keeps stack, lifetimes, event channel, hash and the Back of the browser in step', async () => {
    await open();
    await phone.tap(phone.text('张家界'));
    await phone.sees('编号 3 听到 hello');
    await phone.sees('attached load3 show onShow onReady');
    expect(phone.route()).toBe('/packageA/detail/detail?id=3');
    await phone.page.goBack();
    await phone.sees('确认:hello back');
    await phone.sees('显示 2');
    expect(phone.route()).toBe('/pages/index/index');
    await phone.tap('#calls');
    await phone.sees('{"a":"1","b":"书"}');
    expect(await phone.title.innerText()).toBe('调用');
    await phone.back();
    await phone.sees('显示 3');
    expect(phone.errors).toEqual([]);
  });

  it('lets an answer come to a page that was closed meanwhile', async () => {
    await open();
    await phone.tap(phone.text('张家界'));
    await phone.tap('#back-too-soon');
    await phone.sees('确认:too late');
    expect(phone.errors).toEqual([]);
  });

  it('lets an answer come to a component that was taken off the page meanwhile', async () => {
    await open();
    await phone.top.locator('#keyword input').fill('青');
    await phone.sees('共 1 个，list');
    await phone.page.evaluate('new Promise((resolve) => setTimeout(resolve, 50))');
    expect(phone.errors).toEqual([]);
  });

  it('opens deep links, with a way home', async () => {
    await open('/packageA/detail/detail?id=7');
    await phone.sees('编号 7');
    await phone.goTo('/pages/calls/calls?x=1');
    await phone.sees('{"x":"1"}');
    await phone.tap(phone.page.getByRole('button', { name: '回到首页' }).first());
    await phone.sees('共 3 个');
  });

  it('follows an address that is typed in', async () => {
    await open();
    await phone.page.evaluate('void (location.hash = "#/packageA/detail/detail?id=5")');
    await phone.sees('编号 5');
  });

  it('holds ten pages and no more', async () => {
    await open();
    await phone.tap(phone.text('青岛'));
    for (let depth = 2; depth < 10; depth += 1) {
      await phone.tap('#deeper');
      await phone.page.waitForFunction(`document.querySelectorAll('.pv-page').length === ${depth + 1}`);
    }
    await phone.tap('#deeper');
    await phone.sees('navigateTo:fail webview count limit exceed');
  });

  it('keeps tab pages alive and marks the chosen tab', async () => {
    await open();
    await phone.top.locator('#keyword input').fill('青');
    await phone.tap(phone.page.getByRole('tab', { name: '表单' }));
    await phone.sees('城市 甲');
    await phone.tap(phone.page.getByRole('tab', { name: '首页' }));
    expect(await phone.top.locator('#keyword input').inputValue()).toBe('青');
    const tab = phone.page.getByRole('tab', { name: '首页' });
    expect(await tab.getAttribute('aria-selected')).toBe('true');
    expect(await tab.evaluate((element) => element.style.color)).toBe('rgb(0, 82, 217)');
  });
});

describe('scrolling and gestures', () => {
  it('reports the end of a scroll-view and of the page', async () => {
    await open();
    await phone.tap('#scroll-there');
    await phone.sees('到底 1');
    await phone.scrollTo('wx-body', { top: 100_000 });
    await phone.sees('触底 1');
  });

  it('refreshes when the page is pulled down with the mouse', async () => {
    await open();
    await phone.page.mouse.move(200, 420);
    await phone.page.mouse.down();
    await phone.page.mouse.move(200, 480, { steps: 4 });
    await phone.page.mouse.move(200, 640, { steps: 4 });
    await phone.page.mouse.up();
    await phone.sees('刷新 1');
    await phone.top.locator('wx-body > .pv-pull').waitFor({ state: 'hidden' });
  });

  it('shows the hover class while it is pressed', async () => {
    await open();
    const box = await phone.text('厦门').boundingBox();
    if (!box) throw new Error('the card is not shown');
    await phone.page.mouse.move(box.x + 2, box.y + 2);
    await phone.page.mouse.down();
    await phone.top.locator('[class*="--pressed"]').waitFor();
    expect(await phone.style('[class*="--pressed"]', 'opacity')).toBe('0.5');
    await phone.page.mouse.move(box.x + 90, box.y + 2);
    await phone.top.locator('[class*="--pressed"]').waitFor({ state: 'detached' });
    await phone.page.mouse.up();
    expect(phone.route()).toBe('/pages/index/index');
  });

  it('tells tap from long press, and leaves disabled buttons alone', async () => {
    await open();
    const long = phone.top.locator('#long');
    // down and up in one: between two messages to a busy browser a tap may become a long press
    await long.waitFor();
    await phone.inPage(
      `['mousedown', 'mouseup'].forEach((type) => document.querySelector('.pv-page:not([hidden]) #long').dispatchEvent(new MouseEvent(type, { bubbles: true })))`,
    );
    await phone.sees('按 短');
    await long.hover();
    await phone.page.mouse.down();
    await phone.sees('按 长');
    await phone.page.mouse.up();
    await phone.top.locator('#disabled').click({ force: true });
    expect(await long.innerText()).toBe('按 长');
  });

  it('hears taps of a finger once', async () => {
    await open('/pages/drawing/drawing', { touch: true });
    await phone.sees(/200x100/);
    await phone.top.locator('#canvas').tap();
    await phone.sees('touch 1');
  });
});

describe('the keyboard', () => {
  it('reaches and presses everything that can be tapped', async () => {
    await open();
    const card = phone.top.getByRole('button', { name: '厦门' });
    await card.focus();
    await phone.page.keyboard.press('Enter');
    await phone.sees('编号 2');
    await phone.top.locator('#back').focus();
    await phone.page.keyboard.press('Space');
    await phone.top.locator('#share').focus();
    await phone.page.keyboard.press('Enter');
    await phone.dialog.waitFor();
    await phone.page.keyboard.press('Escape');
    await phone.dialog.waitFor({ state: 'detached' });
    expect(await phone.page.evaluate('document.activeElement.localName')).toBe('wx-button');
    await phone.goTo('/pages/forms/forms');
    await phone.top.getByRole('switch', { name: '开关' }).press('Space');
    await phone.sees('开关 true');
  });

  it('keeps the focus inside a dialog', async () => {
    await open('/pages/calls/calls');
    await phone.tap('#modal');
    for (let step = 0; step < 5; step += 1) {
      await phone.page.keyboard.press('Tab');
      expect(await phone.page.evaluate('document.activeElement.closest("[role=dialog]") !== null')).toBe(
        true,
      );
    }
  });
});

describe('forms', () => {
  beforeEach(() => open('/pages/forms/forms'));

  it('collects the fields of a form, by labels too, and resets them', async () => {
    await phone.tap('#tea');
    await phone.sees('喜欢 tea,ink');
    await phone.tap(phone.text('小'));
    await phone.top.locator('#slider input').fill('8');
    await phone.tap('#submit');
    expect(JSON.parse(await answer())).toEqual({
      text: 'ab',
      area: '',
      likes: ['tea', 'ink'],
      size: 's',
      on: false,
      level: 8,
      city: 0,
      day: '2026-11-21',
    });
    await phone.tap('#reset');
    await phone.sees('已重置');
    expect(await phone.top.locator('#tea').getAttribute('aria-checked')).toBe('false');
  });

  it('picks from columns and dates, and can be cancelled', async () => {
    await phone.tap('#picker');
    await phone.dialog.getByRole('listbox').selectOption('乙');
    await phone.dialog.getByRole('button', { name: '确定' }).click();
    await phone.sees('城市 乙');
    await phone.tap('#picker');
    await phone.page.keyboard.press('Escape');
    await phone.dialog.waitFor({ state: 'detached' });
    await phone.sees('城市 乙');
    await phone.tap('#multi');
    await phone.dialog.getByRole('listbox').first().selectOption('右');
    await phone.sees('列 0 1');
    await phone.dialog.getByRole('button', { name: '确定' }).click();
    await phone.sees('多列 1-0');
    await phone.tap('#day');
    await phone.dialog.locator('input').fill('2026-12-24');
    await phone.dialog.getByRole('button', { name: '确定' }).click();
    await phone.sees('日期 2026-12-24');
  });

  it('swipes slides, turns wheels, moves views', async () => {
    await phone.scrollTo('#swiper .pv-track', { left: 390 });
    await phone.sees('第 1 张');
    expect(await answer()).toBe('two touch');
    await phone.scrollTo('#wheels wx-picker-view-column', { top: 34 * 3 });
    await phone.sees('转到 3');
    await phone.top.locator('#movable').scrollIntoViewIfNeeded();
    const shown = await phone.top.locator('#movable').boundingBox();
    if (!shown) throw new Error('the movable view is not shown');
    await phone.page.mouse.move(shown.x + 10, shown.y + 10);
    await phone.page.mouse.down();
    await phone.page.mouse.move(shown.x + 40, shown.y + 400, { steps: 3 });
    await phone.page.mouse.up();
    await phone.sees('移到 30 150');
  });

  it('shows rich text without its scripts, images with their size, media by condition', async () => {
    await phone.sees('一二');
    await phone.sees('A & B');
    await phone.sees('1x1');
    expect(await phone.page.evaluate('"hacked" in globalThis')).toBe(false);
    expect(await phone.top.locator('#wide').isVisible()).toBe(false);
    expect(await phone.top.locator('#portal').isVisible()).toBe(true);
    expect(await phone.top.locator('wx-progress').getAttribute('aria-valuenow')).toBe('40');
  });
});

describe('theme and language', () => {
  it('follows the switch of the frame in page, bars and wx', async () => {
    await open('', { settings: { theme: 'light', language: 'en' } });
    await phone.sees('主题 light 语言 en');
    expect(await phone.style('wx-body', 'background-color')).toBe('rgb(245, 245, 245)');
    // Another document, as the frame is, switches.
    const frame = await phone.page.context().newPage();
    await frame.goto(`${served.url}/`);
    await frame.getByText('Dark').click();
    await phone.sees('主题 dark');
    expect(await phone.style('wx-body', 'background-color')).toBe('rgb(22, 22, 20)');
    expect(await phone.style('.pv-nav', 'background-color')).toBe('rgb(17, 17, 17)');
    expect(await phone.inPage('getComputedStyle(document.querySelector(".pv-tabs")).backgroundColor')).toBe(
      'rgb(17, 17, 17)',
    );
  });
});

describe('wx', () => {
  beforeEach(() => open('/pages/calls/calls'));

  it('asks and answers with dialogs', async () => {
    await phone.tap('#modal');
    await phone.dialog.getByRole('button', { name: '好' }).click();
    expect(JSON.parse(await answer())).toEqual({ confirm: true, cancel: false, errMsg: 'showModal:ok' });
    await phone.tap('#actions');
    await phone.dialog.getByRole('button', { name: '乙' }).click();
    await phone.sees('"tapIndex":1');
    await phone.tap('#actions');
    await phone.page.keyboard.press('Escape');
    await phone.sees('failed showActionSheet:fail cancel');
    await phone.tap('#toast');
    await phone.page.getByRole('status').getByText('你好').waitFor();
    await phone.tap('#subscribe');
    await phone.dialog.getByLabel('t2').uncheck();
    await phone.dialog.getByRole('button', { name: '允许' }).click();
    await phone.sees('"t1":"accept","t2":"reject"');
    await phone.tap('#title');
    await phone.title.getByText('新题').waitFor();
  });

  it('stores by reader', async () => {
    expect(JSON.parse(await call('storage'))).toEqual({
      k: { n: [1] },
      data: 'text',
      missing: 'getStorage:fail data not found',
      empty: '',
      keys: expect.arrayContaining(['k', 'l']) as unknown,
    });
    await phone.change({ openid: 'o-visitor' });
    expect(await phone.page.evaluate('wx.getStorageSync("k")')).toBe('');
  });

  it('calls cloud functions as the chosen reader, and fails as the client does', async () => {
    expect(JSON.parse(await call('cloud'))).toMatchObject({
      result: { ok: true, data: 7 },
      errMsg: 'cloud.callFunction:ok',
    });
    expect(JSON.parse(served.calls.at(-1) ?? '')).toEqual({
      function: 'reader',
      openid: 'o-student-first-year',
      event: { action: 'x' },
    });
    await phone.tap('#cloudCallback');
    await phone.sees('"errCode":-504002');
    await phone.sees('"returned":true');
    await phone.change({ network: 'offline' });
    await phone.tap('#cloud');
    await phone.sees(/failed cloud\.callFunction:fail request:fail/);
    await phone.tap('#network');
    await phone.sees('"networkType":"none"');
  });

  it('asks for consent once before what needs it', async () => {
    await phone.tap('#clipboard');
    await phone.dialog.getByRole('button', { name: '拒绝' }).click();
    await phone.sees('failed setClipboardData:fail privacy permission is not authorized');
    await phone.tap('#clipboard');
    await phone.dialog.getByRole('button', { name: '同意' }).click();
    await phone.sees('setClipboardData:ok');
    expect(await phone.page.evaluate('navigator.clipboard.readText()')).toBe('抄下来');
    await phone.tap('#clipboard');
    expect(await phone.dialog.count()).toBe(0);
  });

  it('measures and selects', async () => {
    const [box, viewport] = JSON.parse(await call('query')) as [Record<string, unknown>, object];
    expect(box).toEqual({
      width: 156,
      height: 78,
      dataset: { k: 'v' },
      backgroundColor: 'rgb(51, 51, 51)',
    });
    expect(viewport).toHaveProperty('scrollTop', 0);
    await phone.tap('#system');
    await phone.sees('"windowWidth":390');
    await phone.sees('"can":[true,false]');
    await phone.tap('#files');
    await phone.sees('{"text":"书","list":["a.txt"]}');
  });

  it('refuses by name what it does not have, and shows it', async () => {
    for (const [name, message] of [
      ['missing', 'wx.startBeaconDiscovery is not available in the preview'],
      ['missingOption', 'wx.showToast({ colour }) is not available in the preview'],
      ['missingCloud', 'wx.cloud.downloadFile is not available in the preview'],
    ] as const) {
      await phone.tap(`#${name}`);
      await phone.sees(`failed ${message}`);
      await phone.page.getByRole('alert').getByText(message).first().waitFor();
      await phone.page.getByRole('button', { name: '关闭' }).click();
    }
    await phone.tap('#notFound');
    await phone.sees('failed navigateTo:fail page "pages/none/none" is not found');
  });

  it('tells the app of an error in a handler', async () => {
    await phone.page.evaluate('setTimeout(() => { throw new Error("boom") })');
    await phone.page.getByRole('alert').getByText('boom').waitFor();
    expect(await phone.page.evaluate('getApp().globalData.errors[0]')).toMatch(/^boom/);
  });
});

describe('scanning', () => {
  beforeEach(() => open('/pages/calls/calls'));

  it.each([
    ['EAN13', '9787536692930', 'EAN_13'],
    ['EAN8', '96385074', 'EAN_8'],
    ['Code39', 'A0012345', 'CODE_39'],
    ['Code128', 'TSG-0012345', 'CODE_128'],
    ['Codabar', 'A0012345678B', 'CODABAR'],
    ['QRCode', 'https://example.org/书', 'QR_CODE'],
  ] as const)('reads a photo of %s', async (format, text, scanType) => {
    await phone.tap('#scan');
    await phone.scanPhoto({
      name: 'a.png',
      mimeType: 'image/png',
      buffer: await barcodePicture(text, format),
    });
    const found = JSON.parse(await answer()) as { result: string };
    expect(found).toMatchObject({
      scanType,
      charSet: expect.stringMatching(/utf-8/i) as unknown,
      errMsg: 'scanCode:ok',
    });
    expect(found.result).toContain(text);
  });

  it('says when there is no barcode or no picture, takes digits, and can be cancelled', async () => {
    await phone.tap('#scan');
    const dot = fs.readFileSync(path.join(served.root, 'images/dot.png'));
    await phone.scanPhoto({ name: 'dot.png', mimeType: 'image/png', buffer: dot });
    await phone.dialog.getByText('照片里没有找到条码').waitFor();
    await phone.scanPhoto({ name: 'x.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
    await phone.dialog.getByText('这个文件不是图片').waitFor();
    await phone.dialog.getByRole('textbox').fill('9787536692930');
    await phone.page.keyboard.press('Enter');
    await phone.sees('"result":"9787536692930","scanType":"EAN_13"');
    await phone.tap('#scan');
    await phone.dialog.getByRole('button', { name: '取消' }).click();
    await phone.sees('failed scanCode:fail cancel');
  });
});

describe('pictures', () => {
  beforeEach(() => open('/pages/calls/calls'));

  const choose = (...files: { name: string; mimeType: string; buffer: Buffer }[]) =>
    phone.dialog.locator('input[type=file]').setInputFiles(files);
  const photo = async (name: string) => ({
    name,
    mimeType: 'image/png',
    buffer: await barcodePicture('9787536692930', 'EAN13'),
  });

  it('are chosen, made smaller and uploaded as the chosen reader’s', async () => {
    await phone.tap('#picture');
    await phone.dialog.getByRole('button', { name: '同意' }).click();
    await choose(await photo('a.png'), await photo('b.png'), await photo('c.png'));
    await phone.dialog.getByText('最多 2 张').waitFor();
    await choose(await photo('a.png'));
    const shown = JSON.parse(await answer()) as { size: number; width: number };
    expect(shown).toMatchObject({
      ...{ chosen: 1, width: 40, fileID: 'cloud://local/a/b.jpg', statusCode: 204 },
      errMsg: 'cloud.uploadFile:ok',
    });
    const [uploaded] = served.uploads;
    expect(uploaded?.query).toEqual({ openid: 'o-student-first-year', path: 'a/b.jpg' });
    expect(uploaded?.bytes.subarray(0, 3).toString('hex')).toBe('ffd8ff');
    expect(uploaded?.bytes.length).toBe(shown.size);
  });

  it('need not be chosen, and cannot be uploaded without a network', async () => {
    await phone.tap('#picture');
    await phone.dialog.getByRole('button', { name: '同意' }).click();
    await phone.dialog.getByRole('button', { name: '取消' }).click();
    await phone.sees('failed chooseMedia:fail cancel');
    await phone.change({ network: 'offline' });
    await phone.tap('#picture');
    await choose(await photo('a.png'));
    await phone.sees(/failed cloud\.uploadFile:fail request:fail/);
  });
});

describe('sharing', () => {
  it('shows the card of the page and copies its link', async () => {
    await open();
    await phone.tap('#share');
    await phone.dialog.getByText('给你看 button here').waitFor();
    await phone.dialog.getByText('/packageA/detail/detail?id=2').waitFor();
    await phone.dialog.getByRole('button', { name: '复制链接' }).click();
    await phone.page.getByText('链接已复制').waitFor();
    const link = await phone.page.evaluate('navigator.clipboard.readText()');
    expect(link).toBe(`${served.url}/app#/packageA/detail/detail?id=2`);
    await phone.dialog.getByRole('button', { name: '完成' }).click();
    await phone.tap(phone.page.getByRole('button', { name: '更多' }));
    expect(await phone.dialog.getByRole('button', { name: '分享到朋友圈' }).isDisabled()).toBe(true);
    await phone.dialog.getByRole('button', { name: '发送给朋友' }).click();
    await phone.dialog.getByText('给你看 menu').waitFor();
  });
});

describe('canvas', () => {
  it('draws, cuts out and saves what was drawn', async () => {
    await open('/pages/drawing/drawing');
    await phone.sees('200x100 100x100');
    const pixels = await phone.inPage(`(() => {
      const context = new OffscreenCanvas(100, 100).getContext('2d');
      context.drawImage(document.querySelector('.copy img'), 0, 0);
      return [10, 90].map((x) => [...context.getImageData(x, 50, 1, 1).data]);
    })()`);
    expect(pixels).toEqual([
      [184, 50, 42, 255],
      [43, 95, 117, 255],
    ]);
    const download = phone.page.waitForEvent('download');
    await phone.tap('#save');
    await phone.dialog.getByRole('button', { name: '同意' }).click();
    expect((await download).suggestedFilename()).toMatch(/^tmp_\d+\.png$/);
    await phone.sees('saved');
  });
});
