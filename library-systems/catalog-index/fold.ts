import { Converter } from 'opencc-js/t2cn';

const toSimplified = Converter({ from: 't', to: 'cn' });
const HAN = /\p{Script=Han}/u;
/** Han character → its simplified form; filled as characters are met, at most all of Unicode's. */
const simplified = new Map<string, string>();

/** Letters that Unicode does not decompose into a base letter and a mark. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  '’': "'",
  ʼ: "'",
};
const SPECIAL = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'g');
const MARKS = /([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])\p{M}+/gu;

/**
 * One form for all the ways to write the same: full width, capitals, accents,
 * and traditional characters. The last are folded one by one, not by phrase:
 * 乾隆 and 乾燥 become 干隆 and 干燥 on both sides, so that they meet their
 * simplified writing whatever stands around them.
 */
export function fold(text: string): string {
  const lower = text.normalize('NFKC').toLowerCase();
  const plain = /^[\x00-\x7f]*$/.test(lower) ? lower : foldMarks(lower);
  return HAN.test(plain) ? foldHan(plain) : plain;
}

const foldMarks = (text: string): string =>
  text
    .normalize('NFD')
    .replace(MARKS, '$1')
    .normalize('NFC')
    .replace(SPECIAL, (letter) => PLAIN[letter] ?? letter);

function foldHan(text: string): string {
  let out = '';
  for (const char of text) {
    let folded = simplified.get(char);
    if (folded === undefined) simplified.set(char, (folded = HAN.test(char) ? toSimplified(char) : char));
    out += folded;
  }
  return out;
}
