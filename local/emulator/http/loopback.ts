import type { IncomingMessage, ServerResponse } from 'node:http';

const LOOPBACK_NAMES = ['127.0.0.1', 'localhost'];

/** Whether the request was sent to this server by its own name, and not by one that was made to point here (DNS rebinding). */
export function isOurHost({ headers: { host } }: IncomingMessage, port: number): boolean {
  return LOOPBACK_NAMES.some((name) => host === `${name}:${port}`);
}

/**
 * Whether a request comes from our own pages or from no page at all. A page of another site can make a browser
 * send requests here; that shows in Host, Origin or Sec-Fetch-Site.
 * @param port that this server listens on
 */
export function isForUs(req: IncomingMessage, port: number): boolean {
  if (!isOurHost(req, port)) return false;
  const { origin } = req.headers;
  if (origin !== undefined) return LOOPBACK_NAMES.some((name) => origin === `http://${name}:${port}`);
  const site = req.headers['sec-fetch-site'];
  // following a link from elsewhere to one of our pages does no harm
  const isVisit = req.method === 'GET' && req.headers['sec-fetch-mode'] === 'navigate';
  return site === undefined || site === 'same-origin' || site === 'none' || isVisit;
}

/** A body that is larger than its reader takes. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/**
 * Reads a whole body.
 * @param limit bytes
 * @throws {BodyTooLarge} as soon as it is clear; the rest is read and thrown away, so that the answer arrives
 */
export async function readBody(req: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    req.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit * 4) req.destroy();
      if (size <= limit) chunks.push(chunk);
      else {
        chunks.length = 0;
        reject(new BodyTooLarge(`more than ${limit} bytes`));
      }
    });
    req.on('end', () => resolve(Buffer.concat(chunks)));
    req.on('close', () => reject(new Error('the sender went away')));
    req.on('error', reject);
  });
}

/** Sends JSON. */
export function sendJson(res: ServerResponse, status: number, body: unknown): void {
  sendText(res, status, JSON.stringify(body), 'application/json; charset=utf-8');
}

/** Sends a text that is not to be kept or guessed at. */
export function sendText(res: ServerResponse, status: number, text: string, type: string): void {
  if (res.headersSent || res.destroyed) return;
  res.writeHead(status, {
    'content-type': type,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  res.end(text);
}
