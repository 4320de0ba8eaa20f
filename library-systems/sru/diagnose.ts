import type { Finding } from '../connected-system';
import { LibraryFault } from '../library-fault';
import type { FaultReason } from '../library-fault';
import { write } from './ask';
import type { SruConfig } from './config';
import type { SruConnection } from './connection';
import { SruDiagnostic, UNSUPPORTED_INDEX } from './diagnostics';
import { lookAtRecord } from './look-at-record';
import { is } from './query';
import type { Query } from './query';

/** Words that some record of every collection has; a search by one of them shows a record to look at. */
const COMMON_WORDS = ['中国', '研究', '文学', 'china', 'history', 'the'];

/** Looks at the server and at what is configured for it. Changes nothing and never throws. */
export async function diagnose(config: SruConfig, connection: SruConnection): Promise<Finding[]> {
  const findings: Finding[] = [];
  try {
    for (const look of [lookAtServer, lookAtIndexes, lookAtOrders, lookAtSomeRecord]) {
      findings.push(...(await look(config, connection)));
    }
  } catch (error) {
    findings.push(error instanceof SruDiagnostic ? ofDiagnostic(error, config) : findingOf(error, config));
  }
  return findings;
}

const SETTINGS: Record<FaultReason, { topic: Finding['topic']; advice: string }> = {
  host: { topic: 'connection', advice: 'set the name of the host in url' },
  refused: {
    topic: 'connection',
    advice: 'set host and port in url, and let the gateway through the firewall',
  },
  tls: { topic: 'tls', advice: 'set caFile to the authority of the certificate, or http:// in url' },
  credentials: { topic: 'credentials', advice: 'let the server admit the address of the gateway' },
  charset: { topic: 'charset', advice: 'set charset to the one in which the server really writes' },
  institution: { topic: 'institution', advice: 'set the database in url' },
  path: { topic: 'configuration', advice: 'set the path of the database in url' },
  protocol: { topic: 'protocol', advice: 'set url to the address of SRU, not of the web catalogue' },
};

const NO_REASON = {
  topic: 'connection',
  advice:
    'see whether url begins with the right one of http:// and https://, and whether the server runs and is not overloaded',
} as const;

function findingOf(error: unknown, config: SruConfig): Finding {
  if (!(error instanceof LibraryFault)) {
    return { topic: 'protocol', level: 'error', text: 'The answer broke the reader of it: report this' };
  }
  const { topic, advice } = error.reason ? SETTINGS[error.reason] : NO_REASON;
  const host = new URL(config.url).host;
  return { topic, level: 'error', text: `${error.message} (${host}): ${advice}` };
}

/** Explain is asked first; servers without one are still to answer a search. */
async function lookAtServer(config: SruConfig, connection: SruConnection): Promise<Finding[]> {
  const findings: Finding[] = [];
  try {
    const { schemas } = await connection.explain();
    findings.push({ topic: 'connection', level: 'ok', text: 'The SRU server answers' });
    if (schemas.length > 0 && !schemas.includes(config.recordSchema)) {
      findings.push({
        topic: 'configuration',
        level: 'warning',
        text: `The server does not name the schema ${config.recordSchema}; set recordSchema to one of: ${schemas.join(', ')}`,
      });
    }
  } catch (error) {
    if (!(error instanceof SruDiagnostic)) throw error;
  }
  return findings;
}

async function count(
  config: SruConfig,
  connection: SruConnection,
  query: Query,
  order?: 'newest' | 'acquired',
) {
  return await connection.retrieve({ ...write(config, query, order), startRecord: 1, maximumRecords: 1 });
}

async function lookAtIndexes(config: SruConfig, connection: SruConnection): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [name, index] of Object.entries(config.queries.indexes)) {
    if (index === undefined) continue;
    try {
      const query: Query =
        name === 'year' ? { kind: 'term', index, relation: '>=', term: '2000' } : is(index, '2000');
      await count(config, connection, query);
    } catch (error) {
      if (!(error instanceof SruDiagnostic) || !UNSUPPORTED_INDEX.has(error.diagnostic ?? 0)) throw error;
      findings.push({
        topic: 'configuration',
        level: 'error',
        text: `The server has no index ${index}: set queries.indexes.${name} to one that it has, or leave it out`,
      });
    }
  }
  return findings;
}

/** A search that failed although its index is known: what else the request names. */
function ofDiagnostic(error: SruDiagnostic, config: SruConfig): Finding {
  const advice: Record<number, string> = {
    5: `set version to the other than ${config.version}`,
    66: `set recordSchema to one that the server has, it is ${config.recordSchema} now`,
    235: 'set the database in url',
  };
  const topic = error.diagnostic === 66 || error.diagnostic === 235 ? 'configuration' : 'protocol';
  const text = advice[error.diagnostic ?? 0] ?? 'ask who runs the server what it means';
  return { topic, level: 'error', text: `${error.message}: ${text}` };
}

async function lookAtOrders(config: SruConfig, connection: SruConnection): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const order of ['newest', 'acquired'] as const) {
    if (config.queries.sort[order] === undefined) continue;
    const query: Query =
      order === 'acquired' ? { kind: 'all' } : is(config.queries.indexes.any, COMMON_WORDS[0]!);
    try {
      await count(config, connection, query, order);
    } catch (error) {
      if (!(error instanceof SruDiagnostic)) throw error;
      findings.push({
        topic: 'configuration',
        level: 'error',
        text: `${error.message}: the server cannot sort like this, set queries.sort.${order} in its way or leave it out`,
      });
    }
  }
  return findings;
}

async function lookAtSomeRecord(config: SruConfig, connection: SruConnection): Promise<Finding[]> {
  for (const word of COMMON_WORDS) {
    const { total, records } = await count(config, connection, is(config.queries.indexes.any, word));
    if (total > 0) return lookAtRecord(config, records[0]?.marc);
  }
  return [
    {
      topic: 'charset',
      level: 'warning',
      text: `No record was found by ${COMMON_WORDS.join(', ')}: the database is empty, or the server takes no UTF-8`,
    },
  ];
}
