import { CLC_LETTERS, type ClcLetter } from '../../../../miniprogram/lib/clc';
import { toHalfWidth } from '../../../../miniprogram/lib/half-width';

/** The place of loans without a class, behind the 22 classes. */
export const UNKNOWN_CLASS = CLC_LETTERS.length;

const PLACES = new Map<string, number>(CLC_LETTERS.map((letter, place) => [letter, place]));
/** In technology and law only is a second letter the CLC's own. */
const CLASS_NUMBER = /^(?:T[B-V]|DF|[A-Z])(?!\p{L})/u;

/**
 * The place of a class number's main class among the letters of the CLC. "QA76" is another scheme's and
 * "Fiction" a word: they are unknown, not classes Q and F.
 */
export function mainClass(clc: string | undefined): number {
  if (clc === undefined || clc === '') return UNKNOWN_CLASS;
  return PLACES.get(clc) ?? read(clc);
}

function read(clc: string): number {
  const number = toHalfWidth(clc)
    .trim()
    .replace(/^[[{(]/, '')
    .toUpperCase();
  const place = CLASS_NUMBER.test(number) ? PLACES.get(number.charAt(0)) : undefined;
  return place ?? UNKNOWN_CLASS;
}

export const letterAt = (place: number): ClcLetter | undefined => CLC_LETTERS[place];

/** What keywords keep to themselves unless their owner says otherwise: politics, law, religion, health. */
const SENSITIVE = /^[[{(]?(?:[ADR]|B9)/i;
export const isSensitiveClass = (clc: string | undefined): boolean =>
  clc !== undefined && SENSITIVE.test(clc.trimStart());
