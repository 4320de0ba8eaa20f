import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { NonceMemory } from '../../gateway/nonces';
import { startGateway } from '../../gateway';
import type { LibrarySystem } from '../../library-systems/library-system';
import { authorize, MAX_SKEW_MS } from '../../library-systems/gateway/signing';

const KEY = { id: 'k-new', secret: 'n'.repeat(40) };
const OLD_KEY = { id: 'k-old', secret: 'o'.repeat(40) };
const NOW = Date.parse('2026-11-21T10:00:00+08:00');
const PATH = '/v1/catalog.bib';
const BODY = '{"bibId":"b1"}';

interface Answer {
  status: number;
  body: string;
}

describe('the gateway', () => {
  let now = NOW;
  let asked = 0;
  const log: string[] = [];
  const library: LibrarySystem = {
    name: 'x',
    branches: [],
    timeZone: 'UTC',
    catalog: {
      search: () => Promise.reject(new Error('not asked here')),
      bib: async () => (asked++, undefined),
      holdings: () => Promise.reject(new Error('reader 2021000123 typed a secret')),
    },
  };
  let gateway: Awaited<ReturnType<typeof startGateway>>;
  beforeAll(async () => {
    const clock = { now: () => now };
    gateway = await startGateway({ library, keys: [KEY, OLD_KEY], clock, log: (line) => log.push(line) });
  });
  afterAll(() => gateway.close());
  beforeEach(() => {
    now = NOW;
    asked = 0;
    log.length = 0;
  });

  const send = (method: string, path: string, body: string | Buffer, headers: http.OutgoingHttpHeaders) =>
    new Promise<Answer>((resolve, reject) => {
      const request = http.request(
        new URL(path, gateway.url),
        { method, headers, agent: false },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () =>
            resolve({ status: response.statusCode!, body: Buffer.concat(chunks).toString() }),
          );
        },
      );
      request.on('error', reject);
      request.end(body);
    });
  const signed = (key = KEY, time = NOW, path = PATH, body: string | Buffer = BODY): string =>
    authorize({ method: 'POST', path, body: Buffer.from(body) }, key, time);
  const post = (authorization: string | undefined, path = PATH, body: string | Buffer = BODY) =>
    send('POST', path, body, authorization === undefined ? {} : { authorization });

  const refused = async (answer: Promise<Answer>, why: string): Promise<void> => {
    expect(await answer).toEqual({ status: 401, body: '' });
    expect(asked).toBe(0);
    expect(JSON.parse(log.at(-1)!)).toMatchObject({ outcome: why });
  };

  it('answers what is signed with either key', async () => {
    expect(await post(signed())).toEqual({ status: 200, body: '{"data":null}' });
    expect(await post(signed(OLD_KEY))).toEqual({ status: 200, body: '{"data":null}' });
    expect(asked).toBe(2);
    expect(JSON.parse(log[1]!)).toMatchObject({ gateway: 'catalog.bib', outcome: 'ok', key: 'k-old' });
  });

  it('refuses a missing or malformed signature', async () => {
    await refused(post(undefined), 'no-signature');
    await refused(post(''), 'no-signature');
    await refused(post('Bearer x'), 'no-signature');
    await refused(post(signed().replace(/.$/, '')), 'no-signature');
    await refused(post(signed().toUpperCase()), 'no-signature');
    await refused(post(`${signed()},`), 'no-signature');
  });

  it('refuses a wrong key, a wrong secret, another key’s id', async () => {
    await refused(post(signed({ id: 'k-none', secret: KEY.secret })), 'unknown-key');
    await refused(post(signed({ id: '__proto__', secret: KEY.secret })), 'unknown-key');
    await refused(post(signed({ id: KEY.id, secret: 'w'.repeat(40) })), 'wrong-signature');
    await refused(post(signed().replace('k-new', 'k-old')), 'wrong-signature');
  });

  it('refuses a signature of another body, path, time, nonce or method', async () => {
    await refused(post(signed(), PATH, '{"bibId":"b2"}'), 'wrong-signature');
    await refused(post(signed(), '/v1/catalog.holdings'), 'wrong-signature');
    await refused(post(signed(), `${PATH}?x=1`), 'wrong-signature');
    await refused(post(signed().replace(`time=${NOW}`, `time=${NOW + 1}`)), 'wrong-signature');
    await refused(
      post(signed().replace(/(?<=nonce=)./, (first) => (first === '_' ? '-' : '_'))),
      'wrong-signature',
    );
    const asPut = authorize({ method: 'PUT', path: PATH, body: Buffer.from(BODY) }, KEY, NOW);
    await refused(post(asPut), 'wrong-signature');
  });

  it('refuses what is too old or from the future, and takes what is just within the limit', async () => {
    await refused(post(signed(KEY, NOW - MAX_SKEW_MS - 1)), 'clock');
    await refused(post(signed(KEY, NOW + MAX_SKEW_MS + 1)), 'clock');
    expect((await post(signed(KEY, NOW - MAX_SKEW_MS))).status).toBe(200);
    expect((await post(signed(KEY, NOW + MAX_SKEW_MS))).status).toBe(200);
  });

  it('refuses a replay, however late', async () => {
    const once = signed(KEY, NOW + MAX_SKEW_MS);
    expect((await post(once)).status).toBe(200);
    asked = 0;
    for (const later of [0, MAX_SKEW_MS, 2 * MAX_SKEW_MS]) {
      now = NOW + later;
      await refused(post(once), 'replayed');
    }
    now = NOW + 2 * MAX_SKEW_MS + 1;
    await refused(post(once), 'clock');
  });

  it('does not let a failed forgery use up a nonce', async () => {
    const authorization = signed();
    await refused(post(authorization, PATH, '{"bibId":"b2"}'), 'wrong-signature');
    expect((await post(authorization)).status).toBe(200);
  });

  it('refuses at the door what is too large, announced or not', async () => {
    const huge = Buffer.alloc(5_000_000, 'x');
    const cut = (error: unknown): Answer => {
      expect(error).toMatchObject({ code: expect.stringMatching(/ECONNRESET|EPIPE/) });
      return { status: 413, body: '' };
    };
    expect(await post(signed(KEY, NOW, PATH, huge), PATH, huge).catch(cut)).toEqual({
      status: 413,
      body: '',
    });
    const chunked = send('POST', PATH, huge, { authorization: signed(), 'transfer-encoding': 'chunked' });
    expect(await chunked.catch(cut)).toEqual({ status: 413, body: '' });
    expect(asked).toBe(0);
  });

  it('tells nobody without a key which operations there are', async () => {
    const unknown = await post(undefined, '/v1/loans.renew');
    expect(unknown).toEqual(await post(undefined, PATH));
    expect((await post(signed(KEY, NOW, '/v1/loans.renew'), '/v1/loans.renew')).status).toBe(404);
    expect((await post(signed(KEY, NOW, '/v1/constructor'), '/v1/constructor')).status).toBe(404);
    expect((await post(signed(KEY, NOW, '/v1/catalog.suggest'), '/v1/catalog.suggest')).status).toBe(404);
  });

  it('checks the input before the library system sees it', async () => {
    for (const body of [
      '',
      'null',
      '[]',
      '{"bibId":',
      '{"bibId":7}',
      '{"bibId":"a b"}',
      '{"__proto__":{"bibId":"b1"}}',
    ]) {
      expect(await post(signed(KEY, NOW, PATH, body), PATH, body)).toEqual({ status: 400, body: '' });
    }
    const broken = Buffer.from([0x7b, 0xff, 0xfe, 0x7d]);
    expect(await post(signed(KEY, NOW, PATH, broken), PATH, broken)).toEqual({ status: 400, body: '' });
    expect(asked).toBe(0);
  });

  it('tells a defect by its place, to the log only, without what was typed', async () => {
    const path = '/v1/catalog.holdings';
    const answer = await post(signed(KEY, NOW, path), path);
    expect(answer).toEqual({ status: 500, body: '{"fault":{"code":"INTERNAL"}}' });
    expect(log.at(-1)).toContain('defect Error at');
    expect(log.join()).not.toContain('2021000123');
    expect(log.join()).not.toContain(KEY.secret);
  });

  it.each([
    ['content-length: 900', 'abc'],
    ['transfer-encoding: chunked', '3\r\nabc\r\n'],
  ])('tells a body that breaks off to its log only, and lives on (%s)', async (header, start) => {
    const console = jest.spyOn(globalThis.console, 'error').mockImplementation(() => undefined);
    const { hostname, port } = new URL(gateway.url);
    const socket = net.connect(Number(port), hostname);
    socket.write(
      `POST ${PATH} HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\n` +
        `authorization: ${signed()}\r\n${header}\r\n\r\n${start}`,
    );
    // the invitation to go on shows that the head has arrived
    await once(socket, 'data');
    socket.destroy();
    while (log.length === 0) await send('GET', '/health', '', {});
    expect(JSON.parse(log[0]!)).toMatchObject({ gateway: 'catalog.bib', outcome: 'broken-off' });
    expect(console).not.toHaveBeenCalled();
    console.mockRestore();
    expect((await post(signed())).status).toBe(200);
  });

  it('refuses a stranger before reading what he sends', async () => {
    const { hostname, port } = new URL(gateway.url);
    const socket = net.connect(Number(port), hostname);
    socket.write(`POST ${PATH} HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n`);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    expect(answer.toString()).toMatch(/^HTTP\/1.1 401 /);
  });

  it('says that it lives, without signature and without details', async () => {
    expect(await send('GET', '/health', '', {})).toEqual({ status: 200, body: '{"ok":true}' });
    for (const path of ['/', '/v1/', '/v1', '/metrics', '/v1/catalog.bib']) {
      expect((await send('GET', path, '', {})).status).toBe(404);
    }
  });
});

