import fs from 'node:fs/promises';
import type { PhonePage } from './phone-page';

/** Taps what saves a picture to the album, and agrees if WeChat asks. @returns the picture, a PNG */
export async function savedPicture(phone: PhonePage, save: () => Promise<void>): Promise<Buffer> {
  const saved = phone.page.waitForEvent('download');
  const [download] = await Promise.all([saved, save().then(() => agreeIfAsked(phone, saved))]);
  return fs.readFile(await download.path());
}

/** WeChat's own question, asked once: it comes, or the picture does. */
async function agreeIfAsked(phone: PhonePage, saved: Promise<unknown>): Promise<void> {
  const agree = phone.page.getByRole('button', { name: '同意', exact: true });
  const asked = agree.waitFor().then(
    () => true,
    () => false,
  );
  if (await Promise.race([asked, saved.then(() => false)])) await agree.click();
}
