import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { BodyTooLarge, isForUs, isOurHost, readBody, sendJson, sendText } from './loopback';
import { closeServer, portOf } from './loopback-server';
import { parseMultipart } from './multipart';

/** Largest request of an SDK apart from uploads, bytes: an event of 6 MB with what goes around it. */
const REQUEST_LIMIT = 8 * 1024 * 1024;
const FILES = '/files/';

export interface WireHandlers {
  /** A JSON action; the answer without requestId. Errors with a text `code` travel to the SDK. */
  action: (action: string, params: Record<string, unknown>) => Promise<Record<string, unknown>>;
  /** A `wx.openApi` call: the form's parts, and the protobuf answer. */
  openApi: (parts: Map<string, Buffer>) => Promise<Buffer>;
  file: (link: string, req: IncomingMessage, res: ServerResponse) => Promise<void>;
  log: (line: string) => void;
}

export interface WireServer {
  /** Where the SDKs send their requests; the path is the only credential and changes with each start. */
  url: string;
  /** What stands before a file link's word. */
  fileBase: string;
  close: () => Promise<void>;
}

/**
 * The server that the cloud SDKs talk to, on a port of its own on the loopback interface. It takes requests
 * before the handlers exist, because what they need is its address.
 */
export async function startWireServer(handlers: () => WireHandlers): Promise<WireServer> {
  const secretPath = `/${randomBytes(24).toString('base64url')}/admin`;
  const server = createServer((req, res) => {
    answer(req, res, secretPath, portOf(server), handlers()).catch((error: unknown) => {
      handlers().log(`wire: ${error instanceof Error ? error.message : String(error)}`);
      res.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const base = `http://127.0.0.1:${portOf(server)}`;
  return {
    url: base + secretPath,
    fileBase: base + FILES,
    close: () => closeServer(server),
  };
}

async function answer(
  req: IncomingMessage,
  res: ServerResponse,
  secretPath: string,
  port: number,
  handlers: WireHandlers,
): Promise<void> {
  const [path = ''] = (req.url ?? '').split('?');
  // a file link is its own permission, and the pages that show the file are of another port
  if (path.startsWith(FILES) && isOurHost(req, port)) {
    return handlers.file(path.slice(FILES.length), req, res);
  }
  if (!isForUs(req, port)) return sendJson(res, 403, { error: 'this address is for this machine only' });
  // SDKs are not browsers: no page has any business here
  if (path !== secretPath || req.headers.origin !== undefined) {
    return sendJson(res, 404, { error: 'there is nothing here' });
  }
  if (req.method !== 'POST') return sendJson(res, 405, { error: 'POST only' });
  const requestId = randomUUID();
  try {
    const body = await readBody(req, REQUEST_LIMIT);
    const type = req.headers['content-type'] ?? '';
    if (type.startsWith('multipart/form-data')) {
      const bytes = await handlers.openApi(parseMultipart(body, type));
      // any other type would have the SDK read it as an error in JSON
      res.writeHead(200, { 'content-type': 'application/octet-stream' }).end(bytes);
      return;
    }
    const params = parseParams(body);
    const result = await handlers.action(String(params['action']), params);
    sendJson(res, 200, { requestId, ...result });
  } catch (error) {
    const { code, message } = explain(error, handlers.log);
    // this exact type tells the SDK's open API caller that it is an error
    sendText(res, 200, JSON.stringify({ code, message, requestId }), 'application/json; charset=utf-8');
  }
}

function parseParams(body: Buffer): Record<string, unknown> {
  const params: unknown = JSON.parse(body.toString());
  if (typeof params !== 'object' || params === null || Array.isArray(params)) {
    throw new SyntaxError('an object is expected');
  }
  return params as Record<string, unknown>;
}

/** The platform's own errors by their code; everything else is ours to look at in the log. */
function explain(error: unknown, log: (line: string) => void): { code: string; message: string } {
  if (error instanceof BodyTooLarge) return { code: 'EXCEED_REQUEST_SIZE_LIMIT', message: error.message };
  if (error instanceof SyntaxError) return { code: 'INVALID_PARAM', message: error.message };
  if (error instanceof Error && ['PlatformError', 'WireError'].includes(error.name)) {
    return { code: (error as Error & { code: string }).code, message: error.message };
  }
  log(`wire: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return { code: 'SYS_ERR', message: 'system error' };
}
