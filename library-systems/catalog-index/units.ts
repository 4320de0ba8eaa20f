import { fold } from './fold';

/** The smallest things that are searched: one CJK character, or one word of letters and digits. */
export interface Unit {
  text: string;
  cjk: boolean;
  /** Whether it follows the unit before it without anything between. */
  joined: boolean;
}

/** Units taken from one text; the rest of a longer one is not looked at. */
const MAX_UNITS = 64;

const CJK = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}々〇ー';
/** A CJK character; `.net`; or a word, with the sharps and pluses of programming languages: c++, c#, f#. */
const UNIT = new RegExp(
  `([${CJK}])|\\.net(?![a-z0-9])|(?:(?![${CJK}])[\\p{L}\\p{M}\\p{N}])(?:(?![${CJK}])[\\p{L}\\p{M}\\p{N}']){0,63}(?:\\+\\+|#)?`,
  'gu',
);

/** Splits any text; the same for records and queries. */
export function splitUnits(text: string): Unit[] {
  const units: Unit[] = [];
  let end = -1;
  for (const match of fold(text).matchAll(UNIT)) {
    const cjk = match[1] !== undefined;
    const word = cjk ? match[0] : stem(match[0]);
    if (word !== '') units.push({ text: word, cjk, joined: match.index === end });
    end = match.index + match[0].length;
    if (units.length === MAX_UNITS) break;
  }
  return units;
}

/** English plurals and possessives fall together; nothing cleverer, so that names stay whole. */
function stem(raw: string): string {
  const word = raw.replace(/'s$/, '').replaceAll("'", '');
  if (word.length < 4 || !/^[a-z]+$/.test(word) || /(?:ss|us|is)$/.test(word)) return word;
  if (/ies$/.test(word)) return word.length > 4 ? `${word.slice(0, -3)}y` : word;
  if (/(?:ch|sh|x|ss|zz)es$/.test(word)) return word.slice(0, -2);
  return word.endsWith('s') ? word.slice(0, -1) : word;
}

/** Units as one string with blanks around each: a phrase is then a substring at word boundaries. */
export const toKey = (units: readonly Unit[]): string => ` ${units.map(({ text }) => text).join(' ')} `;

/** Units without anything between: what somebody types who leaves out blanks and signs. */
export const toCompact = (units: readonly Unit[]): string => units.map(({ text }) => text).join('');

/** Words too frequent to tell one book from another; required only when nothing else was asked. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  'a an and at by for from in is it of on or the to with de la le el der die das und et'.split(' '),
);
