import type { Finding } from '../connected-system';
import type { HttpClient } from '../http/http-client';
import { LibraryFault } from '../library-fault';
import type { FaultReason } from '../library-fault';
import { decodePage } from './decode-page';
import type { Charset } from './decode-page';
import { parsePage, titleOf } from './parse-page';

const TOPICS: Record<FaultReason, Finding['topic']> = {
  host: 'connection',
  refused: 'connection',
  tls: 'tls',
  credentials: 'credentials',
  charset: 'charset',
  institution: 'institution',
  path: 'configuration',
  protocol: 'protocol',
};
const HINTS: Record<FaultReason, string> = {
  host: 'the name in baseUrl is not known to this machine; check it and the DNS',
  refused: 'nothing listens there; check host and port in baseUrl, and the firewall',
  tls: 'the certificate is not trusted; set caFile to the authority that signed it, or check the host name',
  credentials: 'the site refuses us',
  charset: 'set charset to what the site uses (utf-8 or gb18030)',
  institution: 'check the institution that is configured',
  path: 'check the path in baseUrl',
  protocol: 'this may be another product, or another version of it',
};

/** More than this and "overdue" and "session ended" are told wrongly. */
const MAX_SKEW_MS = 5 * 60_000;

/** What a fault tells whoever connects the site. */
export function findingOf(fault: LibraryFault): Finding {
  const { reason, message } = fault;
  const hint = reason === undefined ? '' : `: ${HINTS[reason]}`;
  return {
    topic: reason === undefined ? 'connection' : TOPICS[reason],
    level: 'error',
    text: message + hint,
  };
}

/** Runs one part of a diagnosis; what goes wrong becomes a finding. */
async function examine(part: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await part();
  } catch (error) {
    if (error instanceof LibraryFault) return [findingOf(error)];
    return [{ topic: 'protocol', level: 'error', text: 'The answer could not be read' }];
  }
}

export interface Site {
  http: HttpClient;
  clock: { now(): number };
  charset: Charset;
  /** What is asked for. */
  path: string;
  /** What the product is called, and how its pages show it. */
  product: string;
  marks: RegExp;
  /** Finds the version in the page, if it stands there. */
  version?: RegExp;
}

/** Looks at the first page: whether it is there, of which product, in which character set, at what time. */
async function lookAtSite(site: Site): Promise<Finding[]> {
  const { http, clock, charset, path, product, marks, version } = site;
  const { status, headers, body } = await http.send({ path, kind: 'read' });
  const findings: Finding[] = [
    { topic: 'connection', level: 'ok', text: `The site answers (HTTP ${status})` },
    ...checkClock(headers.date, clock.now()),
  ];
  if (status >= 400) {
    const text = `${path} answers with HTTP ${status}: check the path in baseUrl`;
    return [...findings, { topic: 'configuration', level: 'error', text }];
  }
  const page = decodePage(body, charset);
  const title = titleOf(parsePage(page));
  if (!marks.test(page)) {
    const text = `The page ("${title.slice(0, 60)}") shows no sign of ${product}: check host, port and path in baseUrl`;
    return [...findings, { topic: 'protocol', level: 'warning', text }];
  }
  const [, found] = version?.exec(page) ?? [];
  const told = found === undefined ? '' : `, version ${found}`;
  return [...findings, { topic: 'protocol', level: 'ok', text: `The page is one of ${product}${told}` }];
}

function checkClock(date: string | undefined, now: number): Finding[] {
  const theirs = Date.parse(date ?? '');
  if (Number.isNaN(theirs) || Math.abs(theirs - now) <= MAX_SKEW_MS) return [];
  const minutes = Math.round((theirs - now) / 60_000);
  const text = `The site's clock differs from ours by ${minutes} minutes: set both by NTP`;
  return [{ topic: 'timeZone', level: 'warning', text }];
}

/** Looks at the first page, and further only where somebody answers. */
export async function diagnoseSite(
  site: Site,
  ...parts: readonly (() => Promise<Finding[]>)[]
): Promise<Finding[]> {
  const look = await examine(() => lookAtSite(site));
  const unreachable = look.some(
    ({ topic, level }) => level === 'error' && (topic === 'connection' || topic === 'tls'),
  );
  if (unreachable) return look;
  const findings = [...look];
  // One after the other: a site may take it ill to be asked much at once.
  for (const part of parts) findings.push(...(await examine(part)));
  return findings;
}
