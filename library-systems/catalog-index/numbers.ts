import { fold } from './fold';

/** Sorted texts with the records that they belong to: exact and prefix lookups by bisection. */
export class SortedKeys {
  readonly #keys: string[];
  readonly #docs: number[];

  constructor(entries: readonly (readonly [string, number])[]) {
    const sorted = [...entries].sort(([a, i], [b, j]) => (a < b ? -1 : a > b ? 1 : i - j));
    this.#keys = sorted.map(([key]) => key);
    this.#docs = sorted.map(([, doc]) => doc);
  }

  /** Records whose key begins with `prefix`, in the order of keys. */
  startingWith(prefix: string): number[] {
    const docs: number[] = [];
    for (let i = firstAtOrAfter(this.#keys, prefix); this.#keys[i]?.startsWith(prefix); i++)
      docs.push(this.#docs[i]!);
    return docs;
  }

  /** Records whose keys stand around `key`: up to `each` before it and after it, nearest first. */
  around(key: string, each: number): number[] {
    const at = firstAtOrAfter(this.#keys, key);
    const docs: number[] = [];
    for (let i = 1; i <= each; i++)
      docs.push(...this.#docs.slice(at + i - 1, at + i), ...this.#docs.slice(at - i, at - i + 1));
    return docs;
  }
}

/** Where `key` stands, or would stand, among sorted texts. */
export function firstAtOrAfter(sorted: readonly string[], key: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * An ISBN however it was written, as ISBN-13; `undefined` unless its check
 * digit is right (ISBN Users' Manual, 7th edition, appendix 1).
 */
export function toIsbn13(text: string): string | undefined {
  const digits = fold(text)
    .replace(/^isbn(?:-?1[03])?:?/, '')
    .replace(/[\s\-‐‑‒–—―−.]/g, '');
  if (/^97[89]\d{10}$/.test(digits)) return digits.endsWith(checkDigit13(digits)) ? digits : undefined;
  if (!/^\d{9}[\dx]$/.test(digits)) return undefined;
  const sum = [...digits].reduce(
    (total, digit, i) => total + (digit === 'x' ? 10 : Number(digit)) * (10 - i),
    0,
  );
  if (sum % 11 !== 0) return undefined;
  const core = `978${digits.slice(0, 9)}`;
  return core + checkDigit13(core);
}

function checkDigit13(digits: string): string {
  let sum = 0;
  for (let i = 0; i < 12; i++) sum += Number(digits[i]) * (i % 2 === 0 ? 1 : 3);
  return String((10 - (sum % 10)) % 10);
}

/** A call number with one separator: `tp311.138 h78` and `TP311.138/H78` are the same. */
export const normalCallNumber = (text: string): string =>
  fold(text)
    .toUpperCase()
    .trim()
    .replace(/\s*[\s/]\s*/g, '/');

/** Without separators, for those who type none. */
export const bareCallNumber = (text: string): string => normalCallNumber(text).replaceAll('/', '');

/** Whether a text may be meant as a call number: one or two letters, then a digit or a sign of the scheme. */
export const looksLikeCallNumber = (text: string): boolean =>
  /^[A-Z]{1,2}[\d(-][\w.()+#/=:'"-]*$/.test(bareCallNumber(text));
