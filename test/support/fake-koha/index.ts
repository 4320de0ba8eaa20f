import http from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { answerIlsDi } from './ils-di';
import type { IlsDiSettings } from './ils-di';
import { FakeRest } from './rest';
import { KohaState } from './state';

export { ACCOUNT, CLIENT } from './rest';
export { LIBRARIES, NOW } from './state';

/** What goes wrong: with the answer to a service, after it was carried out, or instead of all answers. */
export interface KohaFaults {
  /** Carries the service out and cuts the connection. */
  dropAfter?: string;
  /** Answers everything with this. */
  instead?: (request: http.IncomingMessage, response: http.ServerResponse) => void;
}

/**
 * ILS-DI and REST of Koha as its source has them (C4/ILSDI/Services.pm,
 * opac/ilsdi.pl, Koha/REST/V1), strict about what is asked and with readers and
 * rules that lead to refusals.
 */
export async function startFakeKoha(settings: IlsDiSettings = {}) {
  const state = new KohaState();
  const rest = new FakeRest(state);
  const faults: KohaFaults = {};
  /** Every request line, as an access log would have it. */
  const accessLog: string[] = [];
  /** Services of ILS-DI that were called. */
  const services: string[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      accessLog.push(`${request.method} ${request.url}`);
      if (faults.instead) return faults.instead(request, response);
      const url = new URL(request.url ?? '/', 'http://koha');
      const body = Buffer.concat(chunks).toString('utf8');
      if (url.pathname.startsWith('/api/v1/')) return rest.handle(request, url, body, response);
      if (url.pathname !== '/cgi-bin/koha/ilsdi.pl') return void response.writeHead(404).end();
      const parameters = request.method === 'POST' ? new URLSearchParams(body) : url.searchParams;
      const service = parameters.get('service') ?? '';
      services.push(service);
      const answer = answerIlsDi(state, parameters, settings);
      if (faults.dropAfter === service) return void request.socket.destroy();
      response.writeHead(200, { 'content-type': 'text/xml; charset=utf-8' }).end(answer);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ state, rest, faults, accessLog, services, settings },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
export type FakeKoha = Awaited<ReturnType<typeof startFakeKoha>>;
