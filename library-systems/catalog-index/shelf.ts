import { FIELD, PostingsBuilder } from './postings';
import type { Postings } from './postings';
import { NAME, Names } from './names';
import { bareCallNumber, normalCallNumber, SortedKeys, toIsbn13 } from './numbers';
import { readAloud } from './readings';
import type { Reading } from './readings';
import type { IndexRecord } from './record';
import SearchableMap from 'minisearch/SearchableMap';
import { splitUnits, toCompact, toKey } from './units';
import type { Unit } from './units';

/** All that matching needs to know of the records; records are numbered in the order given. */
export interface Shelf {
  size: number;
  postings: Postings;
  /** Latin words that occur, for beginnings and slips. */
  words: SearchableMap<true>;
  names: Names;
  /** Syllables that occur. */
  syllables: ReadonlySet<string>;
  isbns: SortedKeys;
  callNumbers: SortedKeys;
  bareCallNumbers: SortedKeys;
  /** Title with subtitle, title alone, and authors, each as a key (see `toKey`). */
  titles: string[];
  mainTitles: string[];
  authors: string[];
  /** How title and authors are read, as keys; empty without Han characters. */
  titleReadings: string[];
  authorReadings: string[];
}

/** Terms that are syllables, apart from those that are words: `~hong`, `~hong lou`. */
export const syllableTerm = (first: string, second?: string): string =>
  second === undefined ? `~${first}` : `~${first} ${second}`;

/** Reads all records once. */
export function buildShelf(records: readonly IndexRecord[]): Shelf {
  const builder = new PostingsBuilder();
  const syllables = new Set<string>();
  const shelf: Growing & Pick<Shelf, 'size' | 'words'> = {
    ...{ size: records.length, words: new SearchableMap<true>(), names: new Names(), syllables },
    ...{ titles: [], mainTitles: [], authors: [], titleReadings: [], authorReadings: [] },
  };
  const isbns: [string, number][] = [];
  const callNumbers: [string, number][] = [];
  const bare: [string, number][] = [];

  // The same few subjects and publishers come again and again.
  const split = new Map<string, Unit[]>();
  const splitOnce = (text: string): Unit[] => {
    let units = split.get(text);
    if (!units) split.set(text, (units = splitUnits(text)));
    return units;
  };

  records.forEach((record, doc) => {
    const terms = new Map<string, number>();
    addTitle(shelf, record, doc, terms);
    addAuthors(shelf, record, doc, terms);
    for (const subject of record.subjects) addTerms(terms, splitOnce(subject), FIELD.subject);
    if (record.publisher) addTerms(terms, splitOnce(record.publisher), FIELD.publisher);
    for (const term of terms.keys())
      if (/^[a-z0-9]/.test(term) && !shelf.words.has(term)) shelf.words.set(term, true);
    builder.add(doc, terms);
    for (const isbn of record.isbns) isbns.push([toIsbn13(isbn) ?? isbn, doc]);
    for (const callNumber of new Set(record.callNumbers)) {
      callNumbers.push([normalCallNumber(callNumber), doc]);
      bare.push([bareCallNumber(callNumber), doc]);
    }
  });
  shelf.names.sort();
  return {
    ...shelf,
    postings: builder.build(),
    isbns: new SortedKeys(isbns),
    callNumbers: new SortedKeys(callNumbers),
    bareCallNumbers: new SortedKeys(bare),
  };
}

type Growing = Pick<
  Shelf,
  'names' | 'titles' | 'mainTitles' | 'authors' | 'titleReadings' | 'authorReadings'
> & {
  syllables: Set<string>;
};

function addTitle(shelf: Growing, record: IndexRecord, doc: number, terms: Map<string, number>): void {
  const main = splitUnits(record.title);
  const rest = record.subtitle ? splitUnits(record.subtitle) : [];
  const units = [...main, ...rest];
  const reading = readAloud(units);
  addTerms(terms, units, FIELD.title);
  addSyllables(shelf.syllables, terms, units, reading, FIELD.title);
  shelf.names.add(doc, NAME.title, main, rest.length === 0 ? reading : readAloud(main));
  if (rest.length > 0) shelf.names.add(doc, NAME.title, units, reading);
  shelf.titles.push(toKey(units));
  shelf.mainTitles.push(rest.length === 0 ? shelf.titles[doc]! : toKey(main));
  shelf.titleReadings.push(reading ? ` ${reading.syllables.join(' ')} ` : '');
}

function addAuthors(shelf: Growing, record: IndexRecord, doc: number, terms: Map<string, number>): void {
  const keys: string[] = [];
  const readings: string[] = [];
  for (const author of record.authors) {
    const units = splitUnits(author);
    const reading = readAloud(units, true);
    addTerms(terms, units, FIELD.author);
    addSyllables(shelf.syllables, terms, units, reading, FIELD.author);
    shelf.names.add(doc, NAME.author, units, reading);
    keys.push(toKey(units));
    if (reading) readings.push(` ${reading.syllables.join(' ')} `);
  }
  // The bar keeps a phrase from reaching from one author into the next.
  shelf.authors.push(keys.join('|'));
  shelf.authorReadings.push(readings.join('|'));
}

function addTerms(terms: Map<string, number>, units: readonly Unit[], field: number): void {
  units.forEach((unit, i) => {
    put(terms, unit.text, field);
    const next = units[i + 1];
    if (unit.cjk && next?.cjk) put(terms, unit.text + next.text, field);
  });
}

function addSyllables(
  known: Set<string>,
  terms: Map<string, number>,
  units: readonly Unit[],
  reading: Reading | undefined,
  field: number,
): void {
  reading?.syllables.forEach((syllable, i) => {
    if (!units[i]?.cjk || !/^[a-z]+$/.test(syllable)) return;
    known.add(syllable);
    put(terms, syllableTerm(syllable), field);
    const next = reading.syllables[i + 1];
    if (next !== undefined && units[i + 1]?.cjk) put(terms, syllableTerm(syllable, next), field);
  });
}

const put = (terms: Map<string, number>, term: string, field: number): void => {
  terms.set(term, (terms.get(term) ?? 0) | field);
};

/** The name under which a title or an author is kept in `names`. */
export const nameOf = (text: string): string => toCompact(splitUnits(text));
