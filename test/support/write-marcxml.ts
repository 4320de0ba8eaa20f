import type { MarcRecord } from '../../library-systems/marc';
import { marcLanguageOf } from '../../library-systems/marc';
import type { SeedBook } from './seed-books';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
export const escapeXml = (text: string): string => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign]!);

/** Writes a record in MARCXML 1.1. */
export function writeMarcXml({ leader, control, data }: Omit<MarcRecord, 'problems'>): string {
  const controls = control.map(
    ({ tag, value }) => `<controlfield tag="${tag}">${escapeXml(value)}</controlfield>`,
  );
  const fields = data.map(
    ({ tag, ind1, ind2, subfields }) =>
      `<datafield tag="${tag}" ind1="${ind1}" ind2="${ind2}">${subfields
        .map(({ code, value }) => `<subfield code="${code}">${escapeXml(value)}</subfield>`)
        .join('')}</datafield>`,
  );
  return `<record xmlns="http://www.loc.gov/MARC21/slim"><leader>${leader}</leader>${controls.join('')}${fields.join('')}</record>`;
}

export const collectionOf = (records: readonly string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<collection xmlns="http://www.loc.gov/MARC21/slim">\n${records.join('\n')}\n</collection>\n`;

/**
 * A title of the demo library as Koha would hold it: MARC21 with a 952 for each copy.
 * @param due date on which a copy is due back, by its barcode
 */
export function marcOf(
  book: SeedBook,
  due: (barcode: string) => string | undefined = () => undefined,
): MarcRecord {
  const language = marcLanguageOf(book.language) ?? 'und';
  const field = (tag: string, ind: string, ...subfields: [string, string | undefined][]) => ({
    tag,
    ind1: ind[0]!,
    ind2: ind[1]!,
    subfields: subfields.flatMap(([code, value]) => (value === undefined ? [] : [{ code, value }])),
  });
  return {
    leader: '00000nam a2200000 a 4500',
    control: [
      { tag: '001', value: book.bibId },
      {
        tag: '008',
        value: `260901s${String(book.year ?? '    ')}    cc            000 0 ${language} d`,
      },
    ],
    data: [
      field('020', '  ', ['a', book.isbn13]),
      field('100', '1 ', ['a', book.author]),
      field(
        '245',
        '10',
        ['a', book.subtitle === undefined ? book.title : `${book.title} :`],
        ['b', book.subtitle],
      ),
      field('260', '  ', ['b', book.publisher ?? '']),
      ...book.subjects.map((subject) => field('650', ' 7', ['a', subject])),
      ...book.items.map(([barcode, branch, room, acquired]) =>
        field(
          '952',
          '  ',
          ['a', branch],
          ['b', branch],
          ['c', room],
          ['d', acquired],
          ['o', book.callNumber],
          ['p', barcode],
          ['q', due(barcode)],
          ['9', barcode],
        ),
      ),
    ],
    problems: [],
  };
}
