import type { IncomingMessage, ServerResponse } from 'node:http';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { sendText } from '../http/loopback';
import type { FileAccess, FileLinks } from './file-links';
import { FileTooLarge, type FileStore } from './file-store';

/** The SDKs send no type; like the object store we go by the name. */
const TYPES: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.pdf': 'application/pdf',
  '.json': 'application/json',
  '.csv': 'text/csv; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
};

export const typeOf = (cloudPath: string): string =>
  TYPES[path.posix.extname(cloudPath).toLowerCase()] ?? 'application/octet-stream';

/** Answers uploads and downloads; `link` is the last word of the address. */
export async function serveFile(
  store: FileStore,
  links: FileLinks,
  link: string,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const access: FileAccess | undefined =
    req.method === 'PUT' ? 'put' : req.method === 'GET' || req.method === 'HEAD' ? 'get' : undefined;
  if (!access) return refuse(res, 405, 'MethodNotAllowed', 'PUT, GET or HEAD');
  const cloudPath = links.read(link, access);
  if (cloudPath === undefined) {
    req.resume();
    return refuse(res, 403, 'AccessDenied', 'the link is wrong or no longer valid');
  }
  if (access === 'get') return download(store, cloudPath, req, res);
  try {
    await store.put(cloudPath, req, req.headers['content-type'] ?? typeOf(cloudPath));
  } catch (error) {
    if (!(error instanceof FileTooLarge)) throw error;
    // read to its end, so that the sender gets to see the answer
    req.resume();
    return refuse(res, 400, 'EntityTooLarge', error.message);
  }
  res.writeHead(200).end();
}

async function download(
  store: FileStore,
  cloudPath: string,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const file = await store.read(cloudPath);
  if (!file) return refuse(res, 404, 'NoSuchKey', 'there is no such file');
  res.writeHead(200, {
    'content-type': file.contentType,
    'content-length': file.size,
    'cache-control': 'no-store',
    // the link is all the permission there is; the preview's pages are of another port
    'access-control-allow-origin': '*',
    'x-content-type-options': 'nosniff',
    // bytes of users never become a page of this origin
    'content-security-policy': "sandbox; default-src 'none'",
  });
  if (req.method === 'HEAD') {
    file.content.destroy();
    res.end();
    return;
  }
  await pipeline(file.content, res);
}

/** The object store's way of saying no, which the SDK reads out of XML. */
function refuse(res: ServerResponse, status: number, code: string, message: string): void {
  const xml =
    `<?xml version='1.0' encoding='utf-8' ?><Error><Code>${code}</Code><Message>${message.replace(/[<&]/g, ' ')}</Message>` +
    `<RequestId>${randomUUID()}</RequestId><TraceId>local</TraceId></Error>`;
  sendText(res, status, xml, 'application/xml');
}
