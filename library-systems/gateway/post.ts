import http from 'node:http';
import https from 'node:https';
import { LibraryFault } from '../library-fault';

export interface Connection {
  url: URL;
  agent: http.Agent;
  timeoutMs: number;
}

/** Largest answer that is read, in bytes; a full page of results is about 20 KB. */
const MAX_ANSWER = 2 * 1024 * 1024;
/** Idle connections are given up before the gateway (65 s) gives them up. */
const IDLE_MS = 30_000;

/** A pool of connections to one gateway. @param timeoutMs limit for a whole exchange */
export function openConnection(url: string, timeoutMs: number): Connection {
  const parsed = new URL(url);
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') {
    throw new Error('The gateway address must begin with http:// or https://');
  }
  const options: http.AgentOptions = { keepAlive: true, maxSockets: 32, maxFreeSockets: 8, timeout: IDLE_MS };
  const agent = parsed.protocol === 'https:' ? new https.Agent(options) : new http.Agent(options);
  return { url: parsed, agent, timeoutMs };
}

/** Whether the gateway closed a kept connection just as it was used again: it has not seen the request. */
class StaleConnection extends Error {}

/**
 * Sends one signed request and reads the whole answer.
 * @param repeatable a read: sent a second time when a kept connection turned out to be dead
 * @throws LibraryFault UNREACHABLE (no connection, or cut), TIMEOUT, GARBLED (too large)
 */
export async function post(
  connection: Connection,
  path: string,
  body: Buffer,
  authorization: () => string,
  repeatable: boolean,
): Promise<{ status: number; body: Buffer }> {
  try {
    return await exchange(connection, path, body, authorization());
  } catch (error) {
    if (!(error instanceof StaleConnection)) throw error;
    if (!repeatable)
      throw new LibraryFault('UNREACHABLE', 'The connection to the gateway was cut', { cause: error });
  }
  try {
    return await exchange({ ...connection, agent: freshAgent(connection) }, path, body, authorization());
  } catch (error) {
    if (!(error instanceof StaleConnection)) throw error;
    throw new LibraryFault('UNREACHABLE', 'The connection to the gateway was cut', { cause: error });
  }
}

/** An agent that opens a connection of its own, so that a second try cannot meet a second dead one. */
function freshAgent({ url }: Connection): http.Agent {
  return url.protocol === 'https:'
    ? new https.Agent({ keepAlive: false })
    : new http.Agent({ keepAlive: false });
}

function exchange(
  { url, agent, timeoutMs }: Connection,
  path: string,
  body: Buffer,
  authorization: string,
): Promise<{ status: number; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? https.request : http.request;
    const request = send(url, {
      method: 'POST',
      path,
      agent,
      headers: { authorization, 'content-type': 'application/json', 'content-length': body.length },
    });
    let answered = false;
    const fail = (error: Error): void => {
      clearTimeout(timer);
      reject(error);
      request.destroy();
    };
    const cut = (error: Error): void => {
      const stale = !answered && request.reusedSocket;
      fail(
        stale
          ? new StaleConnection()
          : new LibraryFault('UNREACHABLE', 'The gateway cannot be reached', { cause: error }),
      );
    };
    const timer = setTimeout(
      () => fail(new LibraryFault('TIMEOUT', `The gateway did not answer within ${timeoutMs} ms`)),
      timeoutMs,
    );
    request.on('error', cut);
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
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) });
      });
    });
    request.end(body);
  });
}
