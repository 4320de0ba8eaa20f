import { afterEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { ConfigurationError } from '../../../library-systems/configuration-error';
import { openHttp } from '../../../library-systems/http/http-client';
import type { HttpClient, HttpOptions } from '../../../library-systems/http/http-client';
import type { LibraryFault } from '../../../library-systems/library-fault';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function listen(server: Server): Promise<string> {
  const sockets = new Set<net.Socket>();
  server.on('connection', (socket: net.Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push({
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function client(baseUrl: string, options: Partial<HttpOptions> = {}): HttpClient {
  const made = openHttp({ baseUrl, timeoutMs: 10_000, maxConnections: 2, ...options });
  open.push(made);
  return made;
}

const faultOf = async (
  answer: Promise<unknown>,
): Promise<Pick<LibraryFault, 'code' | 'reason' | 'message'>> =>
  answer.then(
    () => {
      throw new Error('It answered');
    },
    (error: unknown) => error as LibraryFault,
  );

describe('the HTTP client of adapters', () => {
  it('puts path and query behind the prefix, and gives status, headers and body', async () => {
    const url = await listen(
      http.createServer((request, response) => {
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', () => {
          response.writeHead(201, { 'x-seen': `${request.method} ${request.url}` });
          response.end(Buffer.concat(chunks));
        });
      }),
    );
    const answer = await client(`${url}/opac/`).send({
      method: 'POST',
      path: '/search',
      query: { q: '红楼梦 & 三国', page: 2, none: undefined },
      body: '书',
      kind: 'read',
    });
    expect(answer.status).toBe(201);
    expect(answer.headers['x-seen']).toBe(
      'POST /opac/search?q=%E7%BA%A2%E6%A5%BC%E6%A2%A6+%26+%E4%B8%89%E5%9B%BD&page=2',
    );
    expect(answer.body.toString()).toBe('书');
  });

  it('does not follow redirects', async () => {
    const url = await listen(
      http.createServer((_request, response) =>
        response.writeHead(302, { location: 'http://elsewhere.example/' }).end(),
      ),
    );
    expect(await client(url).send({ path: '/', kind: 'read' })).toMatchObject({ status: 302 });
  });

  it('tells a host that is not there from a port where nobody listens', async () => {
    // A resolver that is far away may take its time to say no.
    const nowhere = client('http://no-such-host.invalid', { timeoutMs: 30_000 });
    expect(await faultOf(nowhere.send({ path: '/', kind: 'read' }))).toMatchObject({
      code: 'UNREACHABLE',
      reason: 'host',
    });
    const server = net.createServer();
    const url = await listen(server);
    server.close();
    await once(server, 'close');
    expect(await faultOf(client(url).send({ path: '/', kind: 'write' }))).toMatchObject({
      code: 'UNREACHABLE',
      reason: 'refused',
    });
  });

  it('tells a peer without TLS, and one that does not speak HTTP', async () => {
    const url = await listen(net.createServer((socket) => socket.end('98YYYYNN\r')));
    const secure = client(url.replace('http:', 'https:'));
    expect(await faultOf(secure.send({ path: '/', kind: 'write' }))).toMatchObject({
      code: 'UNREACHABLE',
      reason: 'tls',
    });
    expect(await faultOf(client(url).send({ path: '/', kind: 'read' }))).toMatchObject({
      code: 'GARBLED',
      reason: 'protocol',
    });
  });

  it('calls a write that was cut before its answer LOST, and a read UNREACHABLE', async () => {
    let seen = 0;
    const url = await listen(
      http.createServer((request) => {
        seen += 1;
        request.socket.destroy();
      }),
    );
    expect(await faultOf(client(url).send({ path: '/', kind: 'read' }))).toMatchObject({
      code: 'UNREACHABLE',
    });
    seen = 0;
    expect(await faultOf(client(url).send({ path: '/', kind: 'write' }))).toMatchObject({ code: 'LOST' });
    expect(seen).toBe(1);
  });

  it('sends a read again, but no write, when a kept connection is found dead', async () => {
    for (const kind of ['read', 'write'] as const) {
      let seen = 0;
      const url = await listen(
        http.createServer((request, response) => {
          seen += 1;
          // the second request of a connection meets a closed door
          if (request.socket.bytesRead > 200) request.socket.destroy();
          else response.end('ok');
        }),
      );
      const kept = client(url, { maxConnections: 1 });
      const headers = { 'x-fill': 'x'.repeat(60) };
      await kept.send({ path: '/', headers, kind });
      const second = kept.send({ path: '/', headers, kind });
      if (kind === 'read') expect((await second).status).toBe(200);
      else expect(await faultOf(second)).toMatchObject({ code: 'LOST' });
      expect(seen).toBe(kind === 'read' ? 3 : 2);
    }
  });

  it('gives up in time: a read or a write under way as TIMEOUT, what never left as UNREACHABLE', async () => {
    const url = await listen(http.createServer(() => undefined));
    const slow = client(url, { timeoutMs: 1_000, maxConnections: 1 });
    const [first, queued] = await Promise.all([
      faultOf(slow.send({ path: '/', kind: 'write' })),
      faultOf(slow.send({ path: '/', kind: 'write' })),
    ]);
    expect(first).toMatchObject({ code: 'TIMEOUT' });
    expect(queued).toMatchObject({ code: 'UNREACHABLE' });
  });

  it('reads no more than it may, and names no query in its faults', async () => {
    const url = await listen(http.createServer((_request, response) => response.end('x'.repeat(2_000))));
    const fault = await faultOf(
      client(url, { maxAnswerBytes: 1_000 }).send({ path: '/', query: { pin: '487388' }, kind: 'read' }),
    );
    expect(fault.code).toBe('GARBLED');
    expect(fault.message).not.toContain('487388');
  });

  it.each([
    'library.example',
    'ftp://library.example',
    'https://user:secret@library.example',
    'https://h/?key=1',
  ])('refuses the address %s', (baseUrl) => {
    expect(() => openHttp({ baseUrl, timeoutMs: 1, maxConnections: 1 })).toThrow(ConfigurationError);
  });

  it('says which file of an authority cannot be read', () => {
    const options = {
      baseUrl: 'https://library.example',
      timeoutMs: 1,
      maxConnections: 1,
      caFile: 'none.pem',
    };
    expect(() => openHttp(options)).toThrow('none.pem');
  });
});
