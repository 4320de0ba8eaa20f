import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { serve } from './chinese-library';
import type { Answered, Asked, TestServer } from './chinese-library';

const FIXTURES = path.join(__dirname, '../fixtures');
const NOTE =
  'Made from the public contract by test/fixtures/make-web-conversations.ts; not recorded from a live system.';
/** Headers that the contracts speak of. */
const HEADERS = ['referer', 'groupcode', 'jwtopacauth', 'content-type', 'cookie', 'x-requested-with'];
/** Stands for the address of the server. */
const SITE = 'http://site';

interface Exchange {
  note: string;
  request: {
    method: string;
    path: string;
    query: [string, string][];
    headers: Record<string, string>;
    body: string;
  };
  response: { status: number; headers: Record<string, string>; body?: string; base64?: string };
}

const requestOf = (asked: Asked, url: string): Exchange['request'] => ({
  method: asked.method,
  path: asked.path,
  query: [...asked.query],
  headers: Object.fromEntries(
    HEADERS.flatMap((name) => {
      const value = asked.headers[name];
      return typeof value === 'string' ? [[name, value.replaceAll(url, SITE)]] : [];
    }),
  ),
  body: asked.body,
});

function responseOf({ status = 200, headers = {}, body = '' }: Answered): Exchange['response'] {
  const bytes = Buffer.from(body);
  const text = bytes.toString('utf8');
  const told = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  const content = Buffer.from(text, 'utf8').equals(bytes)
    ? { body: text }
    : { base64: bytes.toString('base64') };
  return { status, headers: told, ...content };
}

/** Writes what was said to a server as numbered files, in the place of those before. */
export async function writeConversation(server: TestServer, system: string): Promise<void> {
  const folder = path.join(FIXTURES, system);
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) if (/^\d\d-/.test(name)) await rm(path.join(folder, name));
  for (const [i, asked] of server.asked.entries()) {
    const request = requestOf(asked, server.url);
    const exchange: Exchange = { note: NOTE, request, response: responseOf(server.answered[i]!) };
    const last = asked.path.split('/').at(-1) || 'index';
    const name = `${String(i + 1).padStart(2, '0')}-${last.replace(/\.php$/, '').replace(/_/g, '-')}.json`;
    await writeFile(path.join(folder, name), `${JSON.stringify(exchange, null, 2)}\n`);
  }
}

export const readConversation = (system: string): Exchange[] =>
  readdirSync(path.join(FIXTURES, system))
    .filter((name) => /^\d\d-.*\.json$/.test(name))
    .sort()
    .map((name) => JSON.parse(readFileSync(path.join(FIXTURES, system, name), 'utf8')) as Exchange);

/** A server that knows one conversation: each request to the letter, and once. */
export async function replayConversation(system: string) {
  const left = readConversation(system);
  const strange: Exchange['request'][] = [];
  const server: TestServer = await serve((asked) => {
    const request = requestOf(asked, server.url);
    const at = left.findIndex((one) => JSON.stringify(one.request) === JSON.stringify(request));
    const [exchange] = at < 0 ? [] : left.splice(at, 1);
    if (!exchange) {
      strange.push(request);
      return { status: 501 };
    }
    const { status, headers, body, base64 } = exchange.response;
    return { status, headers, body: base64 === undefined ? (body ?? '') : Buffer.from(base64, 'base64') };
  });
  return Object.assign(server, { left, strange });
}
