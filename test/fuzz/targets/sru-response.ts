import { readFileSync } from 'node:fs';
import path from 'node:path';
import { LibraryFault } from '../../../library-systems/library-fault';
import { MarcError } from '../../../library-systems/marc';
import { readExplain } from '../../../library-systems/sru/read-explain';
import { readResponse } from '../../../library-systems/sru/read-response';

const recorded = (number: string): Buffer =>
  readFileSync(path.join(__dirname, '../../fixtures/sru/zebra', `${number}.response.xml`));

/** What an SRU server could say: an answer, or a fault. */
export const sruResponse = {
  name: 'sru-response',
  corpus: [
    ...['0004', '0009', '0091', '0092'].map(recorded).filter(({ length }) => length < 4_000),
    Buffer.from(
      '<searchRetrieveResponse><numberOfRecords>1</numberOfRecords><records><record><recordPacking>string</recordPacking><recordData>&lt;record&gt;&lt;leader&gt;x&lt;/leader&gt;&lt;/record&gt;</recordData></record></records></searchRetrieveResponse>',
    ),
    Buffer.from(
      '<explainResponse><record><recordData><explain><serverInfo><database>d</database></serverInfo><indexInfo><index><map><name set="dc">title</name></map></index></indexInfo><schemaInfo><schema name="marcxml"/></schemaInfo></explain></recordData></record></explainResponse>',
    ),
  ],
  maxBytes: 4_000,
  feed: (input: Buffer): void => {
    const text = input.toString('utf8');
    for (const read of [readResponse, readExplain]) {
      try {
        read(text);
      } catch (error) {
        if (!(error instanceof MarcError) && !(error instanceof LibraryFault)) throw error;
      }
    }
  },
};
