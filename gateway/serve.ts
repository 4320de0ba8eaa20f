import { once } from 'node:events';
import type { Server, ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { createSecureContext } from 'node:tls';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import { ConfigurationError } from '../library-systems/configuration-error';

export interface TlsMaterial {
  /** PEM, with the certificates between it and its authority. */
  cert: Buffer;
  key: Buffer;
  /** PEM; when given, only clients with a certificate of this authority are let in. */
  clientCa?: Buffer;
}

export interface ServeOptions {
  host: string;
  port: number;
  tls?: TlsMaterial;
  /** How long the head of a request may take to arrive, in milliseconds. */
  headersMs?: number;
  /** How long a whole request may take to arrive. */
  requestMs?: number;
  maxConnections?: number;
}

export interface Served {
  url: string;
  /** Takes new certificates for the connections to come. @throws {ConfigurationError} */
  renew(tls: TlsMaterial): void;
  /** Takes no more connections, lets running requests end within `graceMs`, and cuts what is left. */
  close(graceMs: number): Promise<void>;
}

const HEADERS_MS = 10_000;
const REQUEST_MS = 20_000;
/** How often the two limits above are looked after; Node's own 30 s would more than double them. */
const CHECK_MS = 2_000;
/** Longer than clients keep an idle connection, so that it is they who close it. */
const KEEP_ALIVE_MS = 65_000;
/** Each costs a file handle; the functions of one library need some dozens. */
const MAX_CONNECTIONS = 4_096;

/** Serves an application over HTTP, or HTTPS where certificates are given. @throws {ConfigurationError} */
export async function serve(app: Hono, options: ServeOptions): Promise<Served> {
  const { host, tls } = options;
  const headersMs = options.headersMs ?? HEADERS_MS;
  const requestMs = options.requestMs ?? REQUEST_MS;
  const limits = { connectionsCheckingInterval: Math.min(CHECK_MS, headersMs) };
  const server = createAdaptorServer({
    fetch: app.fetch,
    ...(tls
      ? { createServer: https.createServer, serverOptions: { ...limits, ...secureOptions(tls) } }
      : { serverOptions: limits }),
  }) as Server;
  server.requestTimeout = requestMs;
  server.headersTimeout = headersMs;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.maxConnections = options.maxConnections ?? MAX_CONNECTIONS;
  const running = new Set<ServerResponse>();
  server.on('request', (_request, response) => {
    running.add(response);
    response.on('close', () => running.delete(response));
  });
  server.listen(options.port, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`,
    renew(next) {
      if (server instanceof https.Server) server.setSecureContext(secureOptions(next));
    },
    close: (graceMs) => close(server, running, graceMs),
  };
}

function secureOptions({ cert, key, clientCa }: TlsMaterial) {
  const options = {
    cert,
    key,
    minVersion: 'TLSv1.2' as const,
    ...(clientCa && { ca: clientCa, requestCert: true, rejectUnauthorized: true }),
  };
  try {
    createSecureContext(options);
  } catch (error) {
    throw new ConfigurationError(`tls: certificate and key cannot be used: ${(error as Error).message}`);
  }
  return options;
}

function close(server: Server, running: Set<ServerResponse>, graceMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close((error) => {
      clearTimeout(cut);
      if (error) reject(error);
      else resolve();
    });
    server.closeIdleConnections();
    // Else a kept connection would hold the server open long after its last answer.
    for (const response of running) if (!response.headersSent) response.setHeader('connection', 'close');
  });
}
