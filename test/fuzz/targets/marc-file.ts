import { describeBib, describeItems, KOHA_952, readMarcFile } from '../../../library-systems/marc';

export const name = 'marc-file';

/** A file of ISO 2709: bad records are entries, nothing is thrown. */
export function run(bytes: Uint8Array): void {
  for (const charset of [undefined, 'utf-8', 'gb18030', 'marc-8'] as const) {
    for (const entry of readMarcFile(bytes, charset === undefined ? {} : { charset })) {
      if (!('record' in entry)) continue;
      describeBib(entry.record, { format: 'marc21' });
      describeBib(entry.record, { format: 'unimarc' });
      describeItems(entry.record, KOHA_952);
    }
  }
}
