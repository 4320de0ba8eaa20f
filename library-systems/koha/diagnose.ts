import type { Finding } from '../connected-system';
import type { HttpClient } from '../http/http-client';
import { LibraryFault } from '../library-fault';
import type { Koha } from './connection';
import { textOf } from './read-xml';
import type { Rest } from './rest/rest-client';

/** Nobody's card number; LookupPatron changes nothing. */
const NOBODY = 'shutong-library-check';
/** Clocks that differ by more make loans look overdue that are not. */
const MAX_SKEW_MS = 120_000;

/** Looks at ILS-DI, the REST interface and the clock. Changes nothing, never throws. */
export async function diagnose(koha: Koha, http: HttpClient): Promise<Finding[]> {
  const findings = [await lookAtIlsDi(koha)];
  // Where nothing answers, the rest would say the same again.
  if (findings[0]?.topic !== 'connection' && findings[0]?.topic !== 'tls') {
    findings.push(...(await lookAtClock(koha, http)));
  }
  if (koha.rest) findings.push(...(await lookAtRest(koha.rest)));
  return findings;
}

async function lookAtIlsDi({ ask, config }: Koha): Promise<Finding> {
  try {
    const answer = await ask('LookupPatron', { id: NOBODY, id_type: 'cardnumber' });
    if (textOf(answer, 'message') !== 'PatronNotFound' && textOf(answer, 'id') === undefined) {
      return finding('protocol', 'error', 'ILS-DI answers, but not as LookupPatron does');
    }
    return finding('protocol', 'ok', 'ILS-DI answers and admits this machine');
  } catch (error) {
    const fault = describe(error);
    if (fault.level === 'error' && isForbidden(error) && config.ilsDiMethod === 'POST') {
      return {
        ...fault,
        text:
          `${fault.text}. Koha refuses when the system preference ILS-DI is off or ILS-DI:AuthorizedIPs does not ` +
          'list this machine; a web server or an early Koha 24.05 may refuse POST itself, for which there is ' +
          '"ilsDiMethod": "GET", with PINs in its access log then',
      };
    }
    if (error instanceof LibraryFault && / status 404$/.test(error.message)) {
      return { ...fault, topic: 'configuration', text: `${fault.text}. Check baseUrl and ilsDiPath` };
    }
    return fault;
  }
}

/** The server's clock by its header Date; Koha's times bear no zone, so only a person can compare those. */
async function lookAtClock({ clock, config }: Koha, http: HttpClient): Promise<Finding[]> {
  try {
    const { headers } = await http.send({ path: config.ilsDiPath, kind: 'read' });
    const told = headers.date === undefined ? Number.NaN : Date.parse(headers.date);
    const skew = told - clock.now();
    const zone = `times of Koha are taken for times of ${config.timeZone}: compare one due time with the OPAC`;
    if (Number.isNaN(skew)) return [finding('timeZone', 'warning', `The server tells no time; ${zone}`)];
    if (Math.abs(skew) > MAX_SKEW_MS) {
      const seconds = Math.round(skew / 1000);
      return [finding('timeZone', 'warning', `The server's clock is ${seconds} s from ours; ${zone}`)];
    }
    return [finding('timeZone', 'ok', `The clocks agree; ${zone}`)];
  } catch (error) {
    return [describe(error)];
  }
}

async function lookAtRest(rest: Rest): Promise<Finding[]> {
  const asked: [string, { path: string; query?: Record<string, string | number> }, number[]][] = [
    ['libraries', { path: '/libraries', query: { _per_page: 1 } }, [200]],
    // 404, here and below: there is no such record, and we were allowed to ask.
    ['accounts', { path: '/patrons/0/account' }, [200, 404]],
  ];
  if (rest.config.catalog) {
    asked.push(['catalogue', { path: '/biblios', query: { _per_page: 1, q: '{"biblio_id":0}' } }, [200]]);
  }
  if (rest.config.renewability || rest.config.history) {
    asked.push(['loans', { path: '/checkouts/0/allows_renewal' }, [200, 404]]);
  }
  const findings: Finding[] = [];
  for (const [what, request, accepted] of asked) {
    try {
      await rest.get(request, accepted);
      findings.push(finding('protocol', 'ok', `REST answers: ${what}`));
    } catch (error) {
      const fault = describe(error);
      findings.push({ ...fault, text: `REST, ${what}: ${fault.text}${advice(error)}` });
      // What follows would say the same again.
      if (fault.topic === 'connection' || fault.topic === 'tls' || isOfAll(error, what)) break;
    }
  }
  return findings;
}

const isForbidden = (error: unknown): boolean => error instanceof LibraryFault && error.code === 'REJECTED';

/** Wrong credentials, or a wrong path to all of REST; a permission (403) may be missing for one thing only. */
function isOfAll(error: unknown, what: string): boolean {
  if (!(error instanceof LibraryFault)) return false;
  return /\(401\)|\/oauth\/token/.test(error.message) || (what === 'libraries' && error.reason === 'path');
}

function advice(error: unknown): string {
  if (!(error instanceof LibraryFault)) return '';
  if (error.code === 'REJECTED') {
    return '. Check the variables of rest.auth, the system preference RESTBasicAuth or RESTOAuth2ClientCredentials, and the permissions of the service account';
  }
  if (error.reason === 'path')
    return '. Check rest.path and rest.baseUrl, and whether this Koha is new enough';
  return '';
}

const finding = (topic: Finding['topic'], level: Finding['level'], text: string): Finding => ({
  topic,
  level,
  text,
});

const TOPICS: Partial<Record<NonNullable<LibraryFault['reason']>, Finding['topic']>> = {
  host: 'connection',
  refused: 'connection',
  tls: 'tls',
  credentials: 'credentials',
  charset: 'charset',
  path: 'configuration',
  protocol: 'protocol',
};

const SETTINGS: Partial<Record<Finding['topic'], string>> = {
  connection: ': check the host and the port in baseUrl (of REST: rest.baseUrl), and the firewall',
  tls: ': check https:// or http:// in baseUrl (of REST: rest.baseUrl), the certificate there, and caFile',
};

function describe(error: unknown): Finding {
  if (!(error instanceof LibraryFault)) return finding('protocol', 'error', 'The answer could not be judged');
  const topic = (error.reason && TOPICS[error.reason]) ?? 'connection';
  return finding(topic, 'error', error.message + (SETTINGS[topic] ?? ''));
}
