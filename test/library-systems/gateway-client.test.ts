import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import http from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { startGateway } from '../../gateway';
import { connectGateway } from '../../library-systems/gateway';
import { LibraryFault } from '../../library-systems/library-fault';
import type { LibraryFaultCode } from '../../library-systems/library-fault';
import type { LibrarySystem } from '../../library-systems/library-system';
import { DESCRIBE } from '../../library-systems/operations';
import { describeLibrarySystem } from './describe-library-system';
import { KEY, openDemoGateway } from './support/demo';

// Opening the demo library takes a second or two on a busy machine.
jest.setTimeout(60_000);

const config = (url: string, timeoutMs = 30_000) => ({ url, keyId: KEY.id, secret: KEY.secret, timeoutMs });

describeLibrarySystem(
  'demo behind the gateway',
  async () => {
    const gateway = await openDemoGateway();
    return { system: await connectGateway(config(gateway.url)), close: gateway.close };
  },
  { frequentWord: '历史' },
);

/** A server that describes itself like a gateway and answers everything else as told. */
async function startImpostor() {
  let answer: http.RequestListener = (_, response) => void response.end();
  const server = http.createServer((request, response) => {
    if (!request.url?.endsWith(DESCRIBE)) return answer(request, response);
    const description = {
      name: 'x',
      branches: [],
      timeZone: 'UTC',
      operations: ['catalog.search', 'catalog.bib'],
    };
    response.end(JSON.stringify({ data: description }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answers: (listener: http.RequestListener) => (answer = listener),
    close: () =>
      new Promise<void>((resolve) => (server.close(() => resolve()), server.closeAllConnections())),
  };
}

describe('the gateway client', () => {
  let impostor: Awaited<ReturnType<typeof startImpostor>>;
  let system: LibrarySystem;
  beforeAll(async () => {
    impostor = await startImpostor();
    system = await connectGateway(config(impostor.url));
  });
  afterAll(() => impostor.close());

  const faultOf = async (asked: Promise<unknown>): Promise<LibraryFaultCode> => {
    const error: unknown = await asked.then(
      () => new Error('answered'),
      (e: unknown) => e,
    );
    if (!(error instanceof LibraryFault)) throw error;
    expect(error.message).not.toContain(KEY.secret);
    return error.code;
  };

  it('has only the members that the library system behind has', () => {
    expect(Object.keys(system.catalog!).sort()).toEqual(['bib', 'holdings', 'search']);
    expect(system.policy).toBeUndefined();
  });

  it.each<[string, number, string]>([
    ['nothing', 200, ''],
    ['a web page', 200, '<html>Sign in</html>'],
    ['no data', 200, '{}'],
    ['other data', 200, '{"data":{"bibId":7}}'],
    ['a list', 200, '[]'],
    ['a status of its own', 302, '{"data":null}'],
    ['a defect', 500, '{"fault":{"code":"INTERNAL"}}'],
    ['too much', 200, JSON.stringify({ data: 'x'.repeat(3_000_000) })],
  ])('calls %s garbled, never an unknown title', async (_, status, body) => {
    impostor.answers((_request, response) => void response.writeHead(status).end(body));
    expect(await faultOf(system.catalog!.bib('b1'))).toBe('GARBLED');
  });

  it.each<[LibraryFaultCode, number, string]>([
    ['REJECTED', 401, ''],
    ['REJECTED', 404, ''],
    ['TIMEOUT', 504, '{"fault":{"code":"TIMEOUT"}}'],
    ['REJECTED', 502, '{"fault":{"code":"REJECTED"}}'],
    ['UNREACHABLE', 502, '<html>Bad gateway</html>'],
    ['TIMEOUT', 504, '<html>Gateway timeout</html>'],
  ])('throws %s for status %i with %j', async (code, status, body) => {
    impostor.answers((_request, response) => void response.writeHead(status).end(body));
    expect(await faultOf(system.catalog!.bib('b1'))).toBe(code);
  });

  it('gives up at its time limit, also when the answer trickles in', async () => {
    const impatient = await connectGateway({ ...config(impostor.url), timeoutMs: 2_000 });
    impostor.answers(() => undefined);
    expect(await faultOf(impatient.catalog!.bib('b1'))).toBe('TIMEOUT');
    impostor.answers((request, response) => {
      response.writeHead(200).write('{"data":');
      const drip = setInterval(() => response.write(' '), 20);
      request.on('close', () => clearInterval(drip));
    });
    expect(await faultOf(impatient.catalog!.bib('b1'))).toBe('TIMEOUT');
  });

  it('calls a cut connection unreachable', async () => {
    impostor.answers((request) => void request.socket.destroy());
    expect(await faultOf(system.catalog!.bib('b1'))).toBe('UNREACHABLE');
    impostor.answers((request, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('{"data":');
      setImmediate(() => request.socket.destroy());
    });
    expect(await faultOf(system.catalog!.bib('b1'))).toBe('UNREACHABLE');
  });

  it('asks a second time when the kept connection turns out to be dead', async () => {
    const asked: string[] = [];
    impostor.answers((request, response) => {
      asked.push(request.headers.authorization ?? '');
      if (asked.length === 2) return void request.socket.destroy();
      response.end('{"data":null}');
    });
    expect(await system.catalog!.bib('b1')).toBeUndefined();
    expect(await system.catalog!.bib('b1')).toBeUndefined();
    expect(asked).toHaveLength(3);
    expect(new Set(asked).size).toBe(3);
  });

  it('does not start without a gateway, and says so as a fault', async () => {
    expect(await faultOf(connectGateway(config('http://127.0.0.1:1')))).toBe('UNREACHABLE');
    await expect(connectGateway(config('ftp://127.0.0.1'))).rejects.toThrow('must begin with http');
  });

  it('is told REJECTED with a wrong key, and the fault of the library system with a right one', async () => {
    const failing: LibrarySystem = {
      name: 'failing',
      branches: [],
      timeZone: 'UTC',
      catalog: {
        search: () => Promise.reject(new LibraryFault('TIMEOUT', 'slow')),
        bib: () => Promise.reject(new LibraryFault('UNREACHABLE', 'away')),
        holdings: () => Promise.reject(new Error('a defect that names a secret')),
      },
    };
    const log: string[] = [];
    const gateway = await startGateway({
      library: failing,
      keys: [KEY],
      clock: Date,
      log: (line) => log.push(line),
    });
    const other = { ...config(gateway.url), secret: 'another secret of thirty-two characters' };
    expect(await faultOf(connectGateway(other))).toBe('REJECTED');
    const { catalog } = await connectGateway(config(gateway.url));
    expect(await faultOf(catalog!.bib('b1'))).toBe('UNREACHABLE');
    expect(await faultOf(catalog!.holdings('b1'))).toBe('GARBLED');
    expect(log.filter((line) => line.includes('defect'))).toHaveLength(1);
    await gateway.close();
  });
});
