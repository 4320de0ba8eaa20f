import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { PlatformError, type PlatformCode } from '../emulator';
import { BodyTooLarge, isForUs, readBody, sendJson } from '../emulator/http/loopback';
import { closeServer, portOf } from '../emulator/http/loopback-server';
import type { Preview } from '../preview';
import { BadRequest, LOCAL_ACTIONS, type LocalParts } from './local-actions';

/** What the server serves once everything has started. */
export interface Served extends LocalParts {
  preview: Preview;
}

export interface LocalServer {
  url: string;
  /** From now on requests are answered; before, they are put off. */
  serve: (served: Served) => void;
  close: () => Promise<void>;
}

/** The port belongs to another program. */
export class PortInUse extends Error {
  override readonly name = 'PortInUse';
}

/** HTTP status of what the cloud itself refuses; a function that failed is a bad gateway. */
const STATUS: Partial<Record<PlatformCode, number>> = {
  INVALID_PARAM: 400,
  PERMISSION_DENIED: 403,
  FUNCTION_NOT_FOUND: 404,
  EXCEED_REQUEST_SIZE_LIMIT: 413,
  EXCEED_CONCURRENT_REQUEST_LIMIT: 429,
  FUNCTIONS_TIME_LIMIT_EXCEEDED: 504,
  STORAGE_EXCEED_AUTHORITY: 403,
  STORAGE_REQUEST_FAIL: 413,
};

/**
 * Takes the port at once, so that a taken one is found before anything else is done.
 * @throws {PortInUse}
 */
export async function startLocalServer(port: number, log: (line: string) => void): Promise<LocalServer> {
  let served: Served | undefined;
  const server = createServer((req, res) => {
    answer(req, res, portOf(server), served).catch((error: unknown) => {
      log(
        `${req.method ?? ''} ${req.url ?? ''}: ${error instanceof Error ? (error.stack ?? '') : String(error)}`,
      );
      sendJson(res, 500, { error: 'internal error, see the log' });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const inUse = error.code === 'EADDRINUSE' || error.code === 'EACCES';
      reject(
        inUse
          ? new PortInUse(`port ${port} cannot be had (${error.code}): choose another with --port`)
          : error,
      );
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    serve: (parts) => {
      served = parts;
    },
    close: () => closeServer(server),
  };
}

async function answer(
  req: IncomingMessage,
  res: ServerResponse,
  port: number,
  served: Served | undefined,
): Promise<void> {
  if (!isForUs(req, port)) return sendJson(res, 403, { error: 'requests from elsewhere are refused' });
  if (!served) return sendJson(res, 503, { error: 'still starting' });
  const [path = ''] = (req.url ?? '').split('?');
  if (path === '/local/outbox') {
    if (req.method !== 'GET') return sendJson(res, 405, { error: 'GET only' });
    return sendJson(res, 200, served.emulator.outbox());
  }
  if (path === '/upload') return takeUpload(req, res, served);
  if (LOCAL_ACTIONS.has(path)) return runAction(req, res, path, served);
  if (await served.preview.handle(req, res)) return;
  sendJson(res, 404, { error: 'there is nothing here' });
}

/** A client's file on its way into the storage: its bytes are the body, whose it is and its path stand in the query. */
async function takeUpload(req: IncomingMessage, res: ServerResponse, { emulator }: Served): Promise<void> {
  if (req.method !== 'PUT') return sendJson(res, 405, { error: 'PUT only' });
  const query = new URL(req.url ?? '', 'http://local').searchParams;
  const [openid, cloudPath] = [query.get('openid') ?? '', query.get('path') ?? ''];
  try {
    sendJson(res, 200, { fileID: await emulator.uploadAsClient({ openid, cloudPath, content: req }) });
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    const { code, errCode, message } = error;
    sendJson(res, STATUS[code] ?? 502, {
      errCode,
      errMsg: `errCode: ${errCode} ${code} | errMsg: ${message}`,
    });
  }
}

async function runAction(
  req: IncomingMessage,
  res: ServerResponse,
  path: string,
  served: Served,
): Promise<void> {
  const action = LOCAL_ACTIONS.get(path);
  if (!action || req.method !== 'POST') return sendJson(res, 405, { error: 'POST only' });
  try {
    const body = parseJson(await readBody(req, action.limit));
    sendJson(res, 200, await action.run(served, body));
  } catch (error) {
    if (error instanceof PlatformError) {
      const { code, errCode, clientMessage } = error;
      return sendJson(res, STATUS[code] ?? 502, { errCode, errMsg: clientMessage });
    }
    if (error instanceof BadRequest) return sendJson(res, error.status, { error: error.message });
    if (error instanceof BodyTooLarge) return sendJson(res, 413, { error: error.message });
    throw error;
  }
}

/** An empty body stands for nothing said. */
function parseJson(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  try {
    return JSON.parse(body.toString());
  } catch {
    throw new BadRequest('the body is not JSON');
  }
}
