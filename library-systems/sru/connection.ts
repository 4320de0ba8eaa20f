import { ConfigurationError } from '../configuration-error';
import { openHttp } from '../http/http-client';
import type { HttpAnswer } from '../http/http-client';
import { LibraryFault } from '../library-fault';
import { MarcError, decodeXml } from '../marc';
import type { SruConfig } from './config';
import { SruDiagnostic, diagnosticNumber, meansNothing } from './diagnostics';
import { readExplain } from './read-explain';
import type { Explanation } from './read-explain';
import { readResponse } from './read-response';
import type { SruRecord } from './read-response';

/** Fifty records with hundreds of copies each stay below, in bytes. */
const MAX_ANSWER = 16 * 1024 * 1024;

export interface Retrieval {
  /** A query in the language that `parameter` names. */
  parameter: 'query' | 'x-pquery';
  query: string;
  sortKeys?: string | undefined;
  /** Counts from 1. */
  startRecord: number;
  maximumRecords: number;
}

export interface Found {
  total: number;
  records: SruRecord[];
}

export interface SruConnection {
  /** @throws {LibraryFault} */
  retrieve(what: Retrieval): Promise<Found>;
  /** What the server says of itself. @throws {LibraryFault} */
  explain(): Promise<Explanation>;
  close(): void;
}

/** @throws {ConfigurationError} */
export function openConnection(config: SruConfig): SruConnection {
  const url = new URL(config.url);
  if (url.search !== '' || url.hash !== '') {
    throw new ConfigurationError('url of sru: must end with the database, without a query or a fragment');
  }
  const path = url.pathname;
  url.pathname = '/';
  const http = openHttp({
    baseUrl: url.href,
    timeoutMs: config.timeoutMs,
    maxConnections: config.maxConnections,
    maxAnswerBytes: MAX_ANSWER,
    ...(config.caFile !== undefined && { caFile: config.caFile }),
  });

  const ask = async (query: Record<string, string | number | undefined>): Promise<string> => {
    const answer = await http.send({
      path,
      query: { version: config.version, ...query },
      headers: { accept: 'application/xml, text/xml;q=0.9' },
      kind: 'read',
    });
    checkStatus(answer);
    return textOf(answer, config.charset);
  };

  return {
    async retrieve({ parameter, query, sortKeys, startRecord, maximumRecords }) {
      const text = await ask({
        operation: 'searchRetrieve',
        [parameter]: query,
        sortKeys,
        startRecord,
        maximumRecords,
        recordSchema: config.recordSchema,
        recordPacking: 'xml',
      });
      return foundIn(text, startRecord);
    },
    explain: async () => legible(await ask({ operation: 'explain' }), readExplain),
    close: () => http.close(),
  };
}

function foundIn(text: string, startRecord: number): Found {
  const { operation, numberOfRecords, nextRecordPosition, records, diagnostics } = legible(
    text,
    readResponse,
  );
  const numbers = diagnostics.map(diagnosticNumber);
  const serious = numbers.findIndex((number) => !meansNothing(number));
  if (serious >= 0) throw new SruDiagnostic(numbers[serious]);
  if (numbers.length > 0) return { total: numberOfRecords ?? 0, records: [] };
  // A server that does not count may still say that this was all.
  const counted = numberOfRecords !== undefined || (records.length > 0 && !nextRecordPosition);
  if (operation !== 'searchRetrieve' || !counted) {
    throw new LibraryFault('GARBLED', 'The SRU server neither counted what it found nor said what is wrong', {
      reason: 'protocol',
    });
  }
  return { total: numberOfRecords ?? startRecord - 1 + records.length, records };
}

function checkStatus({ status, headers }: HttpAnswer): void {
  if (status >= 200 && status < 300) return;
  if (status === 401 || status === 403) {
    throw new LibraryFault('REJECTED', `The SRU server refuses us (HTTP ${status})`, {
      reason: 'credentials',
    });
  }
  if (status >= 300 && status < 400) {
    const elsewhere = headers.location === undefined ? 'elsewhere' : 'to another address';
    throw new LibraryFault('REJECTED', `The SRU server sends us ${elsewhere} (HTTP ${status})`, {
      reason: 'path',
    });
  }
  if (status === 404 || status === 410) {
    throw new LibraryFault('REJECTED', `There is no SRU database at this path (HTTP ${status})`, {
      reason: 'path',
    });
  }
  if (status >= 502 && status <= 504) {
    throw new LibraryFault(
      'UNREACHABLE',
      `What stands before the SRU server cannot reach it (HTTP ${status})`,
    );
  }
  throw new LibraryFault('GARBLED', `The SRU server answered with HTTP ${status}`, { reason: 'protocol' });
}

function textOf({ body, headers }: HttpAnswer, charset: string | undefined): string {
  return legible(body, (bytes) =>
    decodeXml(bytes, { configured: charset, contentType: headers['content-type'] }),
  );
}

/** Reads an answer; what is wrong with it is a fault of the peer. */
function legible<A, B>(answer: A, read: (answer: A) => B): B {
  try {
    return read(answer);
  } catch (error) {
    if (!(error instanceof MarcError)) throw error;
    throw new LibraryFault('GARBLED', `The SRU server's answer cannot be read: ${error.message}`, {
      cause: error,
      reason: error.code === 'CHARSET' ? 'charset' : 'protocol',
    });
  }
}
