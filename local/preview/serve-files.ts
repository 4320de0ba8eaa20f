import fs from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { appPage, clockScript, framePage } from './html-pages';

export interface ServedFolders {
  /** The mini program's sources, of which only assets are served. */
  root: string;
  outDir: string;
  /** How far the cloud's clock is ahead, ms. */
  clockOffset: number;
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.map': 'application/json',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.svg': 'image/svg+xml',
};
const ASSETS = new Set(['.png', '.jpg', '.jpeg', '.gif', '.webp', '.svg']);

/**
 * Scripts and styles come from this origin only; templates set style attributes, and the barcode decoder is
 * WebAssembly. Pictures may also come from the local cloud's storage, which has a port of its own.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data: blob: http://127.0.0.1:*",
  "font-src 'self' data:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "frame-src 'self'",
  "frame-ancestors 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const fontRoot = path.dirname(require.resolve('@fontsource/noto-sans-sc/package.json'));
const decoderWasm = require.resolve('zxing-wasm/reader/zxing_reader.wasm');

/** Answers a request for a file of the preview; false when the path is not the preview's. */
export function servePreviewFile(
  req: IncomingMessage,
  res: ServerResponse,
  pathname: string,
  folders: ServedFolders,
): boolean {
  const mine = pathname === '/' || pathname === '/app' || pathname.startsWith('/preview/');
  if (!mine) return false;
  if (req.method !== 'GET' && req.method !== 'HEAD') {
    res.writeHead(405, { allow: 'GET, HEAD' }).end();
    return true;
  }
  const found = contentOf(pathname, folders);
  if (!found) {
    res.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
    return true;
  }
  res.writeHead(200, {
    'content-type': found.type,
    'content-length': found.body.length,
    'cache-control': found.keep ? 'max-age=86400' : 'no-store',
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  res.end(req.method === 'HEAD' ? undefined : found.body);
  return true;
}

interface Content {
  body: Buffer;
  type: string;
  keep: boolean;
}

function contentOf(pathname: string, { root, outDir, clockOffset }: ServedFolders): Content | undefined {
  if (pathname === '/preview/clock.js') {
    return { body: Buffer.from(clockScript(clockOffset)), type: TYPES['.js'] ?? '', keep: false };
  }
  const page = { '/': framePage, '/app': appPage }[pathname];
  if (page !== undefined) return { body: Buffer.from(page), type: TYPES['.html'] ?? '', keep: false };
  const [, , area = '', ...rest] = pathname.split('/');
  let name: string;
  try {
    name = rest.map(decodeURIComponent).join('/');
  } catch {
    return undefined;
  }
  switch (area) {
    case 'program':
      return readBelow(path.join(outDir, 'program'), name);
    case 'static':
      if (name === 'zxing_reader.wasm') return read(decoderWasm, true);
      if (name === 'fonts.css') return { body: Buffer.from(fonts()), type: TYPES['.css'] ?? '', keep: true };
      if (STYLES.has(name)) return read(path.join(__dirname, 'browser', name), false);
      return readBelow(path.join(outDir, 'static'), name);
    case 'fonts':
      return name.endsWith('.woff2') ? readBelow(path.join(fontRoot, 'files'), name, true) : undefined;
    case 'files':
      return ASSETS.has(path.extname(name).toLowerCase()) ? readBelow(root, name) : undefined;
    default:
      return undefined;
  }
}

const STYLES = new Set(['screen.css', 'elements.css', 'frame/frame.css']);

/** A file strictly below the folder, symbolic links resolved; else undefined. */
function readBelow(folder: string, name: string, keep = false): Content | undefined {
  if (name.includes('\0')) return undefined;
  const file = path.resolve(folder, name);
  try {
    const real = fs.realpathSync(file);
    if (!real.startsWith(fs.realpathSync(folder) + path.sep)) return undefined;
    return read(real, keep);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function read(file: string, keep: boolean): Content | undefined {
  if (!fs.statSync(file).isFile()) return undefined;
  return {
    body: fs.readFileSync(file),
    type: TYPES[path.extname(file).toLowerCase()] ?? 'application/octet-stream',
    keep,
  };
}

const isMissing = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes((error as NodeJS.ErrnoException).code ?? '');

let fontSheet: string | undefined;

/** Regular and bold Noto Sans SC; the browser fetches only the subsets whose characters appear. */
function fonts(): string {
  fontSheet ??= ['400', '700']
    .map((weight) => fs.readFileSync(path.join(fontRoot, `${weight}.css`), 'utf8'))
    .join('\n')
    .replace(
      /url\(\.\/files\/([\w-]+\.woff2)\) format\('woff2'\),\s*url\([^)]*\) format\('woff'\)/g,
      "url(/preview/fonts/$1) format('woff2')",
    );
  return fontSheet;
}
