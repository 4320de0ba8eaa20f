import { KOHA_952, MarcError, describeBib, describeItems, readMarcXml } from '../../../library-systems/marc';
import { seedBooks } from '../../support/seed-books';
import { marcOf, writeMarcXml } from '../../support/write-marcxml';

/** MARCXML in any bytes: records, or a `MarcError`. */
export const marcXml = {
  name: 'marc-xml',
  corpus: [
    ...seedBooks(4).map((book) =>
      Buffer.from(writeMarcXml(marcOf({ ...book, items: book.items.slice(0, 1) }))),
    ),
    Buffer.from('<!DOCTYPE r [<!ENTITY a "b">]><r>&a;&#x41;<![CDATA[x]]></r>'),
  ],
  maxBytes: 2_000,
  feed: (input: Buffer): void => {
    try {
      for (const record of readMarcXml(input)) {
        describeBib(record, { format: input.length % 2 === 0 ? 'marc21' : 'unimarc' });
        describeItems(record, KOHA_952);
      }
    } catch (error) {
      if (!(error instanceof MarcError)) throw error;
    }
  },
};
