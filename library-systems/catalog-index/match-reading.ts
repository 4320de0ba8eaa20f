import { docOf, FIELD, fieldsOf } from './postings';
import { TIER } from './match-set';
import type { MatchSet } from './match-set';
import { NAME } from './names';
import type { Named } from './names';
import { cutSyllables } from './readings';
import { syllableTerm } from './shelf';
import type { Shelf } from './shelf';

/** Longest query that is tried as pinyin, in letters. */
const MAX_LETTERS = 64;
const MAX_INITIALS = 12;

/** The words of a query that may be pinyin, or `undefined`: `Hong lou-meng` → [hong, lou, meng]. */
export function pinyinWords(text: string): string[] | undefined {
  const words = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[üǖǘǚǜ]/g, 'v')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .split(/[\s'’·,\-]+/)
    .filter((word) => word !== '');
  const fits =
    words.length > 0 &&
    words.every((word) => /^[a-z0-9]+$/.test(word)) &&
    words.join('').length <= MAX_LETTERS;
  return fits && /[a-z]/.test(words[0]!) ? words : undefined;
}

/** Offers the records whose title or author is read like this, whole or in part, or has these initials. */
export function matchReading(shelf: Shelf, text: string, fields: number, matches: MatchSet): void {
  const words = pinyinWords(text);
  if (!words) return;
  const letters = words.join('');
  const offer = (named: Named, title: number, author: number): void => {
    if (named.kind & NAME.title && fields & FIELD.title) matches.offer(named.doc, title);
    if (named.kind & NAME.author && fields & FIELD.author) matches.offer(named.doc, author);
  };

  for (const named of shelf.names.exactly(letters)) {
    if (named.kind & NAME.read) offer(named, TIER.readTitle, TIER.readAuthor);
    else if (named.kind & NAME.initials) offer(named, TIER.initials, TIER.initials);
    // Latin letters without the blanks that belong there: "harrypotter".
    else offer(named, TIER.exactTitle, TIER.author);
  }
  // "h l m" is three initials; "hong lou" is none.
  if (
    letters.length >= 3 &&
    letters.length <= MAX_INITIALS &&
    (words.length === 1 || words.length === letters.length)
  ) {
    for (const { entries } of shelf.names.startingWith(letters)) {
      for (const named of entries)
        if (named.kind & NAME.initials) offer(named, TIER.initialsStart, TIER.initialsStart);
    }
  }
  for (const cut of cutSyllables(letters, shelf.syllables)) {
    if (cut.length > 1) matchSyllables(shelf, [cut], fields, matches);
  }
  // Each word apart, for names the other way round: "Cixin Liu".
  if (words.length > 1) {
    const cuts = words.map((word) => cutSyllables(word, shelf.syllables, 1)[0]);
    if (cuts.every((cut) => cut !== undefined) && cuts.some((cut) => cut.length > 1)) {
      matchSyllables(shelf, cuts, fields, matches);
    }
  }
}

/** Offers the records whose title, or whose authors, hold all the given runs of syllables. */
function matchSyllables(shelf: Shelf, runs: readonly string[][], fields: number, matches: MatchSet): void {
  const terms = runs.flatMap((run) =>
    run.length === 1
      ? [syllableTerm(run[0]!)]
      : run.slice(1).map((syllable, i) => syllableTerm(run[i]!, syllable)),
  );
  const lists = terms.map((term) => shelf.postings.of(term)).sort((a, b) => a.length - b.length);
  const [shortest] = lists;
  if (!shortest || shortest.length === 0) return;
  const keys = runs.map((run) => ` ${run.join(' ')} `);
  for (const posting of shortest) {
    const doc = docOf(posting);
    const found = fieldsOf(posting) & fields;
    const title = shelf.titleReadings[doc]!;
    if (found & FIELD.title && keys.every((key) => title.includes(key))) {
      matches.offer(doc, title === keys[0] && keys.length === 1 ? TIER.readTitle : TIER.readPart);
    }
    if (found & FIELD.author && keys.every((key) => shelf.authorReadings[doc]!.includes(key))) {
      matches.offer(doc, TIER.readAuthor);
    }
  }
}
