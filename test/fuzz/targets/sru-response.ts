import { LibraryFault } from '../../../library-systems/library-fault';
import { MarcError } from '../../../library-systems/marc';
import { readExplain } from '../../../library-systems/sru/read-explain';
import { readResponse } from '../../../library-systems/sru/read-response';

export const name = 'sru-response';

/** An answer of SRU in any bytes, as it comes and within the envelope. */
export function run(bytes: Uint8Array): void {
  const text = Buffer.from(bytes).toString('utf8');
  const envelopes = [
    text,
    `<searchRetrieveResponse>${text}</searchRetrieveResponse>`,
    `<searchRetrieveResponse><records><record><recordPacking>string</recordPacking><recordData>${text}</recordData></record></records></searchRetrieveResponse>`,
    `<explainResponse>${text}</explainResponse>`,
  ];
  for (const xml of envelopes) {
    for (const read of [readResponse, readExplain]) {
      try {
        read(xml);
      } catch (error) {
        if (!(error instanceof MarcError) && !(error instanceof LibraryFault)) throw error;
      }
    }
  }
}
