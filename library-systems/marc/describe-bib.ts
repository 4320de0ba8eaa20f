import { CLC_LETTERS } from '../../miniprogram/lib/clc';
import type { BibFacts, BibOptions, BibPlaces, Draft, MarcFormat } from './bib-facts';
import { parseFieldRef, readRef } from './field-ref';
import type { FieldRef } from './field-ref';
import { readMarc21 } from './read-marc21';
import { readUnimarc } from './read-unimarc';
import type { MarcRecord } from './record';
import { controlValue, fieldsOf, subfield } from './record';
import { trimIsbd } from './trim-isbd';

const MAX_AUTHORS = 10;
const MAX_SUBJECTS = 50;

const DEFAULT_PLACES: Record<MarcFormat, Record<'callNumber' | 'clc', readonly string[]>> = {
  marc21: {
    callNumber: ['952$o', '852$h/$i', '905$s', '905$d/$e', '090$a$b', '093$a$b', '050$a$b'],
    clc: ['093$a', '690$a'],
  },
  unimarc: {
    callNumber: ['952$o', '905$s', '905$d/$e', '805$d/$e', '090$u', '680$a$b'],
    clc: ['690$a', '905$d', '909$a'],
  },
};

/** Reader of records that have a format and places in common; made once for each configuration. */
export function bibReader(options: BibOptions): (record: MarcRecord) => BibFacts {
  const refs = (given: readonly string[] | undefined, usual: readonly string[]): FieldRef[] =>
    (given ?? usual).map(parseFieldRef);
  const usual = DEFAULT_PLACES[options.format];
  const places: BibPlaces = {
    bibId: refs(options.bibId, []),
    callNumber: refs(options.callNumber, usual.callNumber),
    clc: refs(options.clc, usual.clc),
  };
  const read = options.format === 'marc21' ? readMarc21 : readUnimarc;
  return (record) => put(record, read(record), places);
}

/** What a record says of its title. For many records make a `bibReader`. */
export function describeBib(record: MarcRecord, options: BibOptions): BibFacts {
  return bibReader(options)(record);
}

function put(record: MarcRecord, draft: Draft, places: BibPlaces): BibFacts {
  const authors = distinct(draft.authors).slice(0, MAX_AUTHORS);
  const isbns = distinct(draft.isbns);
  const clcNumber = readRef(record, places.clc) ?? clcOf084(record);
  const clc = CLC_LETTERS.find((letter) => clcNumber?.startsWith(letter));
  const between = authors.some((name) => /\p{Script=Han}/u.test(name)) ? '，' : '; ';
  return {
    ...present(
      'bibId',
      places.bibId.length > 0 ? readRef(record, places.bibId) : controlValue(record, '001'),
    ),
    title: draft.title,
    ...present('subtitle', draft.subtitle),
    authors,
    author: authors.length > 0 ? authors.join(between) : trimIsbd(draft.responsibility ?? ''),
    ...present('publisher', draft.publisher),
    ...(draft.year !== undefined && { year: draft.year }),
    ...(isbns[0] !== undefined && { isbn13: isbns[0] }),
    isbns,
    ...present('language', draft.language),
    subjects: distinct(draft.subjects).slice(0, MAX_SUBJECTS),
    ...(clc !== undefined && clcNumber !== undefined && { clc, clcNumber }),
    ...present('callNumber', readRef(record, places.callNumber)),
    ...present('edition', draft.edition),
  };
}

/** MARC21 names the scheme of a class mark in 084 in $2. */
function clcOf084(record: MarcRecord): string | undefined {
  const field = fieldsOf(record, '084').find((each) => subfield(each, '2') === 'clc');
  return field && subfield(field, 'a');
}

const distinct = (texts: readonly string[]): string[] => [...new Set(texts.filter((text) => text !== ''))];

type TextKey = {
  [K in keyof BibFacts]-?: NonNullable<BibFacts[K]> extends string ? K : never;
}[keyof BibFacts];

function present<K extends TextKey>(key: K, value: string | undefined): Partial<Record<K, string>> {
  const text = key === 'bibId' || key === 'callNumber' ? value?.trim() : trimIsbd(value ?? '');
  // A computed key widens to any string; K is what it is.
  return text ? ({ [key]: text } as Record<K, string>) : {};
}
