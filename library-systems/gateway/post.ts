import http from 'node:http';
import https from 'node:https';
import { createSecureContext } from 'node:tls';
import { LibraryFault } from '../library-fault';

/** How a gateway behind TLS is met; all in PEM. */
export interface ClientTls {
  /** The authority that signed the gateway's certificate, where it is the library's own. */
  ca?: string;
  /** Our certificate and its key, for a gateway that lets in only whom it knows. */
  cert?: string;
  key?: string;
}

export interface Connection {
  url: URL;
  agent: http.Agent;
  timeoutMs: number;
  tls: ClientTls;
}

/** Largest answer that is read, in bytes; a full page of results is about 20 KB. */
const MAX_ANSWER = 2 * 1024 * 1024;
/** Idle connections are given up before the gateway (65 s) gives them up. */
const IDLE_MS = 30_000;

/**
 * A pool of connections to one gateway.
 * @param timeoutMs limit for a whole exchange
 * @throws LibraryFault REJECTED when the certificates cannot be used
 */
export function openConnection(url: string, timeoutMs: number, tls: ClientTls = {}): Connection {
  const parsed = new URL(url);
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') {
    throw new Error('The gateway address must begin with http:// or https://');
  }
  try {
    createSecureContext(tls);
  } catch (error) {
    // Not its message, which may hold a part of the key.
    throw new LibraryFault('REJECTED', 'The certificates for the gateway cannot be used', {
      reason: 'tls',
      cause: error,
    });
  }
  const options: http.AgentOptions = { keepAlive: true, maxSockets: 32, maxFreeSockets: 8, timeout: IDLE_MS };
  const agent =
    parsed.protocol === 'https:' ? new https.Agent({ ...options, ...tls }) : new http.Agent(options);
  return { url: parsed, agent, timeoutMs, tls };
}

/** How long a write waits to be told to go on, before its body is sent all the same (RFC 9110, section 10.1.1). */
const CONTINUE_MS = 1_000;

/** A kept connection turned out to be closed just as it was used again. */
class StaleConnection extends Error {}

/**
 * Sends one signed request and reads the whole answer. A read is sent a second
 * time when a kept connection turned out to be dead. A write sends its body
 * only once the other side has said that it is there: whatever is cut before
 * that was certainly not carried out, and may be sent a second time too.
 * @param kind decides what a cut connection means
 * @throws LibraryFault UNREACHABLE (a read was cut; a write was cut before it was sent), LOST (a write was cut
 * after that), TIMEOUT, GARBLED (too large)
 */
export async function post(
  connection: Connection,
  path: string,
  body: Buffer,
  authorization: () => string,
  kind: 'read' | 'write',
): Promise<{ status: number; body: Buffer }> {
  try {
    return await exchange(connection, path, body, authorization(), kind);
  } catch (error) {
    if (!(error instanceof StaleConnection)) throw error;
  }
  try {
    return await exchange(
      { ...connection, agent: freshAgent(connection) },
      path,
      body,
      authorization(),
      kind,
    );
  } catch (error) {
    if (!(error instanceof StaleConnection)) throw error;
    throw new LibraryFault('UNREACHABLE', 'The connection to the gateway was cut', { cause: error });
  }
}

/** An agent that opens a connection of its own, so that a second try cannot meet a second dead one. */
function freshAgent({ url, tls }: Connection): http.Agent {
  return url.protocol === 'https:'
    ? new https.Agent({ keepAlive: false, ...tls })
    : new http.Agent({ keepAlive: false });
}

function exchange(
  { url, agent, timeoutMs }: Connection,
  path: string,
  body: Buffer,
  authorization: string,
  kind: 'read' | 'write',
): Promise<{ status: number; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? https.request : http.request;
    const request = send(url, {
      method: 'POST',
      path,
      agent,
      headers: {
        authorization,
        'content-type': 'application/json',
        'content-length': body.length,
        ...(kind === 'write' && { expect: '100-continue' }),
      },
    });
    let answered = false;
    let written = false;
    const writeBody = (): void => {
      if (written) return;
      written = true;
      request.end(body);
    };
    const fail = (error: Error): void => {
      clearTimeout(timer);
      clearTimeout(impatience);
      reject(error);
      request.destroy();
    };
    const cut = (error: Error): void => {
      const lost = kind === 'write' && written;
      if (!lost && !answered && request.reusedSocket) return fail(new StaleConnection());
      fail(
        lost
          ? new LibraryFault('LOST', 'The connection was cut before the gateway had answered', {
              cause: error,
            })
          : new LibraryFault('UNREACHABLE', 'The gateway cannot be reached', { cause: error }),
      );
    };
    const timer = setTimeout(() => {
      // A write whose body was never sent was not carried out, however long it waited.
      const code = kind === 'write' && !written ? 'UNREACHABLE' : 'TIMEOUT';
      fail(new LibraryFault(code, `The gateway did not answer within ${timeoutMs} ms`));
    }, timeoutMs);
    let impatience: NodeJS.Timeout | undefined;
    request.on('error', cut);
    request.on('continue', writeBody);
    request.on('response', (response) => {
      answered = true;
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        chunks.push(chunk);
        if (size > MAX_ANSWER) fail(new LibraryFault('GARBLED', 'The answer of the gateway is too large'));
      });
      response.on('error', cut);
      response.on('end', () => {
        clearTimeout(timer);
        clearTimeout(impatience);
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) });
        // Refused before its body was sent: the connection still waits for it.
        if (!written) request.destroy();
      });
    });
    if (kind === 'read') return writeBody();
    request.on('socket', (socket) => {
      // Only a connection that stands can be waited upon.
      const wait = (): void => {
        impatience = setTimeout(writeBody, CONTINUE_MS);
      };
      if (socket.connecting) socket.once('connect', wait);
      else wait();
    });
    request.flushHeaders();
  });
}
