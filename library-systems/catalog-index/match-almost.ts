import { almostRun } from './almost-run';
import { docOf, FIELD, fieldsOf } from './postings';
import { TIER } from './match-set';
import type { MatchSet } from './match-set';
import { NAME, swaps } from './names';
import { pinyinWords } from './match-reading';
import { readAloud } from './readings';
import type { Shelf } from './shelf';
import { STOP_WORDS } from './units';
import type { Unit } from './units';

/** Words and runs of one query that are tried with slips; the rest must stand as written. */
const MAX_CLAUSES = 8;
/** Shorter words differ by a slip from too many others. */
const LEAST_LETTERS = 4;

/** A run of joined CJK characters, or a single word. */
type Clause = [Unit, ...Unit[]];

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
  const letters = pinyinWords(text)?.join('');
  if (letters !== undefined && letters.length >= LEAST_LETTERS) {
    for (const { kind, doc } of shelf.names.almost(letters)) offerName(kind, doc);
  }
  const sound = readAloud(units)?.compact;
  if (sound !== undefined && units.length > 1) {
    for (const { kind, doc } of shelf.names.exactly(sound)) {
      if (kind & NAME.read && kind & nameFields) matches.offer(doc, TIER.soundsAlike);
    }
    for (const { kind, doc } of shelf.names.almost(sound)) if (kind & NAME.read) offerName(kind, doc);
  }

  const clauses = toClauses(units).slice(0, MAX_CLAUSES);
  let found: Map<number, number> | undefined;
  for (const clause of clauses) {
    const [first] = clause;
    const docs = first.cjk ? almostRun(shelf, clause, fields) : almostWord(shelf, first.text, fields);
    const before = found;
    found = before ? new Map([...docs].filter(([doc]) => before.has(doc))) : docs;
    if (found.size === 0) return;
  }
  for (const [doc, tier] of found ?? []) matches.offer(doc, clauses.length > 1 ? TIER.fuzzyPart : tier);
}

/** Runs of joined CJK characters, and single words. */
function toClauses(units: readonly Unit[]): Clause[] {
  const clauses: Clause[] = [];
  for (const unit of units) {
    const last = clauses.at(-1);
    if (unit.cjk && unit.joined && last?.[0].cjk) last.push(unit);
    else if (unit.cjk || !STOP_WORDS.has(unit.text)) clauses.push([unit]);
  }
  return clauses;
}

function almostWord(shelf: Shelf, word: string, fields: number): Map<number, number> {
  const docs = new Map<number, number>();
  const add = (form: string): void => {
    for (const posting of shelf.postings.of(form)) {
      if (fieldsOf(posting) & fields) docs.set(docOf(posting), TIER.fuzzyPart);
    }
  };
  add(word);
  if (word.length < LEAST_LETTERS) return docs;
  for (const [near] of shelf.words.fuzzyGet(word, 1)) add(near);
  for (const swapped of swaps(word)) add(swapped);
  return docs;
}
