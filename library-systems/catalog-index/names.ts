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

/** A record's number with a kind; most names have but one, and an array each would take most of the memory. */
type Entries = number | number[];

export interface Named {
  doc: number;
  kind: number;
}

/**
 * Whole titles and authors without blanks and signs, as written, as read
 * (`hongloumeng`) and by initials (`hlm`): found by the whole and by the
 * beginning; words and pinyin also with one slip, by a radix tree. (Slips in Chinese characters are found by `almostRun`: the tree would
 * branch into thousands at its root.)
 */
export class Names {
  readonly #letters = new SearchableMap<Entries>();
  readonly #others = new Map<string, Entries>();
  #othersInOrder: string[] = [];

  add(doc: number, kind: number, units: readonly Unit[], reading: Reading | undefined): void {
    this.#put(toCompact(units), doc, kind);
    if (!reading) return;
    this.#put(reading.compact, doc, kind | NAME.read);
    if (reading.initials.length > 1) this.#put(reading.initials, doc, kind | NAME.initials);
  }

  #put(name: string, doc: number, kind: number): void {
    const key = name.slice(0, MAX_NAME);
    const names = IN_LETTERS.test(key) && !(kind & NAME.initials) ? this.#letters : this.#others;
    const entry = (doc << KIND_BITS) | kind;
    const entries = names.get(key);
    if (entries === undefined) names.set(key, entry);
    else if (typeof entries !== 'number') entries.push(entry);
    else if (entries !== entry) names.set(key, [entries, entry]);
  }

  /** Must be called after the last `add`. */
  sort(): void {
    this.#othersInOrder = [...this.#others.keys()].sort();
  }

  exactly(name: string): Named[] {
    return [...toNamed(this.#letters.get(name)), ...toNamed(this.#others.get(name))];
  }

  /** At most `MAX_NAMES`. */
  startingWith(prefix: string): { name: string; entries: Named[] }[] {
    const found: { name: string; entries: Named[] }[] = [];
    if (prefix === '' || IN_LETTERS.test(prefix)) {
      for (const [name, entries] of this.#letters.atPrefix(prefix)) {
        if (found.length === MAX_NAMES) return found;
        found.push({ name, entries: toNamed(entries) });
      }
    }
    const names = this.#othersInOrder;
    for (let i = firstAtOrAfter(names, prefix); names[i]?.startsWith(prefix); i++) {
      if (found.length === MAX_NAMES) return found;
      found.push({ name: names[i]!, entries: toNamed(this.#others.get(names[i]!)) });
    }
    return found;
  }

  /** Names in letters that differ from this one by one wrong, missing, added or swapped letter. */
  almost(name: string): Named[] {
    const found: Named[] = [];
    for (const [entries, distance] of this.#letters.fuzzyGet(name, 1).values()) {
      if (distance > 0) found.push(...toNamed(entries));
    }
    for (const swapped of swaps(name)) found.push(...this.exactly(swapped));
    return found;
  }
}

function toNamed(entries: Entries | undefined): Named[] {
  if (entries === undefined) return [];
  const list = typeof entries === 'number' ? [entries] : entries;
  return list.map((entry) => ({ doc: entry >>> KIND_BITS, kind: entry & 15 }));
}

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
