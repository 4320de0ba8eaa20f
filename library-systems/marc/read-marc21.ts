import { parseIsbn } from '../../miniprogram/lib/isbn';
import { inOriginalScript } from './alternate-script';
import type { Draft } from './bib-facts';
import { languageOf } from './languages';
import type { MarcRecord } from './record';
import { controlValue, fieldsOf, subfield, subfieldsOf } from './record';
import { trimIsbd } from './trim-isbd';
import { yearIn, yearOf } from './year';

/** Reads a record of MARC21 (Library of Congress, MARC 21 Format for Bibliographic Data). */
export function readMarc21(given: MarcRecord): Draft {
  const record = inOriginalScript(given);
  const fixed = controlValue(record, '008') ?? '';
  const title = fieldsOf(record, '245')[0] ?? fieldsOf(record, '130', '240', '246')[0];
  const parts = title ? subfieldsOf(title, 'anp').map(trimIsbd).filter(Boolean) : [];
  const subtitle = title && trimIsbd(subfieldsOf(title, 'b').join(' '));
  const imprint = [...fieldsOf(record, '260'), ...fieldsOf(record, '264').filter(({ ind2 }) => ind2 === '1')];
  const firstOf = (code: string): string | undefined =>
    imprint.map((field) => subfield(field, code)).find((value) => value !== undefined);
  const edition = fieldsOf(record, '250')[0];
  const dated = fixed[6] !== undefined && 'bcdeikmpqrstu'.includes(fixed[6]);
  return {
    title: parts.join('. '),
    subtitle: subtitle === '' ? undefined : subtitle,
    authors: authorsOf(record),
    responsibility: title && subfield(title, 'c'),
    publisher: firstOf('b'),
    year: (dated ? yearOf(fixed.slice(7, 11)) : undefined) ?? yearIn(firstOf('c')),
    isbns: fieldsOf(record, '020').flatMap((field) => isbnsOf(subfieldsOf(field, 'a'))),
    language:
      languageOf(fixed.slice(35, 38)) ??
      fieldsOf(record, '041').map((field) => languageOf(subfield(field, 'a')?.slice(0, 3)))[0],
    subjects: fieldsOf(record, '600', '610', '611', '630', '650', '651', '653').flatMap((field) =>
      field.tag === '653'
        ? subfieldsOf(field, 'a').map(trimIsbd)
        : [subfieldsOf(field, 'avxyz').map(trimIsbd).join('-')],
    ),
    edition: edition && subfieldsOf(edition, 'ab').join(' '),
  };
}

/** Persons and bodies, the main entry first; a field with $t names another work, not an author of this one. */
function authorsOf(record: MarcRecord): string[] {
  return [...fieldsOf(record, '100', '110', '111'), ...fieldsOf(record, '700', '710', '711')]
    .filter((field) => subfield(field, 't') === undefined)
    .map((field) => trimIsbd(subfieldsOf(field, field.tag.endsWith('00') ? 'ab' : 'a').join(' ')));
}

/** `7-5037-1744-0 (pbk.) :` says an ISBN first; a price or a binding may follow in the same subfield. */
export function isbnsOf(values: readonly string[]): string[] {
  return values.flatMap((value) => {
    const run = /^[\s"(]*(?:ISBN[\s:：]*)?([\dxX\-‐–\s]{10,30})/i.exec(value)?.[1];
    const words = run?.trim().split(/\s+/) ?? [];
    // Blanks may part the groups of a number, or a price from it: the longest that is one.
    for (let count = words.length; count > 0; count--) {
      const isbn13 = parseIsbn(words.slice(0, count).join(''))?.isbn13;
      if (isbn13 !== undefined) return [isbn13];
    }
    return [];
  });
}
