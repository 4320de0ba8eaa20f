import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Server, ServerResponse } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { createGatewayApp } from './app';
import type { GatewayOptions } from './app';
import { checkKeys } from './authenticate';

export type { GatewayOptions } from './app';

/** How long a request may take to arrive, in milliseconds. */
const REQUEST_MS = 20_000;
const HEADERS_MS = 10_000;
/** How often the two limits above are looked after; Node's own 30 s would more than double them. */
const CHECK_MS = 2_000;
/** Longer than clients keep an idle connection, so that it is they who close it. */
const KEEP_ALIVE_MS = 65_000;

/**
 * Starts the gateway before a library system.
 * @returns its address, and `close`, which lets running requests end first
 */
export async function startGateway(
  options: GatewayOptions & { host?: string; port?: number },
): Promise<{ url: string; close(): Promise<void> }> {
  checkKeys(options.keys);
  const server = createAdaptorServer({
    fetch: createGatewayApp(options).fetch,
    serverOptions: { connectionsCheckingInterval: CHECK_MS },
  }) as Server;
  const running = new Set<ServerResponse>();
  server.on('request', (_request, response) => {
    running.add(response);
    response.on('close', () => running.delete(response));
  });
  server.requestTimeout = REQUEST_MS;
  server.headersTimeout = HEADERS_MS;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  const host = options.host ?? '127.0.0.1';
  server.listen(options.port ?? 0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeIdleConnections();
        // Else a kept connection would hold the server open long after its last answer.
        for (const response of running) if (!response.headersSent) response.setHeader('connection', 'close');
      }),
  };
}
