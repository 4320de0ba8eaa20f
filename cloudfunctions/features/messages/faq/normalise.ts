import { Converter } from 'opencc-js/t2cn';

/** Characters (UTF-16) of a question that are read; callers refuse longer ones, and nothing here sees more. */
export const MAX_QUESTION = 500;

const toSimplified = Converter({ from: 't', to: 'cn' });
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
  return simplify(tidied).slice(0, MAX_QUESTION).trim();
}

/** The converter needs two steps for 薴 and 么麼: what it writes it may itself write otherwise. */
const simplify = (text: string): string => toSimplified(toSimplified(text));
