import fs from 'node:fs/promises';
import type { PhonePage } from './phone-page';

/** Taps what saves a picture to the album, and agrees if WeChat asks. @returns the picture, a PNG */
export async function savedPicture(phone: PhonePage, save: () => Promise<void>): Promise<Buffer> {
  const [download] = await Promise.all([
    phone.page.waitForEvent('download'),
    save().then(() => agreeIfAsked(phone)),
  ]);
  return fs.readFile(await download.path());
}

/** WeChat's own question, asked once. */
async function agreeIfAsked(phone: PhonePage): Promise<void> {
  const agree = phone.page.getByRole('button', { name: '同意', exact: true });
  await agree.click({ timeout: 3_000 }).catch(() => undefined);
}
