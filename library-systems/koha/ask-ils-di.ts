import type { HttpClient } from '../http/http-client';
import { requireStatus } from '../http/require-status';
import { LibraryFault } from '../library-fault';
import type { KohaConfig } from './config';
import { readAnswer, textOf } from './read-xml';
import type { XmlNode } from './read-xml';

/** The services of `C4::ILSDI::Services` that are used here, and whether each changes something. */
const SERVICES = {
  LookupPatron: 'read',
  // Not to be repeated: a wrong PIN is counted each time.
  AuthenticatePatron: 'write',
  GetPatronInfo: 'read',
  GetAvailability: 'read',
  GetRecords: 'read',
  RenewLoan: 'write',
  HoldTitle: 'write',
  HoldItem: 'write',
  CancelHold: 'write',
} as const;
export type Service = keyof typeof SERVICES;

/** Asks a service; the answer is the content of its root element. @throws {LibraryFault} */
export type AskIlsDi = (service: Service, parameters: Record<string, string>) => Promise<XmlNode>;

/** What ilsdi.pl says of a request that it never handed to a service. */
const UNHEARD = /^(MissingParameter|IllegalParameter|MultipleValuesNotAllowed)$/;

/**
 * ILS-DI of Koha (opac/ilsdi.pl). All parameters go into the body of a POST:
 * CGI.pm reads them there as well, and PINs stay out of access logs. An
 * unforeseen parameter is an error there, so only what a service knows is sent.
 */
export function connectIlsDi(http: HttpClient, config: KohaConfig): AskIlsDi {
  const { ilsDiPath: path, ilsDiMethod } = config;
  return async (service, parameters) => {
    const kind = SERVICES[service];
    const peer = `ILS-DI ${service}`;
    const all = { service, ...parameters };
    const answer = await http.send(
      ilsDiMethod === 'GET'
        ? { path, query: all, kind }
        : {
            method: 'POST',
            path,
            headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
            body: new URLSearchParams(all).toString(),
            kind,
          },
    );
    requireStatus(answer, { accepted: [200], peer, kind });
    // GetAvailability writes its own XML, but a refusal of ilsdi.pl itself stands in an element of its name.
    const roots = service === 'GetAvailability' ? ['collection', service] : [service];
    const content = readAnswer(answer.body, roots, peer);
    const code = textOf(content, 'code');
    const message = textOf(content, 'message');
    if (code === 'NotAllowed') {
      throw new LibraryFault('REJECTED', `${peer} is not allowed: ${whyNotAllowed(message)}`, {
        reason: 'credentials',
      });
    }
    if (message === 'NotSupported' || (code !== undefined && UNHEARD.test(code))) {
      throw new LibraryFault('REJECTED', `${peer} is not understood by this Koha (${code ?? message})`, {
        reason: 'protocol',
      });
    }
    return content;
  };
}

/** The message names the address from which we come; it is told without it. */
const whyNotAllowed = (message = ''): string =>
  /disabled/i.test(message)
    ? 'the system preference ILS-DI is off'
    : 'the system preference ILS-DI:AuthorizedIPs does not list the address of this machine';
