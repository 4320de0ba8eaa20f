import { parseIsbn } from '../../miniprogram/lib/isbn';
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

/** An ISBN however it was written, as ISBN-13; `undefined` unless its check digit is right. */
export const toIsbn13 = (text: string): string | undefined => parseIsbn(fold(text))?.isbn13;

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
