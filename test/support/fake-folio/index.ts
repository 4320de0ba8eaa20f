import http from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { answerEdge } from './edge';
import { FakeOkapi } from './okapi';
import type { Answer } from './okapi';
import { FolioState, NOW } from './state';

export { API_KEY, REASON } from './edge';
export { SERVICE, TENANT } from './okapi';
export { BRANCHES, NOW, POINTS, instanceId, loanId, userId } from './state';

export interface FolioFaults {
  /** Carries out what is asked at a path that ends so, and cuts the connection. */
  dropAfter?: string;
  /** Answers for edge-patron instead of it. */
  edge?: () => { status: number; body: string; headers?: Record<string, string> };
}

/**
 * edge-patron and OKAPI as their RAMLs and sources have them, at one address
 * each, strict about what is asked and with rules that lead to refusals.
 */
export async function startFakeFolio() {
  const state = new FolioState();
  const clock = { at: NOW };
  const okapi = new FakeOkapi(state, () => clock.at);
  const faults: FolioFaults = {};
  /** Every request line, as an access log would have it. */
  const accessLog: string[] = [];
  const serve = async (edge: boolean): Promise<{ url: string; server: http.Server }> => {
    const server = http.createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        accessLog.push(`${request.method} ${request.url}`);
        const path = (request.url ?? '/').split('?')[0]!;
        const text = Buffer.concat(chunks).toString('utf8');
        const asked = {
          ...{ method: request.method ?? '', path, headers: request.headers },
          query: new URL(request.url ?? '/', 'http://folio').searchParams,
          json: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>,
        };
        if (edge && faults.edge) {
          const { status, body, headers = {} } = faults.edge();
          return void response.writeHead(status, headers).end(body);
        }
        const answer: Answer = edge ? answerEdge(state, asked) : okapi.handle(asked);
        if (faults.dropAfter !== undefined && path.endsWith(faults.dropAfter))
          return void request.socket.destroy();
        const body = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
        response
          .writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers })
          .end(body);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
  };
  const [edgeServer, okapiServer] = await Promise.all([serve(true), serve(false)]);
  return {
    ...{ state, clock, okapi, faults, accessLog },
    edgeUrl: edgeServer.url,
    okapiUrl: okapiServer.url,
    close: async () => {
      for (const { server } of [edgeServer, okapiServer]) {
        server.close();
        server.closeAllConnections();
        await once(server, 'close').catch(() => undefined);
      }
    },
  };
}
export type FakeFolio = Awaited<ReturnType<typeof startFakeFolio>>;
