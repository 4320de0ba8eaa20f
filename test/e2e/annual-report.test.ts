import type { Browser } from 'playwright-core';
import type { ReaderAction, ReaderInput, ReaderOutput } from '../../contracts';
import { CONSENT_VERSION } from '../../contracts/cards';
import type { Result } from '../../contracts/result';
import { launchBrowser } from './support/browser';
import { PhonePage } from './support/phone-page';
import { savedPicture } from './support/save-picture';
import { startProduct, type Product } from './support/start-product';

jest.setTimeout(480_000);

/** A card that many books go out on, whatever the day; see local/seed/README.md. */
const CARD = { cardNumber: 'D00012', pin: '925630' };
const OPENID = 'o-e2e-reader';
const OVERVIEW = '/packages/report/overview/overview';

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

/** What the cloud's timer does each minute. */
const beat = (): Promise<unknown> =>
  product.post('/local/run', { function: 'jobs', event: { Type: 'Timer', TriggerName: 'beat' } });

/** The demo's year is put in after the start; until then there is none. @returns its first and last day */
async function waitForYear(): Promise<{ from: string; to: string }> {
  for (;;) {
    const event = { action: 'report.status', input: { by: 'test', season: seasonOf() } };
    const status = (await product.post('/local/run', { function: 'staff', event })) as Result<{
      stage: string;
      window: { from: string; to: string };
    }>;
    if (status.ok && status.data.stage !== 'open') return status.data.window;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** The academic year that ended last. */
function seasonOf(): string {
  const [year = 0, month = 0] = new Date(Date.now() + 8 * 3_600_000).toISOString().split('-').map(Number);
  return `academic-${month >= 9 ? year - 1 : year - 2}`;
}

/** How many books the student took out within some days, by the lists that the app shows. */
async function countLoans({ from, to }: { from: string; to: string }): Promise<number> {
  await call('history.switch', { on: true });
  const began: string[] = [];
  for (let page = 1; ; page++) {
    const { items, total } = await call('history.list', { page, pageSize: 50 });
    began.push(...items.map(({ loanedAt }) => loanedAt));
    if (items.length === 0 || page * 50 >= total) break;
  }
  const open = await call('loans.list', {});
  if ('denied' in open) throw new Error('denied');
  began.push(...open.loans.flatMap(({ loanedAt }) => loanedAt ?? []));
  return began.map((at) => at.slice(0, 10)).filter((day) => day >= from && day <= to).length;
}

const tap = (name: string | RegExp): Promise<void> =>
  phone.tap(phone.top.getByRole('button', { name }).first());

/** Answers the question of a box. */
const agree = (name: string): Promise<void> => phone.tap(phone.dialog.getByRole('button', { name }).first());

/** Goes through the story with the right arrow. @returns what was written on each card, in order */
async function playStory(): Promise<string[]> {
  const texts: string[] = [];
  for (let n = 1; ; n++) {
    const place = (await phone.text(new RegExp(`第 ${n} 张，共 `)).textContent())!;
    texts.push((await phone.top.textContent()) ?? '');
    await phone.screenshot(`report-${String(n).padStart(2, '0')}`);
    if (place === `第 ${n} 张，共 ${n} 张`) return texts;
    await phone.page.keyboard.press('ArrowRight');
  }
}

/** Of a picture: how many colours are on it, and the size. */
const lookAt = (picture: Buffer): Promise<{ colours: number; width: number; height: number }> =>
  phone.page.evaluate(`(async () => {
    const image = new Image();
    image.src = 'data:image/png;base64,${picture.toString('base64')}';
    await image.decode();
    const { width, height } = image;
    const brush = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d');
    brush.drawImage(image, 0, 0);
    const { data } = brush.getImageData(0, 0, width, height);
    const colours = new Set();
    for (let at = 0; at < data.length; at += 4) colours.add((data[at] << 16) | (data[at + 1] << 8) | data[at + 2]);
    return { colours: colours.size, width, height };
  })()`);

/** What is drawn as text on any canvas from now on. */
const WRITTEN = `
  window.written = [];
  const { fillText } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
    window.written.push(text);
    return fillText.call(this, text, ...rest);
  };`;

it('a student opts in, plays the year, hides a card, shares it with a friend, and saves the poster', async () => {
  await call('cards.bind', { method: 'pin', answers: CARD, consentVersion: CONSENT_VERSION });
  const window = await waitForYear();
  const loans = await countLoans(window);
  expect(loans).toBeGreaterThanOrEqual(5);

  phone = await PhonePage.open(browser, product.url, OVERVIEW, { settings: { openid: OPENID }, still: true });
  await phone.screenshot('report-consent');
  await tap('同意，写我的报告');
  await phone.sees('参加');
  await beat();
  // who has just published is believed after a quarter of a minute
  for (;;) {
    await phone.goTo(OVERVIEW);
    await phone.sees('借阅记录从哪里来');
    if (await phone.text(/^打开.*的报告$/).isVisible()) break;
    await new Promise((resolve) => setTimeout(resolve, 2_000));
  }
  await phone.screenshot('report-ready');

  // Plays it.
  await tap(/^打开.*的报告$/);
  const cards = await playStory();
  expect(cards[1]).toContain('这一年');
  expect(cards[1]).toContain(String(loans));
  expect(cards.at(-1)).toContain('关于这份报告');
  const { report } = await call('report.open', {});
  expect(cards).toHaveLength(report.cards.length + 2);

  // Hides the second card, and learns how it was computed first.
  await tap('再放一遍');
  await phone.sees('第 1 张，共');
  await phone.page.keyboard.press('ArrowRight');
  await phone.sees('第 2 张，共');
  await tap('这是怎么算的');
  await phone.dialog.getByText(String(loans)).first().waitFor();
  await phone.screenshot('report-how');
  await phone.page.keyboard.press('Escape');
  await tap('收起这张卡片，不再显示');
  await agree('收起');
  await phone.sees(`共 ${cards.length - 1} 张`);
  const [first] = report.cards;
  expect((await call('report.open', {})).hidden).toEqual([first!.kind]);

  // Shares the rest.
  await phone.goTo(OVERVIEW);
  await tap('选几张给朋友看');
  await phone.sees('让朋友看哪几张？');
  await phone.screenshot('report-share');
  await tap('做一个链接');
  await phone.sees('知道链接的人看得到');
  const { link } = await call('report.open', {});
  expect(link!.cards).not.toContain(first!.kind);

  // The friend has neither a card nor an identity.
  const friend = await PhonePage.open(
    browser,
    product.url,
    `/packages/report/shared/shared?t=${link!.token}`,
    {
      settings: { openid: '' },
      still: true,
    },
  );
  await friend.sees('一位同学愿意给你看的');
  await friend.screenshot('report-friend');
  await friend.page.keyboard.press('ArrowRight');
  await friend.sees(`第 2 张，共 ${link!.cards.length + 2} 张`);
  expect(await friend.top.textContent()).not.toContain('怎么算的');

  // The poster.
  await phone.page.evaluate(WRITTEN);
  await phone.goTo(OVERVIEW);
  await phone.page.evaluate(WRITTEN);
  await tap('做一张海报');
  await phone.top.getByRole('button', { name: '存到相册' }).waitFor();
  await phone.top.locator('image, .picture').first().waitFor();
  await phone.page.waitForFunction(
    `[...document.querySelectorAll('.pv-page:not([hidden]) img')].every((image) => image.complete)`,
  );
  await phone.screenshot('report-poster');
  const poster = await lookAt(await savedPicture(phone, () => tap('存到相册')));
  expect(poster.colours).toBeGreaterThan(20);
  expect(poster.height).toBeGreaterThan(1_000);
  const written = (await phone.page.evaluate<string[]>('window.written')).join('\n');
  expect(written).toContain('阅读报告');
  const { card } = await call('cards.mine', {});
  expect(written).not.toMatch(/D00012|历史学院资料室/);
  expect(written).not.toContain(card?.maskedName);

  // Taken back, the link shows nothing any more.
  await phone.goTo('/packages/report/share/share');
  await tap('收回链接');
  await agree('收回');
  await phone.sees('做一个链接');
  await friend.goTo(`/packages/report/shared/shared?t=${link!.token}`);
  await friend.sees('这份报告收起来了');
  expect([...phone.errors, ...friend.errors]).toEqual([]);
  await friend.close();
});
