import { once } from 'node:events';
import http from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Denied } from '../../../../contracts/denials';

export interface SsoPage {
  /** Where a reader is sent; the state comes back with the ticket. */
  urlFor(state: string): string;
  close(): Promise<void>;
}

/** Proves a reader on the page: a ticket for this conversation, or why not. */
export type Confirm = (
  state: string,
  cardNumber: string,
  pin: string,
) => Promise<{ ticket: string } | { denied: Denied }>;

const MAX_FORM = 4_096;

/**
 * The campus' page for single sign-on, on a loopback port of its own: asks for
 * number and PIN, and ends at `/done?state=…&ticket=…`, which is where whoever
 * opened the page reads the ticket.
 */
export async function startSsoPage(confirm: Confirm): Promise<SsoPage> {
  const server = http.createServer((request, response) => {
    answer(request, confirm).then(
      ({ status, headers = {}, body = '' }) =>
        response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body),
      () => response.writeHead(400).end(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    urlFor: (state) => `http://127.0.0.1:${port}/login?${new URLSearchParams({ state }).toString()}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

interface PageAnswer {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

async function answer(request: IncomingMessage, confirm: Confirm): Promise<PageAnswer> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
  const state = searchParams.get('state') ?? '';
  if (request.method === 'GET' && pathname === '/login') return { status: 200, body: form('') };
  if (request.method === 'GET' && pathname === '/done') {
    return { status: 200, body: page('<p>统一身份认证成功，请返回小程序。</p>') };
  }
  if (request.method !== 'POST' || pathname !== '/login') return { status: 404, body: page('<p>404</p>') };
  const fields = new URLSearchParams(await readForm(request));
  const proved = await confirm(state, fields.get('cardNumber') ?? '', fields.get('pin') ?? '');
  if ('denied' in proved) return { status: 403, body: form(proved.denied.libraryText ?? proved.denied.code) };
  const query = new URLSearchParams({ state, ticket: proved.ticket }).toString();
  return { status: 303, headers: { location: `/done?${query}` } };
}

async function readForm(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) {
    text += (chunk as Buffer).toString('utf8');
    if (text.length > MAX_FORM) throw new Error('The form is too long');
  }
  return text;
}

const page = (content: string): string =>
  `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<title>统一身份认证（示范）</title><body style="font: 16px/1.6 sans-serif; margin: 2rem auto; max-width: 20rem">` +
  `<h1 style="font-size: 1.2rem">书童示范大学统一身份认证</h1>${content}</body></html>`;

/** @param problem one of the library's own texts, which hold no markup */
const form = (problem: string): string =>
  page(
    `<form method="post"><p role="alert">${problem}</p>` +
      `<p><label>学号或工号<br><input name="cardNumber" autocomplete="username" required></label></p>` +
      `<p><label>密码<br><input name="pin" type="password" autocomplete="current-password" required></label></p>` +
      `<p><button>登录</button></p></form>`,
  );
