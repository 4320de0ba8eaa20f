import http from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { operations, type OperationName } from '../library-systems/operations';

export const LINK_FAULTS = ['offline', 'slow', 'garbage', 'drop-after-write', 'none'] as const;
export type LinkFault = (typeof LINK_FAULTS)[number];

/** Longer than any caller waits, so that callers meet their own time limit. */
const SLOW_MS = 20_000;
/** Looks like what a proxy or a captive portal answers in the gateway's place. */
const GARBAGE = '<!doctype html><title>Welcome</title><p>Sign in to the network';

function isWrite(path: string): boolean {
  const name = path.slice('/v1/'.length);
  return Object.hasOwn(operations, name) && operations[name as OperationName].kind === 'write';
}

/**
 * A link to the gateway that can fail, on a port of its own: what the functions
 * are told is the gateway. All faults but `offline` concern operations
 * (`POST /v1/…`) only.
 * - offline: new connections and those that stand are reset
 * - slow: requests are passed on after 20 s, if the caller is still there
 * - garbage: a page of HTML with status 200
 * - drop-after-write: a write is passed on, and once the gateway has answered
 *   the connection is cut instead; reads are left alone, so that it can be found
 *   out what became of the write
 * @param target address of the gateway
 */
export async function startFaultyLink(
  target: string,
  log: (line: string) => void,
): Promise<{ url: string; set(fault: LinkFault): void; close(): Promise<void> }> {
  let fault: LinkFault = 'none';
  const sockets = new Set<Socket>();
  const delayed = new Map<NodeJS.Timeout, () => void>();
  // Given up before the gateway gives them up.
  const agent = new http.Agent({ keepAlive: true, timeout: 30_000 });
  const { hostname, port: targetPort, host } = new URL(target);

  const server = http.createServer((request, response) => {
    if (!(request.method === 'POST' && request.url?.startsWith('/v1/')))
      return forward(request, response, false);
    switch (fault) {
      case 'none':
        return forward(request, response, false);
      case 'offline':
        return request.socket.resetAndDestroy();
      case 'garbage':
        request.resume();
        response.writeHead(200, { 'content-type': 'text/html' }).end(GARBAGE);
        return;
      case 'drop-after-write':
        return forward(request, response, isWrite(request.url));
      case 'slow': {
        const pass = (): void => {
          delayed.delete(timer);
          if (!response.destroyed) forward(request, response, false);
        };
        const timer = setTimeout(pass, SLOW_MS);
        delayed.set(timer, pass);
        response.on('close', () => {
          clearTimeout(timer);
          delayed.delete(timer);
        });
      }
    }
  });

  const forward = (request: IncomingMessage, response: ServerResponse, drop: boolean): void => {
    // The request line names a path, never another host: `//elsewhere/` stays a path.
    const onward = http.request({
      hostname,
      port: targetPort,
      path: request.url,
      method: request.method,
      headers: { ...request.headers, host },
      agent,
    });
    onward.on('response', (answer) => {
      if (drop) {
        answer.resume();
        answer.on('end', () => request.socket.resetAndDestroy());
        return;
      }
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
      answer.on('error', () => response.destroy());
    });
    onward.on('error', () => request.socket.resetAndDestroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  };

  server.on('connection', (socket) => {
    if (fault === 'offline') return void socket.resetAndDestroy();
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    set(next) {
      if (next !== fault) log(`library link: ${next}`);
      fault = next;
      if (next === 'offline') for (const socket of sockets) socket.resetAndDestroy();
      // Who was kept waiting need not wait for a fault that is over.
      else if (next !== 'slow') {
        for (const [timer, pass] of [...delayed]) {
          clearTimeout(timer);
          pass();
        }
      }
    },
    async close() {
      for (const timer of delayed.keys()) clearTimeout(timer);
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      agent.destroy();
      await closed;
    },
  };
}
