import { launchBrowser } from './support/browser';
import { startProduct } from './support/start-product';

jest.setTimeout(120_000);

it('answers who writes to customer service beside the phone, by keyboard alone, and leads into it', async () => {
  const [product, browser] = await Promise.all([startProduct(), launchBrowser()]);
  try {
    const page = await browser.newPage({ viewport: { width: 1100, height: 1000 }, locale: 'zh-CN' });
    page.setDefaultTimeout(30_000);
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(product.url);
    const field = page.getByLabel('写给客服');
    const said = page.getByRole('log').locator('.theirs');
    const screen = page.frameLocator('#screen');

    await screen.locator('html[data-ready]').waitFor();
    await page.evaluate(
      `document.querySelector('#screen').contentWindow.location.hash = '#/packages/messages/ask/ask'`,
    );
    await screen.getByRole('button', { name: /在微信里聊/ }).press('Enter');
    await said.first().waitFor();
    expect(await said.first().textContent()).toContain('你好，我是书童');
    await page.locator('#write:focus').waitFor();

    await field.focus();
    await page.keyboard.type('怎么续借');
    await page.keyboard.press('Enter');
    await said.nth(1).waitFor();
    expect(await said.nth(1).textContent()).toContain('续借');

    await field.focus();
    await page.keyboard.type('我的借阅');
    await page.keyboard.press('Enter');
    await said.nth(2).waitFor();
    expect(await said.nth(2).textContent()).toContain('绑定借阅证');
    await said.nth(2).getByRole('link').press('Enter');
    await screen.getByText('绑定借阅证').first().waitFor();
    expect(await page.evaluate(`document.querySelector('#screen').contentWindow.location.hash`)).toMatch(
      /^#\/packages\/card\/bind\/bind/,
    );

    await page.getByText('English', { exact: true }).click();
    await page.getByLabel('Write to customer service').fill('my loans');
    await page.getByRole('button', { name: 'Send' }).press('Enter');
    await said.nth(3).waitFor();
    expect(await said.nth(3).textContent()).toContain('library card is bound');
    expect(errors).toEqual([]);
  } finally {
    await browser.close();
    await product.stop();
  }
});
