import { FIELD, docOf, fieldsOf } from './postings';
import { TIER } from './match-set';
import type { MatchSet } from './match-set';
import type { Shelf } from './shelf';
import { STOP_WORDS, toKey } from './units';
import type { Unit } from './units';

/** A record that holds this share of the terms is still offered, as a loose match. */
const LOOSE_SHARE = 0.6;
/** Eight bits are counted for each of: any field, title, author, subject. */
const TITLE_STEP = 1 << 8;
const AUTHOR_STEP = 1 << 16;
const SUBJECT_STEP = 1 << 24;
/** A beginning of a word stands for so many words at most. */
const MAX_COMPLETIONS = 200;

/**
 * What must stand in a record: every word, and every two neighbouring CJK
 * characters (or the one, where it stands alone), stop words only if there is
 * nothing else.
 */
export function termsOf(units: readonly Unit[]): string[] {
  const terms = new Set<string>();
  units.forEach((unit, i) => {
    const next = units[i + 1];
    const before = units[i - 1];
    if (!unit.cjk) terms.add(unit.text);
    else if (next?.cjk && next.joined) terms.add(unit.text + next.text);
    else if (!(unit.joined && before?.cjk)) terms.add(unit.text);
  });
  const telling = [...terms].filter((term) => !STOP_WORDS.has(term));
  return telling.length > 0 ? telling : [...terms];
}

/** Offers the records that hold the query's words in the given fields. */
export class TextMatcher {
  readonly #counts: Uint32Array;
  /** The last term, counted from 1, that a record was found with. */
  readonly #last: Uint8Array;
  #touched: number[] = [];

  constructor(readonly shelf: Shelf) {
    this.#counts = new Uint32Array(shelf.size);
    this.#last = new Uint8Array(shelf.size);
  }

  /** Strict matches are offered always, loose ones only when asked for. */
  match(units: readonly Unit[], fields: number, matches: MatchSet, loose: boolean): void {
    const terms = termsOf(units);
    if (terms.length === 0) return;
    terms.forEach((term, i) => this.#count(term, fields, i + 1));
    const key = toKey(units);
    const least = loose ? Math.max(2, Math.ceil(terms.length * LOOSE_SHARE)) : terms.length;
    for (const doc of this.#touched) {
      const counts = this.#counts[doc]!;
      const found = counts & 0xff;
      if (found === terms.length) matches.offer(doc, this.#tier(doc, key, fields, counts, found));
      else if (found >= least) matches.offer(doc, TIER.loose + terms.length - found);
      this.#counts[doc] = 0;
      this.#last[doc] = 0;
    }
    this.#touched = [];
  }

  #count(term: string, fields: number, ordinal: number): void {
    for (const form of this.#forms(term)) {
      for (const posting of this.shelf.postings.of(form)) {
        const found = fieldsOf(posting) & fields;
        const doc = docOf(posting);
        if (found === 0 || this.#last[doc] === ordinal) continue;
        if (this.#counts[doc] === 0) this.#touched.push(doc);
        this.#last[doc] = ordinal;
        this.#counts[doc]! +=
          1 +
          (found & FIELD.title ? TITLE_STEP : 0) +
          (found & FIELD.author ? AUTHOR_STEP : 0) +
          (found & FIELD.subject ? SUBJECT_STEP : 0);
      }
    }
  }

  /** The term itself; for a word that never occurs, the words that begin with it. */
  #forms(term: string): string[] {
    if (this.shelf.postings.ids.has(term) || !/^[a-z]{3}/.test(term)) return [term];
    const forms: string[] = [];
    for (const word of this.shelf.words.atPrefix(term).keys()) {
      forms.push(word);
      if (forms.length === MAX_COMPLETIONS) break;
    }
    return forms;
  }

  #tier(doc: number, key: string, fields: number, counts: number, all: number): number {
    if (fields & FIELD.title) {
      const title = this.shelf.titles[doc]!;
      if (title === key || this.shelf.mainTitles[doc] === key) return TIER.exactTitle;
      if (title.startsWith(key)) return TIER.titleStart;
      if (title.includes(key)) return TIER.titlePhrase;
      if (((counts >>> 8) & 0xff) === all) return TIER.titleWords;
    }
    if (((counts >>> 16) & 0xff) === all) return TIER.author;
    return counts >>> 24 === all ? TIER.subject : TIER.acrossFields;
  }
}
