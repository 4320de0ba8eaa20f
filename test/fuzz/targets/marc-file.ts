import iconv from 'iconv-lite';
import { KOHA_952, describeBib, describeItems, readMarcFile } from '../../../library-systems/marc';
import { seedBooks } from '../../support/seed-books';
import { writeIso2709 } from '../../support/write-iso2709';
import { marcOf } from '../../support/write-marcxml';

const CHARSETS = [undefined, 'utf-8', 'gb18030', 'big5', 'marc-8', 'latin1'] as const;
const MARC8 =
  '00099cam  2200049   45000010003000002450025000038800019000281\x1e1 \x1faF\xe2elice\x1fb\x1b$1!0!!0"\x1b(B\x1e10\x1f6245-01\x1fa\x1b(NrUS\x1e\x1d';

/** A file of ISO 2709 in any character set: records and errors come out of it, and nothing is thrown. */
export const marcFile = {
  name: 'marc-file',
  corpus: [
    ...seedBooks(4).flatMap((book) => [
      writeIso2709(marcOf({ ...book, items: book.items.slice(0, 1) })),
      writeIso2709(marcOf({ ...book, items: [] }), (text) => iconv.encode(text, 'gb18030')),
    ]),
    Buffer.from(MARC8, 'latin1'),
  ],
  maxBytes: 1_000,
  feed: (input: Buffer): void => {
    const charset = CHARSETS[input.length % CHARSETS.length];
    for (const entry of readMarcFile(input, charset === undefined ? {} : { charset })) {
      if (!('record' in entry)) continue;
      describeBib(entry.record, { format: input.length % 2 === 0 ? 'marc21' : 'unimarc' });
      describeItems(entry.record, KOHA_952);
    }
  },
};
