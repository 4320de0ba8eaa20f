import { TIER } from './match-set';
import { docOf, FIELD, fieldsOf } from './postings';
import type { Shelf } from './shelf';
import type { Unit } from './units';

/** Records looked at closely for one run of characters. */
const MAX_CANDIDATES = 20_000;
/** From this length on two slips are forgiven. */
const LONG_RUN = 8;

/**
 * Records whose title or author holds all but one (of a long run: two) of the
 * characters, in about this order; each with its tier. Of two characters one is
 * little to go by: then the whole name must differ by one slip only.
 */
export function almostRun(shelf: Shelf, run: readonly Unit[], fields: number): Map<number, number> {
  const chars = run.map(({ text }) => text);
  const slips = chars.length >= LONG_RUN ? 2 : chars.length >= 2 ? 1 : 0;
  const docs = new Map<number, number>();
  for (const doc of candidates(shelf, chars, fields, slips)) {
    const tier = tierOf(shelf, doc, chars, fields, slips);
    if (tier !== undefined) docs.set(doc, tier);
  }
  return docs;
}

/** Records with all but `slips` of the characters in title or author. */
function candidates(shelf: Shelf, chars: readonly string[], fields: number, slips: number): number[] {
  const distinct = new Set(chars);
  const least = Math.max(1, distinct.size - slips);
  const counts = new Map<number, number>();
  // The rarest characters first: a record that misses only one holds one of the rarest two.
  const lists = [...distinct].map((char) => shelf.postings.of(char)).sort((a, b) => a.length - b.length);
  lists.forEach((list, i) => {
    for (const posting of list) {
      if (!(fieldsOf(posting) & fields & (FIELD.title | FIELD.author))) continue;
      const doc = docOf(posting);
      const count = counts.get(doc);
      if (count !== undefined) counts.set(doc, count + 1);
      else if (i <= slips && counts.size < MAX_CANDIDATES) counts.set(doc, 1);
    }
  });
  const found: number[] = [];
  for (const [doc, count] of counts) if (count >= least) found.push(doc);
  return found;
}

function tierOf(
  shelf: Shelf,
  doc: number,
  chars: readonly string[],
  fields: number,
  slips: number,
): number | undefined {
  if (fields & FIELD.title) {
    if (isAlmost(chars, shelf.mainTitles[doc]!, slips)) return TIER.fuzzyTitle;
    if (chars.length > 2 && isWithin(chars, toChars(shelf.titles[doc]!), slips)) return TIER.fuzzyPart;
  }
  if (fields & FIELD.author) {
    const authors = shelf.authors[doc]!.split('|');
    if (authors.some((author) => isAlmost(chars, author, slips))) return TIER.fuzzyAuthor;
    if (chars.length > 2 && authors.some((author) => isWithin(chars, toChars(author), slips)))
      return TIER.fuzzyPart;
  }
  return undefined;
}

const toChars = (key: string): string[] => key.trim().split(' ');

/** Whether the whole name differs by at most `slips` changes. */
function isAlmost(chars: readonly string[], key: string, slips: number): boolean {
  // Each character takes two places in a key, and one blank more.
  if (Math.abs(key.length - 1 - 2 * chars.length) > 2 * slips) return false;
  return leastChanges(chars, toChars(key), false) <= slips;
}

/** Whether some stretch of the text differs by at most `slips` changes. */
const isWithin = (chars: readonly string[], text: readonly string[], slips: number): boolean =>
  leastChanges(chars, text, true) <= slips;

/**
 * How many characters must be changed, added, left out or swapped with their
 * neighbour to get from `chars` to `text`, or (Sellers' algorithm) to the
 * stretch of it that is nearest.
 */
function leastChanges(chars: readonly string[], text: readonly string[], anywhere: boolean): number {
  const size = chars.length;
  let older: number[] = [];
  let previous = Array.from({ length: size + 1 }, (_, i) => i);
  let least = size;
  for (let j = 1; j <= text.length; j++) {
    const row = [anywhere ? 0 : j];
    for (let i = 1; i <= size; i++) {
      const same = chars[i - 1] === text[j - 1];
      let best = Math.min(previous[i - 1]! + (same ? 0 : 1), previous[i]! + 1, row[i - 1]! + 1);
      const swapped = i > 1 && j > 1 && chars[i - 1] === text[j - 2] && chars[i - 2] === text[j - 1];
      if (swapped) best = Math.min(best, older[i - 2]! + 1);
      row.push(best);
    }
    least = Math.min(least, row[size]!);
    older = previous;
    previous = row;
  }
  return anywhere ? least : previous[size]!;
}
