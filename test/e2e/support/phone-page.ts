import fs from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';

/** The settings of the frame that a test chooses before the page opens. */
export interface PhoneSettings {
  openid?: string;
  language?: 'zh_CN' | 'en';
  theme?: 'system' | 'light' | 'dark';
  textSize?: number;
  network?: 'online' | 'slow' | 'offline';
}

/** The mini program alone in a browser tab of a phone's size. */
export class PhonePage {
  private constructor(
    readonly page: Page,
    private readonly context: BrowserContext,
    private readonly url: string,
    /** Errors of scripts and of the console. */
    readonly errors: string[],
  ) {}

  /**
   * Opens a page, e.g. `/pages/search/search?q=x`; without a path the first one. `still` asks for reduced motion, so
   * that screenshots show the end of a movement.
   */
  static async open(
    browser: Browser,
    url: string,
    route = '',
    options: { settings?: PhoneSettings; touch?: boolean; still?: boolean } = {},
  ): Promise<PhonePage> {
    const context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      deviceScaleFactor: 2,
      hasTouch: options.touch ?? false,
      permissions: ['clipboard-read', 'clipboard-write'],
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      reducedMotion: options.still ? 'reduce' : 'no-preference',
    });
    if (options.settings) {
      const settings = JSON.stringify(JSON.stringify(options.settings));
      await context.addInitScript(
        `if (location.protocol === 'http:') localStorage['preview.settings'] ??= ${settings}`,
      );
    }
    const page = await context.newPage();
    // longer than the app itself waits for a call, 12 s
    page.setDefaultTimeout(30_000);
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    const phone = new PhonePage(page, context, url, errors);
    await phone.goTo(route);
    return phone;
  }

  /** Loads the document anew at a page. */
  async goTo(route = ''): Promise<void> {
    await this.page.goto('about:blank');
    await this.page.goto(`${this.url}/app${route === '' ? '' : `#${route}`}`);
    await this.page.locator('html[data-ready]').waitFor();
  }

  /** The page on top, without the hidden ones below it. */
  get top(): Locator {
    return this.page.locator('.pv-page:not([hidden])');
  }
  get title(): Locator {
    return this.top.locator('.pv-title');
  }
  /** The sheet or box that is open. */
  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }
  text(text: string | RegExp): Locator {
    return this.top.getByText(text).first();
  }
  async sees(text: string | RegExp): Promise<void> {
    await this.text(text).waitFor();
  }
  async tap(target: string | Locator): Promise<void> {
    await (typeof target === 'string' ? this.top.locator(target).first() : target).click();
  }
  async back(): Promise<void> {
    await this.top.locator('.pv-back').click();
  }

  /** A computed style of the first element of the page on top that the CSS selector finds. */
  style(selector: string, property: string): Promise<string> {
    return this.inPage(`getComputedStyle(${found(selector)}).getPropertyValue(${JSON.stringify(property)})`);
  }
  scrollTo(selector: string, position: { top?: number; left?: number }): Promise<void> {
    return this.inPage(`void ${found(selector)}.scrollTo(${JSON.stringify(position)})`);
  }
  /** Evaluates an expression in the browser. */
  inPage<T>(expression: string): Promise<T> {
    return this.page.evaluate<T>(expression);
  }
  /** Changes the settings as the frame does, without telling the page. */
  async change(settings: PhoneSettings): Promise<void> {
    const change = JSON.stringify(settings);
    await this.page.evaluate(
      `localStorage['preview.settings'] = JSON.stringify({ ...JSON.parse(localStorage['preview.settings'] ?? '{}'), ...${change} })`,
    );
  }

  /** The hash of the address, decoded. */
  route(): string {
    return decodeURIComponent(new URL(this.page.url()).hash.slice(1));
  }

  /** Answers the open scan sheet with a photo. */
  async scanPhoto(photo: string | { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
    await this.dialog.locator('input[type=file]').setInputFiles(photo);
  }

  /** Writes a picture of the screen to test/e2e/screenshots. */
  async screenshot(name: string): Promise<void> {
    const folder = path.join(__dirname, '..', 'screenshots');
    fs.mkdirSync(folder, { recursive: true });
    await this.page.evaluate('document.fonts.ready.then(() => true)');
    await this.page.screenshot({ path: path.join(folder, `${name}.png`), animations: 'disabled' });
  }

  close(): Promise<void> {
    return this.context.close();
  }
}

const found = (selector: string): string =>
  `document.querySelector(${JSON.stringify(`.pv-page:not([hidden]) ${selector}`)})`;
