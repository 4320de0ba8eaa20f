import SearchableMap from 'minisearch/SearchableMap';
import { firstAtOrAfter } from './numbers';
import type { Reading } from './readings';
import { toCompact } from './units';
import type { Unit } from './units';

/** What a name in the table is, as bits. */
export const NAME = { title: 1, author: 2, read: 4, initials: 8 } as const;
const KIND_BITS = 4;

/** Longest name kept, in UTF-16 units. */
const MAX_NAME = 48;
/** A prefix may stand for very many names; so many are looked at. */
const MAX_NAMES = 4_000;

/** Letters and digits of the ASCII set, and the signs of programming languages. */
const IN_LETTERS = /^[a-z0-9+#.]+$/;

export interface Named {
  doc: number;
  kind: number;
}

/**
 * Whole titles and authors without blanks and signs, as written, as read
 * (`hongloumeng`) and by initials (`hlm`): found by the whole and by the
 * beginning; those in Latin letters and digits also with one slip, by a radix
 * tree. (Slips in Chinese characters are found by `almostRun`: the tree would
 * branch into thousands at its root.)
 */
export class Names {
  readonly #letters = new SearchableMap<number[]>();
  readonly #written = new Map<string, number[]>();
  #writtenInOrder: string[] = [];

  add(doc: number, kind: number, units: readonly Unit[], reading: Reading | undefined): void {
    this.#put(toCompact(units), doc, kind);
    if (!reading) return;
    this.#put(reading.compact, doc, kind | NAME.read);
    if (reading.initials.length > 1) this.#put(reading.initials, doc, kind | NAME.initials);
  }

  #put(name: string, doc: number, kind: number): void {
    const key = name.slice(0, MAX_NAME);
    const names = IN_LETTERS.test(key) ? this.#letters : this.#written;
    const entry = (doc << KIND_BITS) | kind;
    const entries = names.get(key);
    if (!entries) names.set(key, [entry]);
    else if (entries.at(-1) !== entry) entries.push(entry);
  }

  /** Must be called after the last `add`. */
  sort(): void {
    this.#writtenInOrder = [...this.#written.keys()].sort();
  }

  exactly(name: string): Named[] {
    return (this.#letters.get(name) ?? this.#written.get(name) ?? []).map(toNamed);
  }

  /** At most `MAX_NAMES`. */
  startingWith(prefix: string): { name: string; entries: Named[] }[] {
    const found: { name: string; entries: Named[] }[] = [];
    if (prefix === '' || IN_LETTERS.test(prefix)) {
      for (const [name, entries] of this.#letters.atPrefix(prefix)) {
        if (found.length === MAX_NAMES) return found;
        found.push({ name, entries: entries.map(toNamed) });
      }
    }
    const names = this.#writtenInOrder;
    for (let i = firstAtOrAfter(names, prefix); names[i]?.startsWith(prefix); i++) {
      if (found.length === MAX_NAMES) return found;
      found.push({ name: names[i]!, entries: this.exactly(names[i]!) });
    }
    return found;
  }

  /** Names in letters that differ from this one by one wrong, missing, added or swapped letter. */
  almost(name: string): Named[] {
    const found: Named[] = [];
    for (const [entries, distance] of this.#letters.fuzzyGet(name, 1).values()) {
      if (distance > 0) found.push(...entries.map(toNamed));
    }
    for (const swapped of swaps(name)) found.push(...this.exactly(swapped));
    return found;
  }
}

const toNamed = (entry: number): Named => ({ doc: entry >>> KIND_BITS, kind: entry & 15 });

/** The text with each two neighbours in turn swapped. */
export function swaps(text: string): string[] {
  const chars = [...text];
  const found: string[] = [];
  for (let i = 0; i + 1 < chars.length; i++) {
    if (chars[i] !== chars[i + 1]) {
      found.push([...chars.slice(0, i), chars[i + 1], chars[i], ...chars.slice(i + 2)].join(''));
    }
  }
  return found;
}
