import { Converter } from 'opencc-js/t2cn';

/** Characters (UTF-16) of a question that are read; callers refuse longer ones, and nothing here sees more. */
export const MAX_QUESTION = 500;

/** Taiwan's characters and words for computers and printing (列印, 資料庫) as mainland ones. */
const toMainland = Converter({ from: 'twp', to: 'cn' });
const HAN = /\p{Script=Han}/u;

/**
 * One form for all ways to write the same: width, capitals, accents; whatever is neither letter nor digit, such as
 * punctuation and emoji, becomes one blank. Does not touch traditional characters.
 */
export function tidy(text: string): string {
  return text
    .slice(0, MAX_QUESTION)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/['’ʼ]/g, '')
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .slice(0, MAX_QUESTION)
    .trim();
}

/** `tidy`, and traditional Chinese as simplified: what every question goes through first. */
export function normalise(text: string): string {
  const tidied = tidy(text);
  if (!HAN.test(tidied)) return tidied;
  // The converter takes 么 alone for the traditional 幺, and 苧 in two steps.
  return toMainland(tidied).replaceAll('幺', '么').replaceAll('苧', '苎').slice(0, MAX_QUESTION).trim();
}