describe('starting the gateway', () => {
  const library: LibrarySystem = { name: 'x', branches: [], timeZone: 'UTC' };
  const start = (keys: { id: string; secret: string }[]) =>
    startGateway({ library, keys, clock: Date, log: () => undefined });

  it('is refused without usable keys, saying what to set', async () => {
    await expect(start([])).rejects.toThrow('needs one key');
    await expect(start([KEY, OLD_KEY, { ...KEY, id: 'k3' }])).rejects.toThrow('two while keys are changed');
    await expect(start([{ id: 'k', secret: 'short' }])).rejects.toThrow('at least 32 characters');
    await expect(start([{ id: 'a b', secret: KEY.secret }])).rejects.toThrow('key id');
    await expect(start([KEY, { ...OLD_KEY, id: KEY.id }])).rejects.toThrow('must differ');
  });
});

describe('closing the gateway', () => {
  it('lets a running request end first', async () => {
    let release = (): void => undefined;
    let arrived = (): void => undefined;
    const running = new Promise<void>((resolve) => (arrived = resolve));
    const library: LibrarySystem = {
      name: 'x',
      branches: [],
      timeZone: 'UTC',
      catalog: {
        search: () => Promise.reject(new Error('not asked here')),
        holdings: () => Promise.reject(new Error('not asked here')),
        bib: () => new Promise((resolve) => ((release = () => resolve(undefined)), arrived())),
      },
    };
    const gateway = await startGateway({ library, keys: [KEY], clock: Date, log: () => undefined });
    const authorization = authorize({ method: 'POST', path: PATH, body: Buffer.from(BODY) }, KEY, Date.now());
    const answer = fetch(gateway.url + PATH, { method: 'POST', body: BODY, headers: { authorization } });
    await running;
    const closed = gateway.close();
    release();
    expect(await (await answer).json()).toEqual({ data: null });
    await closed;
    await expect(fetch(`${gateway.url}/health`)).rejects.toThrow();
  });
});

describe('the memory of nonces', () => {
  it('forgets only what could not be accepted any more, and is full rather than forgetful', () => {
    const nonces = new NonceMemory(3);
    expect(nonces.remember('a', 100, 0)).toBe('new');
    expect(nonces.remember('b', 200, 0)).toBe('new');
    expect(nonces.remember('c', 300, 0)).toBe('new');
    expect(nonces.remember('d', 400, 99)).toBe('full');
    expect(nonces.remember('a', 100, 99)).toBe('replayed');
    expect(nonces.remember('d', 400, 100)).toBe('new');
    expect(nonces.remember('b', 200, 100)).toBe('replayed');
    expect(nonces.remember('c', 300, 299)).toBe('replayed');
  });
});
