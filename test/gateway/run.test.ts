import { afterEach, describe, expect, it, jest } from '@jest/globals';
import http from 'node:http';
import net from 'node:net';
import { chmodSync } from 'node:fs';
import { startGateway } from '../../gateway';
import type { ConnectLibrary, HostContext } from '../../gateway/host-library';
import { authorize } from '../../library-systems/gateway/signing';
import { LibraryFault } from '../../library-systems/library-fault';
import { NEXT_SECRET, run, SECRET, writeConfig } from './support/run';
import { openSlowLibrary } from './support/slow-library';

// What takes a moment takes longer on a busy machine.
jest.setTimeout(60_000);

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function start(given: Record<string, unknown> = {}, connect?: ConnectLibrary) {
  const library = openSlowLibrary();
  const config = writeConfig(given);
  const gateway = await run(config, connect ?? (async () => library.system));
  stops.push(() => gateway.stop());
  return { ...gateway, config, library };
}
const codeOf = async (asked: Promise<unknown>): Promise<string> => {
  const error: unknown = await asked.then(
    () => 'answered',
    (e: unknown) => e,
  );
  return error instanceof LibraryFault ? error.code : String(error);
};
const until = async (condition: () => boolean): Promise<void> => {
  const deadline = performance.now() + 20_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`did not happen: ${condition.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};
/** Nobody is cut off because the machine is busy. */
const PATIENT = { waitMs: 60_000, timeLimits: { lookupMs: 60_000, wholeReadMs: 60_000 } };
const metricsOf = async (url: string | undefined): Promise<string> => (await fetch(`${url}/metrics`)).text();

describe('starting from a configuration', () => {
  const refused = async (given: Record<string, unknown>): Promise<string> => {
    const error: unknown = await start(given).then(
      () => 'started',
      (e: unknown) => e,
    );
    return error instanceof Error ? error.message : String(error);
  };

  it('says what to set, and repeats no secret', async () => {
    expect(await refused({ listen: {} })).toContain('listen.port');
    expect(await refused({ lissten: { port: 1 } })).toContain('lissten');
    expect(await refused({ keys: [] })).toContain('keys: The gateway needs one key');
    expect(await refused({ keys: [{ id: 'k', secretEnv: 'NONE' }] })).toContain('NONE is not set');
    expect(await refused({ keys: [{ id: 'k', secretEnv: SECRET }] })).not.toContain(SECRET);
    expect(await refused({ limits: { parallel: 0 } })).toContain('limits.parallel');
    expect(await refused({ metrics: { host: '0.0.0.0', port: 0 } })).toContain('metrics.tokenEnv');
  });

  it('warns of secrets that others can read', async () => {
    const config = writeConfig();
    chmodSync(config.secretsFile, 0o644);
    const gateway = await run(config, async () => openSlowLibrary().system);
    stops.push(() => gateway.stop());
    expect(gateway.events()).toContainEqual(expect.objectContaining({ event: 'warning' }));
  });

  it('takes secrets from the environment, those of the file first', async () => {
    const asked: string[] = [];
    const config = writeConfig();
    const connect: ConnectLibrary = async (_config, { secret }) => {
      asked.push(secret('KEY'), secret('FROM_ENV'));
      return openSlowLibrary().system;
    };
    const gateway = await run(config, connect, { KEY: 'not this one', FROM_ENV: 'this one' });
    stops.push(() => gateway.stop());
    expect(asked).toEqual([SECRET, 'this one']);
  });
});

describe('reading the configuration again', () => {
  it('changes keys while calls are under way, and keeps the library', async () => {
    const gateway = await start();
    const old = await gateway.client();
    const running = old.catalog!.bib('slow-1');
    await until(() => gateway.library.asked.length === 1);
    gateway.config.writeSecrets({ NEXT: NEXT_SECRET });
    gateway.config.write({
      keys: [
        { id: 'functions', secretEnv: 'KEY' },
        { id: 'next', secretEnv: 'NEXT' },
      ],
    });
    expect(await gateway.reload()).toBe(true);
    const next = await gateway.client({ keyId: 'next', secret: NEXT_SECRET });
    expect(await old.catalog!.bib('b1')).toMatchObject({ bibId: 'b1' });
    expect(await running).toMatchObject({ bibId: 'slow-1' });
    gateway.config.write({ keys: [{ id: 'next', secretEnv: 'NEXT' }] });
    expect(await gateway.reload()).toBe(true);
    expect(await codeOf(old.catalog!.bib('b2'))).toBe('REJECTED');
    expect(await next.catalog!.bib('b2')).toMatchObject({ bibId: 'b2' });
    expect(gateway.library.closed()).toBe(0);
  });

  it('keeps everything when the new one is bad, and says so', async () => {
    const gateway = await start({ metrics: { port: 0 } });
    const client = await gateway.client();
    for (const bad of [
      { limits: { parallel: 'many' } },
      { keys: [{ id: 'k', secretEnv: 'UNSET' }] },
      { what: 1 },
    ]) {
      gateway.config.write(bad);
      expect(await gateway.reload()).toBe(false);
      expect(gateway.events().at(-1)).toMatchObject({
        event: 'reload-refused',
        running: 'with the configuration from before',
      });
      expect(await client.catalog!.bib('b1')).toMatchObject({ bibId: 'b1' });
    }
    expect(await metricsOf(gateway.insideUrl)).toContain(
      'shutong_gateway_reloads_total{outcome="refused"} 3',
    );
  });

  it('connects the library anew when its part has changed, and never asks for more than the budget', async () => {
    const opened: ReturnType<typeof openSlowLibrary>[] = [];
    let inFlight = 0;
    let most = 0;
    const gateway = await start({ limits: { parallel: 2 } }, async (config) => {
      const library = openSlowLibrary({ slowMs: 800, name: JSON.stringify(config) });
      opened.push(library);
      const bib = async (id: string) => {
        most = Math.max(most, ++inFlight);
        try {
          return await library.system.catalog!.bib(id);
        } finally {
          inFlight -= 1;
        }
      };
      return { ...library.system, catalog: { ...library.system.catalog!, bib } };
    });
    const client = await gateway.client();
    const early = ['slow-1', 'slow-2'].map((id) => client.catalog!.bib(id));
    await until(() => inFlight === 2);
    gateway.config.write({ library: { kind: 'other' } });
    const reloaded = gateway.reload();
    await until(() => opened.length === 2);
    const late = ['slow-3', 'slow-4', 'slow-5'].map((id) => client.catalog!.bib(id));
    expect(await reloaded).toBe(true);
    for (const answer of await Promise.all([...early, ...late])) expect(answer).toBeDefined();
    expect(most).toBe(2);
    expect(opened.map((library) => library.closed())).toEqual([1, 0]);
    expect((await gateway.client()).name).toContain('other');
  });

  it('connects it anew when one of its secrets has changed', async () => {
    let connected = 0;
    const gateway = await start({}, async (_config, { secret }: HostContext) => {
      connected += 1;
      secret('PASSWORD');
      return openSlowLibrary().system;
    }).catch((error: unknown) => error);
    expect(String(gateway)).toContain('PASSWORD is not set');
    const config = writeConfig();
    config.writeSecrets({ PASSWORD: 'one' });
    const running = await run(config, async (_config, { secret }) => {
      connected += 1;
      secret('PASSWORD');
      return openSlowLibrary().system;
    });
    stops.push(() => running.stop());
    await running.reload();
    expect(connected).toBe(2);
    config.writeSecrets({ PASSWORD: 'two' });
    await running.reload();
    expect(connected).toBe(3);
  });

  it('says what only a restart can change', async () => {
    const gateway = await start();
    gateway.config.write({ listen: { port: 1 } });
    expect(await gateway.reload()).toBe(true);
    expect(gateway.events().at(-1)).toMatchObject({ event: 'reloaded', later: ['listen'] });
  });

  it('takes new limits at once', async () => {
    const library = openSlowLibrary({ slowMs: 5_000 });
    const gateway = await start({ limits: { ...PATIENT, parallel: 1 } }, async () => library.system);
    const client = await gateway.client({ timeoutMs: 60_000 });
    const all = ['slow-1', 'slow-2', 'slow-3'].map((id) => client.catalog!.bib(id));
    await until(() => library.asked.length === 1);
    gateway.config.write({ limits: { ...PATIENT, parallel: 3 } });
    await gateway.reload();
    await until(() => library.most() === 3);
    await Promise.all(all);
  });
});

describe('parts of a library', () => {
  it('go down each for itself, and the library is as well as the worst of them', async () => {
    const [catalog, circulation] = [openSlowLibrary(), openSlowLibrary()];
    const limits = { breaker: { failures: 2 }, retries: { times: 0 } };
    const gateway = await start({ limits, metrics: { port: 0 } }, async (_config, { protect }) => {
      const shelves = protect(catalog.system, 'catalog');
      const desk = protect(circulation.system, 'circulation');
      return {
        ...shelves,
        catalog: { ...shelves.catalog!, bib: (bibId) => desk.catalog!.bib(bibId) },
        close: async () => {
          await shelves.close();
          await desk.close();
        },
      };
    });
    const client = await gateway.client();
    expect(await client.status!()).toEqual({ state: 'ok' });
    for (const id of ['down-1', 'down-2']) expect(await codeOf(client.catalog!.bib(id))).toBe('UNREACHABLE');
    expect(await client.status!()).toMatchObject({ state: 'down' });
    expect(await codeOf(client.catalog!.bib('b1'))).toBe('UNREACHABLE');
    expect(await client.catalog!.holdings('b1')).toMatchObject({ bibId: 'b1' });
    const metrics = await metricsOf(gateway.insideUrl);
    expect(metrics).toContain('shutong_gateway_breaker_state{part="circulation",state="down"} 1');
    expect(metrics).toContain('shutong_gateway_breaker_state{part="catalog",state="ok"} 1');
    await gateway.stop();
    expect([catalog.closed(), circulation.closed()]).toEqual([1, 1]);
  });
});

describe('what the gateway says of itself', () => {
  it('counts without telling who or what', async () => {
    const gateway = await start({ metrics: { port: 0 } });
    const client = await gateway.client();
    await client.catalog!.bib('b-secret-wish');
    await client.fines!.list({ ref: 'patron-4711', session: 'token-of-the-reader' });
    await codeOf(client.catalog!.bib('down-1'));
    await codeOf(gateway.client({ secret: 'another secret of thirty-two characters' }));
    await codeOf(gateway.client({ keyId: 'who-is-this' }));
    for (const path of ['/v1/loans.forge', '/v1/张三', `/v1/${'x'.repeat(300)}`]) {
      await fetch(gateway.url + path, { method: 'POST' });
    }
    const metrics = await metricsOf(gateway.insideUrl);
    expect(metrics).toContain('shutong_gateway_requests_total{operation="catalog.bib",outcome="ok"} 1');
    expect(metrics).toContain(
      'shutong_gateway_requests_total{operation="catalog.bib",outcome="UNREACHABLE"} 1',
    );
    expect(metrics).toContain('shutong_gateway_refused_total{reason="wrong-signature"} 1');
    expect(metrics).toContain('shutong_gateway_refused_total{reason="unknown-key"} 1');
    expect(metrics).toContain('shutong_gateway_refused_total{reason="no-signature"} 3');
    expect(metrics).toContain('shutong_gateway_library_running{part="library"} 0');
    const told = metrics + gateway.log.join('\n');
    const never = [
      'wish',
      '4711',
      'token-of',
      '张三',
      '2021000123',
      'forge',
      'xxx',
      'who-is',
      SECRET,
      'as told',
    ];
    for (const secret of never) expect([secret, told.includes(secret)]).toEqual([secret, false]);
  });

  it('gives metrics at their own address only, and only with the token', async () => {
    const config = writeConfig({ metrics: { port: 0, tokenEnv: 'TOKEN' } });
    config.writeSecrets({ TOKEN: 'let me in' });
    const gateway = await run(config, async () => openSlowLibrary().system);
    stops.push(() => gateway.stop());
    expect((await fetch(`${gateway.url}/metrics`)).status).toBe(404);
    const ask = async (authorization?: string) => {
      const headers = authorization === undefined ? {} : { authorization };
      const answer = await fetch(`${gateway.insideUrl}/metrics`, { headers });
      return [answer.status, (await answer.text()).length > 0];
    };
    expect(await ask()).toEqual([401, false]);
    expect(await ask('Bearer let me i')).toEqual([401, false]);
    expect(await ask('Bearer let me in')).toEqual([200, true]);
    for (const path of ['/health', '/ready']) {
      const answer = await fetch(`${gateway.insideUrl}${path}`);
      expect([answer.status, await answer.text()]).toEqual([200, '{"ok":true}']);
    }
    expect((await fetch(`${gateway.insideUrl}/v1/catalog.bib`, { method: 'POST' })).status).toBe(404);
  });
});

describe('too much at once', () => {
  it('bounds what waits, answers the rest at once, and lives on', async () => {
    const limits = { parallel: 2, waiting: 100, waitMs: 1_000 };
    const gateway = await start({ limits, metrics: { port: 0 } });
    const agent = new http.Agent({ keepAlive: true, maxSockets: 400 });
    const path = '/v1/catalog.bib';
    const ask = (bibId: string) =>
      new Promise<number>((resolve, reject) => {
        const body = Buffer.from(JSON.stringify({ bibId }));
        const signed = { method: 'POST', path, body };
        const authorization = authorize(signed, { id: 'functions', secret: SECRET }, Date.now());
        const options = { method: 'POST', agent, headers: { authorization } };
        const request = http.request(gateway.url + path, options, (response) => {
          response.resume().on('end', () => resolve(response.statusCode!));
        });
        request.on('error', reject).end(body);
      });
    const waiting: number[] = [];
    const look = setInterval(() => {
      void metricsOf(gateway.insideUrl).then((metrics) =>
        waiting.push(Number(/library_waiting\{part="library"\} (\d+)/.exec(metrics)?.[1])),
      );
    }, 50);
    const all = await Promise.all(Array.from({ length: 1_200 }, (_, i) => ask(`slow-${i}`)));
    clearInterval(look);
    agent.destroy();
    expect(new Set(all)).toEqual(new Set([200, 502]));
    expect(Math.max(...waiting)).toBeGreaterThan(0);
    expect(Math.max(...waiting)).toBeLessThanOrEqual(100);
    expect(gateway.library.most()).toBe(2);
    const metrics = await metricsOf(gateway.insideUrl);
    expect(metrics).toMatch(/not_asked_total\{part="library",operation="catalog.bib",reason="full"\} \d+/);
    expect(await (await gateway.client()).catalog!.bib('b1')).toMatchObject({ bibId: 'b1' });
  });

  it('is not held up by those who never finish a request', async () => {
    const gateway = await start();
    const { hostname, port } = new URL(gateway.url);
    const slow = Array.from({ length: 200 }, () => {
      const socket = net.connect(Number(port), hostname);
      socket.on('error', () => undefined);
      socket.write('POST /v1/catalog.bib HTTP/1.1\r\nhost: x\r\nx-drip: ');
      return socket;
    });
    const drip = setInterval(() => slow.forEach((socket) => socket.write('x')), 100);
    const client = await gateway.client();
    for (let i = 0; i < 20; i++) await client.catalog!.holdings(`b${i}`);
    // nobody had to be answered first, or thrown out
    expect(slow.filter((socket) => socket.readyState !== 'open')).toEqual([]);
    clearInterval(drip);
    for (const socket of slow) socket.destroy();
  });
});

describe('a request that never ends', () => {
  it('is given up after the time it was allowed', async () => {
    const { system } = openSlowLibrary();
    const key = { id: 'functions', secret: SECRET };
    const options = { library: system, keys: [key], clock: Date, log: () => undefined };
    const gateway = await startGateway({ ...options, headersMs: 300, requestMs: 300 });
    stops.push(() => gateway.close());
    const { hostname, port } = new URL(gateway.url);
    const socket = net.connect(Number(port), hostname);
    const answer: Buffer[] = [];
    socket.on('data', (data: Buffer) => answer.push(data));
    // one more drip to a door that has just been shut
    socket.on('error', () => undefined);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.write('POST /v1/catalog.bib HTTP/1.1\r\nhost: x\r\nx-drip: ');
    const drip = setInterval(() => socket.write('x'), 50);
    await closed;
    clearInterval(drip);
    expect(Buffer.concat(answer).toString()).toMatch(/^HTTP\/1.1 408 /);
  });
});

describe('stopping', () => {
  it('lets running calls end, refuses new ones, and closes the library', async () => {
    // the call goes on for longer than the announcement, within which the test asks whether all is ready
    const library = openSlowLibrary({ slowMs: 4_000 });
    const gateway = await start(
      { limits: PATIENT, metrics: { port: 0 }, stop: { announceMs: 2_000, graceMs: 30_000 } },
      async () => library.system,
    );
    const client = await gateway.client({ timeoutMs: 60_000 });
    const running = client.catalog!.bib('slow-1');
    await until(() => library.asked.length === 1);
    const stopping = gateway.stop();
    for (const url of [gateway.url, gateway.insideUrl])
      expect((await fetch(`${url}/ready`)).status).toBe(503);
    expect((await fetch(`${gateway.insideUrl}/health`)).status).toBe(200);
    expect(await running).toMatchObject({ bibId: 'slow-1' });
    await stopping;
    expect(library.closed()).toBe(1);
    expect(await codeOf(client.catalog!.bib('b2'))).toBe('UNREACHABLE');
    expect(await gateway.reload()).toBe(false);
  });

  it('waits no longer than it was told', async () => {
    const library = openSlowLibrary({ slowMs: 60_000 });
    const gateway = await start({ stop: { graceMs: 200 } }, async () => library.system);
    const client = await gateway.client();
    const cut = codeOf(client.catalog!.bib('slow-1'));
    await until(() => library.asked.length === 1);
    const started = performance.now();
    await gateway.stop();
    expect(performance.now() - started).toBeLessThan(30_000);
    expect(await cut).toBe('UNREACHABLE');
    expect(library.closed()).toBe(1);
  });
});
