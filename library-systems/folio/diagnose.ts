import type { Finding } from '../connected-system';
import { LibraryFault } from '../library-fault';
import type { Folio } from './connection';
import type { Edge } from './edge';
import { readCircumstances } from './read-circumstances';

/** Looks at OKAPI, what the service account may ask, edge-patron and the clock. Changes nothing, never throws. */
export async function diagnose(folio: Folio, edge: Edge | undefined): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const look of readCircumstances(folio, edge)) {
    try {
      findings.push((await look.ask()) ?? { topic: look.topic, level: 'ok', text: look.ok });
    } catch (error) {
      findings.push(describe(error, look.what, look.advice));
      // Where nothing answers, or nobody is admitted, what follows would say the same again.
      if (look.first) break;
    }
  }
  return findings;
}

const TOPICS: Partial<Record<NonNullable<LibraryFault['reason']>, Finding['topic']>> = {
  tls: 'tls',
  credentials: 'credentials',
  charset: 'charset',
  path: 'configuration',
  protocol: 'protocol',
};

function describe(error: unknown, what: string, advice: string): Finding {
  if (!(error instanceof LibraryFault)) {
    return { topic: 'protocol', level: 'error', text: `${what}: the answer could not be judged` };
  }
  const topic = (error.reason && TOPICS[error.reason]) ?? 'connection';
  const url = what === 'edge-patron' ? 'edgePatron.baseUrl' : 'okapi.baseUrl';
  const hints: Partial<Record<Finding['topic'], string>> = {
    connection: `. Check the host and the port in ${url}, and the firewall`,
    tls: `. Check https:// or http:// in ${url}, the certificate there, and caFile`,
    configuration: `. ${advice}`,
  };
  const hint = error.code === 'REJECTED' ? `. ${advice}` : (hints[topic] ?? '');
  return { topic, level: 'error', text: `${what}: ${error.message}${hint}` };
}
