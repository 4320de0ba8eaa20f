import type { ChatWords } from './words';

/** Of the text of a customer-service message and of a passive reply, in bytes of UTF-8. */
export const MOST_BYTES = 2_048;
const LONGEST_TITLE = 40;

/** What is answered to one message. */
export interface Reply {
  text: string;
  /** WeChat's own desk takes over. */
  transfer?: true;
}

/** A page of the mini program that a text leads to. */
export interface Link {
  label: string;
  /** Without leading slash; may have a query. */
  page: string;
}

/**
 * A link as WeChat reads it in a text: https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/kf-mgnt/kf-message/sendCustomMessage.html
 * @param appid of the mini program; where it is not known, the page is only named
 */
export const writeLink = (words: ChatWords, { label, page }: Link, appid: string | undefined): string =>
  appid === undefined
    ? words.page(label)
    : `<a data-miniprogram-appid="${appid}" data-miniprogram-path="${page}">${label}</a>`;

/** Text that is not ours, in one line, and such that WeChat reads no link in it. */
export const plain = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cs}\s]+/gu, ' ')
    .replaceAll('<', '＜')
    .replaceAll('>', '＞')
    .trim();

export const titled = (title: string): string => `《${shorten(plain(title), LONGEST_TITLE)}》`;

/** @param most characters */
export function shorten(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}

/**
 * Puts lines together so that they fit into one message. What comes too much is left out line by line, and that is
 * said; links and the like, given last, always stay.
 */
export function fit(lines: readonly string[], last: readonly string[], words: ChatWords): string {
  const join = (some: readonly string[]): string => [...some, ...last].join('\n');
  if (Buffer.byteLength(join(lines)) <= MOST_BYTES) return join(lines);
  const isTooMuch = (some: readonly string[]): boolean => Buffer.byteLength(join(some)) > MOST_BYTES;
  const kept = [...lines];
  while (kept.length > 1 && isTooMuch([...kept, words.cut])) kept.pop();
  // one line alone may be too long, too: a library with a hundred branches
  const characters = [...(kept[0] ?? '')];
  while (characters.length > 0 && isTooMuch([characters.join(''), ...kept.slice(1), words.cut]))
    characters.splice(-Math.ceil(characters.length / 20));
  return join([characters.join(''), ...kept.slice(1), words.cut]);
}
