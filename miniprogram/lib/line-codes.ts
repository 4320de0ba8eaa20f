/**
 * Bars and blanks of a line code in modules, beginning with a bar. Without quiet zones.
 * `undefined`: the text has a character that this code cannot say.
 */
export type Bars = number[] | undefined;

const CODE39_CHARACTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%*';
/** Five bars and four blanks of each character, 1 for the wide ones (ISO/IEC 16388, table 1). */
const CODE39_PATTERNS = [
  0x034, 0x121, 0x061, 0x160, 0x031, 0x130, 0x070, 0x025, 0x124, 0x064, 0x109, 0x049, 0x148, 0x019, 0x118,
  0x058, 0x00d, 0x10c, 0x04c, 0x01c, 0x103, 0x043, 0x142, 0x013, 0x112, 0x052, 0x007, 0x106, 0x046, 0x016,
  0x181, 0x0c1, 0x1c0, 0x091, 0x190, 0x0d0, 0x085, 0x184, 0x0c4, 0x0a8, 0x0a2, 0x08a, 0x02a, 0x094,
];
/** Wide to narrow; the standard allows 2 to 3, and 2 fits more characters on a phone. */
const CODE39_WIDE = 2;

/** Code 39 without a check character; letters become capitals. */
export function code39(text: string): Bars {
  const bars: number[] = [];
  for (const char of `*${text.toUpperCase()}*`) {
    const pattern = CODE39_PATTERNS[CODE39_CHARACTERS.indexOf(char)];
    if (pattern === undefined) return undefined;
    if (bars.length > 0) bars.push(1);
    for (let bit = 8; bit >= 0; bit -= 1) bars.push((pattern >> bit) & 1 ? CODE39_WIDE : 1);
  }
  return text.includes('*') ? undefined : bars;
}

/** Widths of the symbol characters 0 … 105 (ISO/IEC 15417, table 1), then the stop with its last bar. */
const CODE128_WIDTHS =
  '212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 ' +
  '113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 ' +
  '212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 ' +
  '113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 ' +
  '314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 ' +
  '241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 ' +
  '214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 211214 ' +
  '211232 2331112';
const WIDTHS = CODE128_WIDTHS.split(' ');
const [CODE_C, CODE_B, START_B, START_C, STOP] = [99, 100, 104, 105, 106];

/** Code 128 of printable ASCII; runs of four or more digits take half the room (sets B and C). */
export function code128(text: string): Bars {
  if (text === '' || !/^[\x20-\x7e]+$/.test(text)) return undefined;
  const values = code128Values(text);
  const sum = values.reduce((total, value, at) => total + value * Math.max(1, at), 0);
  return [...values, sum % 103, STOP].flatMap((value) => [...(WIDTHS[value] ?? '')].map(Number));
}

function code128Values(text: string): number[] {
  const values: number[] = [];
  let set: 'B' | 'C' | undefined;
  for (let at = 0; at < text.length;) {
    const digits = /^\d*/.exec(text.slice(at))?.[0].length ?? 0;
    // An odd run keeps its first digit in set B.
    const next = digits >= (set === 'C' ? 2 : 4) && (set === 'C' || digits % 2 === 0) ? 'C' : 'B';
    if (set === undefined) values.push(next === 'C' ? START_C : START_B);
    else if (set !== next) values.push(next === 'C' ? CODE_C : CODE_B);
    set = next;
    values.push(set === 'C' ? Number(text.slice(at, at + 2)) : text.charCodeAt(at) - 32);
    at += set === 'C' ? 2 : 1;
  }
  return values;
}
