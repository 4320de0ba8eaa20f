import { docOf, FIELD, fieldsOf } from './postings';
import { TIER } from './match-set';
import type { MatchSet } from './match-set';
import { NAME, swaps } from './names';
import { pinyinWords } from './match-reading';
import { readAloud } from './readings';
import type { Shelf } from './shelf';
import { STOP_WORDS, toCompact } from './units';
import type { Unit } from './units';

/** Words and runs of one query that are tried with slips; the rest must stand as written. */
const MAX_CLAUSES = 8;
/** Records looked at closely for one run of characters. */
const MAX_CANDIDATES = 20_000;
/** From this length on two slips are forgiven. */
const LONG_RUN = 8;

/**
 * Offers the records that the query misses by a slip: one wrong, missing, added
 * or swapped character in a name, a word or a run of CJK characters; or other
 * characters that sound the same.
 */
export function matchAlmost(
  shelf: Shelf,
  text: string,
  units: readonly Unit[],
  fields: number,
  matches: MatchSet,
): void {
  const nameFields = (fields & FIELD.title ? NAME.title : 0) | (fields & FIELD.author ? NAME.author : 0);
  if (nameFields === 0 || units.length === 0) return;
  const offerName = (kind: number, doc: number): void => {
    if (kind & NAME.initials || !(kind & nameFields)) return;
    matches.offer(doc, kind & NAME.title ? TIER.fuzzyTitle : TIER.fuzzyAuthor);
  };
  const whole = pinyinWords(text)?.join('') ?? toCompact(units);
  if ([...whole].length >= (units.some(({ cjk }) => cjk) ? 2 : 4)) {
    for (const { kind, doc } of shelf.names.almost(whole)) offerName(kind, doc);
  }
  const sound = readAloud(units)?.compact;
  if (sound !== undefined && units.length > 1) {
    for (const { kind, doc } of shelf.names.exactly(sound)) {
      if (kind & NAME.read && kind & nameFields) matches.offer(doc, TIER.soundsAlike);
    }
    for (const { kind, doc } of shelf.names.almost(sound)) if (kind & NAME.read) offerName(kind, doc);
  }

  const clauses = toClauses(units).slice(0, MAX_CLAUSES);
  let found: Set<number> | undefined;
  for (const clause of clauses) {
    const docs = clause[0]!.cjk
      ? almostRun(shelf, clause, fields)
      : almostWord(shelf, clause[0]!.text, fields);
    const before = found;
    found = before ? new Set([...docs].filter((doc) => before.has(doc))) : docs;
    if (found.size === 0) return;
  }
  for (const doc of found ?? []) matches.offer(doc, TIER.fuzzyPart);
}

/** Runs of joined CJK characters, and single words. */
function toClauses(units: readonly Unit[]): Unit[][] {
  const clauses: Unit[][] = [];
  for (const unit of units) {
    const last = clauses.at(-1);
    if (unit.cjk && unit.joined && last?.[0]?.cjk) last.push(unit);
    else if (unit.cjk || !STOP_WORDS.has(unit.text)) clauses.push([unit]);
  }
  return clauses;
}

function almostWord(shelf: Shelf, word: string, fields: number): Set<number> {
  const docs = new Set<number>();
  const add = (form: string): void => {
    for (const posting of shelf.postings.of(form)) if (fieldsOf(posting) & fields) docs.add(docOf(posting));
  };
  add(word);
  if (word.length < 4) return docs;
  for (const [near] of shelf.words.fuzzyGet(word, 1)) add(near);
  for (const swapped of swaps(word)) add(swapped);
  return docs;
}

/** Records whose title or author holds all but one (of a long run: two) of the characters, in about this order. */
function almostRun(shelf: Shelf, run: readonly Unit[], fields: number): Set<number> {
  const chars = run.map(({ text }) => text);
  const slips = chars.length >= LONG_RUN ? 2 : chars.length >= 3 ? 1 : 0;
  const distinct = new Set(chars);
  const least = Math.max(1, distinct.size - slips);
  const counts = new Map<number, number>();
  // The rarest characters first: a record that holds all but one must hold one of the rarest two.
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
  const docs = new Set<number>();
  for (const [doc, count] of counts) {
    if (count < least) continue;
    const inTitle = fields & FIELD.title && isWithin(chars, shelf.titles[doc]!, slips);
    if (inTitle || (fields & FIELD.author && isWithin(chars, shelf.authors[doc]!, slips))) docs.add(doc);
  }
  return docs;
}

/**
 * Whether some stretch of the key differs from the characters by at most
 * `slips` changes, a swap of neighbours being one (Sellers' algorithm with
 * Damerau's transposition).
 */
function isWithin(chars: readonly string[], key: string, slips: number): boolean {
  const text = key.trim().split(' ');
  let older: number[] = [];
  let previous = chars.map((_, i) => i + 1);
  for (let j = 0; j < text.length; j++) {
    const row: number[] = [];
    for (let i = 0; i < chars.length; i++) {
      const diagonal = i === 0 ? 0 : previous[i - 1]!;
      const above = i === 0 ? 0 : row[i - 1]!;
      let best = Math.min(diagonal + (chars[i] === text[j] ? 0 : 1), previous[i]! + 1, above + 1);
      if (i > 0 && j > 0 && chars[i] === text[j - 1] && chars[i - 1] === text[j]) {
        best = Math.min(best, (i > 1 ? older[i - 2]! : 0) + 1);
      }
      row.push(best);
    }
    if (row.at(-1)! <= slips) return true;
    older = previous;
    previous = row;
  }
  return false;
}
