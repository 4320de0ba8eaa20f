import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import type { IncomingHttpHeaders } from 'node:http';
import { ConfigurationError } from '../configuration-error';
import { LibraryFault } from '../library-fault';
import { describeCut } from './describe-cut';

export interface HttpOptions {
  /** `https://host[:port][/prefix]`; `http://` within one machine or a private network. */
  baseUrl: string;
  /** Limit for one whole exchange, in milliseconds. */
  timeoutMs: number;
  /** Connections at once; more exchanges wait their turn, within their own time limit. */
  maxConnections: number;
  /** Largest answer that is read, in bytes; 8 MiB if left out. */
  maxAnswerBytes?: number;
  /** PEM file of the authority that signed the peer's certificate, where it is none of the public ones. */
  caFile?: string;
}

export interface HttpRequest {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH';
  /** Begins with `/`; put behind the prefix of `baseUrl`. */
  path: string;
  /** What is `undefined` is left out. */
  query?: Record<string, string | number | undefined>;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** Decides what a cut connection means; a read is sent once more when a kept connection turned out to be dead. */
  kind: 'read' | 'write';
}

export interface HttpAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface HttpClient {
  /** Never follows a redirect: where one leads is for the adapter to judge. @throws {LibraryFault} */
  send(request: HttpRequest): Promise<HttpAnswer>;
  close(): void;
}

const MAX_ANSWER = 8 * 1024 * 1024;
/** Shorter than servers keep an idle connection (Apache: 5 s), so that it is we who close it. */
const IDLE_MS = 4_000;

/** A kept connection was closed by the peer just as it was used again. */
class StaleConnection extends Error {}

/**
 * A pool of connections to one server. Messages of faults name no query and no body: both may hold
 * what a reader typed.
 * @throws {ConfigurationError} when the address or the authority's file is unusable
 */
export function openHttp(options: HttpOptions): HttpClient {
  const { timeoutMs, maxConnections, maxAnswerBytes = MAX_ANSWER } = options;
  const base = parseBase(options.baseUrl);
  const secure = base.protocol === 'https:';
  const agentOptions = { maxSockets: maxConnections, timeout: IDLE_MS };
  const ca = options.caFile === undefined ? {} : { ca: readCa(options.caFile) };
  const makeAgent = (keepAlive: boolean): http.Agent =>
    secure
      ? new https.Agent({ ...agentOptions, ...ca, keepAlive })
      : new http.Agent({ ...agentOptions, keepAlive });
  const kept = makeAgent(true);
  const fresh = makeAgent(false);

  const exchange = (request: HttpRequest, agent: http.Agent, signal: AbortSignal): Promise<HttpAnswer> =>
    new Promise((resolve, reject) => {
      const { method = 'GET', headers, body, kind } = request;
      const sent = (secure ? https : http).request(target(base, request), {
        method,
        agent,
        headers: {
          ...headers,
          ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
        },
      });
      let connected = false;
      let answered = false;
      const fail = (error: Error): void => {
        signal.removeEventListener('abort', expire);
        reject(error);
        sent.destroy();
      };
      const cut = (error: Error): void => {
        if (!answered && sent.reusedSocket && kind === 'read') return fail(new StaleConnection());
        fail(describeCut(error, { base, connected, kind }));
      };
      const expire = (): void => {
        const code = connected || kind === 'read' ? 'TIMEOUT' : 'UNREACHABLE';
        fail(new LibraryFault(code, `${base.host} did not answer within ${timeoutMs} ms`));
      };
      if (signal.aborted) return expire();
      signal.addEventListener('abort', expire);
      sent.on('error', cut);
      sent.on('socket', (socket) => {
        // Before the connection stands (and is secured) nothing of the request has left.
        const stands = (): void => void (connected = true);
        if (sent.reusedSocket) stands();
        else socket.once(secure ? 'secureConnect' : 'connect', stands);
      });
      sent.on('response', (response) => {
        answered = true;
        const chunks: Buffer[] = [];
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size > maxAnswerBytes) {
            chunks.length = 0;
            return fail(
              new LibraryFault('GARBLED', `${base.host} answered with more than ${maxAnswerBytes} bytes`),
            );
          }
          chunks.push(chunk);
        });
        response.on('error', cut);
        response.on('end', () => {
          signal.removeEventListener('abort', expire);
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks),
          });
        });
      });
      sent.end(body);
    });

  return {
    async send(request) {
      const limit = new AbortController();
      const timer = setTimeout(() => limit.abort(), timeoutMs);
      try {
        return await exchange(request, kept, limit.signal);
      } catch (error) {
        if (!(error instanceof StaleConnection)) throw error;
        return await exchange(request, fresh, limit.signal);
      } finally {
        clearTimeout(timer);
      }
    },
    close() {
      kept.destroy();
      fresh.destroy();
    },
  };
}

function parseBase(baseUrl: string): URL {
  const base = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (!base || (base.protocol !== 'http:' && base.protocol !== 'https:')) {
    throw new ConfigurationError('The address must be a URL that begins with https:// or http://');
  }
  if (base.username !== '' || base.password !== '' || base.search !== '' || base.hash !== '') {
    throw new ConfigurationError(
      'The address must hold no user name, password, query or fragment; secrets belong to the environment',
    );
  }
  return base;
}

function readCa(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new ConfigurationError(`caFile ${file} cannot be read`, { cause: error });
  }
}

function target(base: URL, { path, query = {} }: HttpRequest): URL {
  const url = new URL(base);
  url.pathname = base.pathname.replace(/\/$/, '') + path;
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.append(name, String(value));
  }
  return url;
}
