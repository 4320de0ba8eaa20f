import { CLC_LETTERS, type ClcLetter } from '../../../../miniprogram/lib/clc';
import { toHalfWidth } from '../../../../miniprogram/lib/half-width';

/** The place of loans without a class, behind the 22 classes. */
export const UNKNOWN_CLASS = CLC_LETTERS.length;

const A = 65;
/** Class letters by their place in the alphabet. */
const PLACES = Array.from({ length: 26 }, (_, i) => {
  const place = CLC_LETTERS.findIndex((letter) => letter.charCodeAt(0) === A + i);
  return place < 0 ? UNKNOWN_CLASS : place;
});
const placeOf = (code: number): number => PLACES[code - A] ?? UNKNOWN_CLASS;

/** In technology and law only is a second letter the CLC's own. */
const CLASS_NUMBER = /^(?:T[B-V]|DF|[A-Z])(?!\p{L})/u;

/**
 * The place of a class number's main class among the letters of the CLC. "QA76" is another scheme's and
 * "Fiction" a word: they are unknown, not classes Q and F.
 */
export function mainClass(clc: string | undefined): number {
  if (clc === undefined || clc === '') return UNKNOWN_CLASS;
  const second = clc.charCodeAt(1);
  // a capital and a digit, as nearly all are
  if (second >= 48 && second <= 57) {
    const first = clc.charCodeAt(0);
    if (first >= A && first < A + 26) return placeOf(first);
  }
  const number = toHalfWidth(clc)
    .trim()
    .replace(/^[[{(]/, '')
    .toUpperCase();
  return CLASS_NUMBER.test(number) ? placeOf(number.charCodeAt(0)) : UNKNOWN_CLASS;
}

export const letterAt = (place: number): ClcLetter | undefined => CLC_LETTERS[place];

/** What keywords keep to themselves unless their owner says otherwise: politics, law, religion, health. */
const SENSITIVE = /^[[{(]?(?:[ADR]|B9)/i;
export const isSensitiveClass = (clc: string | undefined): boolean =>
  clc !== undefined && SENSITIVE.test(clc.trimStart());
