import iconv from 'iconv-lite';
import type { Answered } from './chinese-library';

export const escapeHtml = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

/** A page in the site's character set. */
export const html = (text: string, charset: 'utf-8' | 'gb18030', headers = {}): Answered => ({
  headers: { 'content-type': `text/html;charset=${charset}`, ...headers },
  body: iconv.encode(text, charset),
});

/** The smallest PNG there is: one grey point. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
  'base64',
);
