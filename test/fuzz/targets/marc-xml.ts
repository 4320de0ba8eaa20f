import { describeBib, describeItems, KOHA_952, MarcError, readMarcXml } from '../../../library-systems/marc';

export const name = 'marc-xml';

/** MARCXML in any bytes, as it comes and within a record, so that more than the first tag is reached. */
export function run(bytes: Uint8Array): void {
  const text = Buffer.from(bytes).toString('utf8');
  const field = `<datafield tag="245" ind1="1" ind2="0"><subfield code="a">${text}</subfield></datafield>`;
  for (const xml of [bytes, `<record>${text}</record>`, `<record><leader>x</leader>${field}</record>`]) {
    try {
      for (const record of readMarcXml(xml)) {
        describeBib(record, { format: 'marc21' });
        describeBib(record, { format: 'unimarc' });
        describeItems(record, KOHA_952);
      }
    } catch (error) {
      if (!(error instanceof MarcError)) throw error;
    }
  }
}
