import { hasEastAsian, preferEastAsian } from './alternate-script';
import type { Draft } from './bib-facts';
import { languageOf } from './languages';
import { isbnsOf } from './read-marc21';
import type { DataField, MarcRecord } from './record';
import { fieldsOf, subfield, subfieldsOf } from './record';
import { trimIsbd } from './trim-isbd';
import { yearIn, yearOf } from './year';

/**
 * Reads a record of UNIMARC (IFLA, UNIMARC Manual: Bibliographic Format), CNMARC (WH/T 0503-1996) or CMARC. Chinese
 * libraries put pinyin into subfields named by capitals or by 9; these are other subfields and are not read.
 */
export function readUnimarc(record: MarcRecord): Draft {
  const title = preferEastAsian(fieldsOf(record, '200'));
  const parts = title
    ? [...subfieldsOf(title, 'a').slice(0, 1), ...subfieldsOf(title, 'hi')].map(trimIsbd).filter(Boolean)
    : [];
  // 214 says by its second indicator of what: production, distribution, manufacture and copyright are 1 to 4.
  const imprints = fieldsOf(record, '210', '214').filter(
    ({ tag, ind2 }) => tag === '210' || !/[1-4]/.test(ind2),
  );
  const imprint = preferEastAsian(imprints);
  const edition = preferEastAsian(fieldsOf(record, '205'));
  const general = subfieldOfFirst(record, '100', 'a') ?? '';
  return {
    title: parts.join('. '),
    subtitle: title && subfieldsOf(title, 'e').map(trimIsbd).join('：'),
    authors: authorsOf(record),
    responsibility: title && subfieldsOf(title, 'fg').map(trimIsbd).join('；'),
    publisher: imprint && subfield(imprint, 'c'),
    year:
      ('abcdefghij'.includes(general[8] ?? '-') ? yearOf(general.slice(9, 13)) : undefined) ??
      yearIn(imprint && subfield(imprint, 'd')),
    isbns: fieldsOf(record, '010').flatMap((field) => isbnsOf(subfieldsOf(field, 'a'))),
    language: languageOf(subfieldOfFirst(record, '101', 'a')),
    subjects: subjectsOf(record),
    edition: edition && subfieldsOf(edition, 'ab').join(' '),
  };
}

function subjectsOf(record: MarcRecord): string[] {
  const controlled = fieldsOf(record, '600', '601', '602', '604', '605', '606', '607').map((field) =>
    subfieldsOf(field, 'ajxyz').map(trimIsbd).join('-'),
  );
  const free = fieldsOf(record, '610').flatMap((field) => subfieldsOf(field, 'a').map(trimIsbd));
  return [...controlled, ...free];
}

const subfieldOfFirst = (record: MarcRecord, tag: string, code: string): string | undefined =>
  fieldsOf(record, tag)
    .map((field) => subfield(field, code))
    .find((value) => value !== undefined);

function authorsOf(record: MarcRecord): string[] {
  const primary = fieldsOf(record, '700', '701', '710', '711');
  return [...primary, ...fieldsOf(record, '702', '712')].map(nameOf);
}

/** $a is the entry element, $b the rest of the name: 曹雪芹 as a whole, or `Wilson` and `Chris`. */
function nameOf(field: DataField): string {
  const entry = trimIsbd(subfield(field, 'a') ?? '');
  if (!field.tag.startsWith('70')) return entry;
  const rest = trimIsbd(subfield(field, 'b') ?? '');
  if (rest === '') return entry;
  return hasEastAsian(field) ? entry + rest : `${entry}, ${rest}`;
}
