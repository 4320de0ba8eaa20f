import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connectGateway } from '../../library-systems/gateway';
import { buildGateway } from '../../tools/build-gateway';
import { CATALOG_FILE } from '../library-systems/support/demo';
import { SECRET, writeConfig } from './support/run';

// The demo library opens in a process of its own, on a busy machine.
jest.setTimeout(60_000);

describe('the gateway as a program', () => {
  const place = mkdtempSync(path.join(tmpdir(), 'shutong-gateway-'));
  const program = path.join(place, 'main.cjs');
  const children: ChildProcess[] = [];
  beforeAll(async () => {
    await buildGateway({ outfile: path.join(place, 'built.cjs') });
    // far from any node_modules: it must carry all that it needs
    cpSync(path.join(place, 'built.cjs'), program);
  });
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });
  afterAll(() => rmSync(place, { recursive: true }));

  const start = (args: string[]) => {
    const child = spawn(process.execPath, [program, ...args], { cwd: place, env: {} });
    children.push(child);
    const output = { text: '', errors: '' };
    child.stdout.on('data', (data: Buffer) => (output.text += data.toString()));
    child.stderr.on('data', (data: Buffer) => (output.errors += data.toString()));
    const events = () =>
      output.text
        .split('\n')
        .filter((line) => line.includes('"event"'))
        .map((line) => JSON.parse(line) as Record<string, unknown>);
    const event = async (name: string, nth = 1): Promise<Record<string, unknown>> => {
      const deadline = performance.now() + 45_000;
      for (;;) {
        const found = events().filter((line) => line['event'] === name)[nth - 1];
        if (found !== undefined) return found;
        if (performance.now() > deadline) throw new Error(`no ${name}: ${output.text}`);
        if (child.exitCode !== null) throw new Error(`ended without ${name}: ${output.errors}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    return { child, output, event };
  };
  const demo = () =>
    writeConfig({
      library: {
        kind: 'demo',
        catalogFile: CATALOG_FILE,
        dataDir: path.join(place, `data-${Math.random()}`),
      },
      metrics: { port: 0 },
    });
  const argumentsOf = ({ configFile, secretsFile }: ReturnType<typeof demo>) => [
    ...['--config', configFile, '--secrets', secretsFile],
  ];

  it('serves, reads its configuration again on SIGHUP, and ends in order on SIGTERM', async () => {
    const config = demo();
    const { child, event, output } = start(argumentsOf(config));
    const { url, metrics } = (await event('started')) as { url: string; metrics: string };
    const connect = (keyId = 'functions') =>
      connectGateway({ url, keyId, secret: SECRET, timeoutMs: 20_000 });
    const client = await connect();
    expect(await client.status!()).toEqual({ state: 'ok' });
    expect(await client.catalog!.bib('b000001')).toMatchObject({ bibId: 'b000001' });
    expect(await (await fetch(`${metrics}/metrics`)).text()).toContain(
      'operation="catalog.bib",outcome="ok"} 1',
    );

    config.write({ keys: [{ id: 'renamed', secretEnv: 'KEY' }] });
    child.kill('SIGHUP');
    expect(await event('reloaded')).toMatchObject({ library: 'kept' });
    await expect(client.catalog!.bib('b000001')).rejects.toMatchObject({ code: 'REJECTED' });
    const renamed = await connect('renamed');

    config.write({ keys: [] });
    child.kill('SIGHUP');
    expect((await event('reload-refused'))['problem']).toContain('needs one key');
    expect(await renamed.catalog!.bib('b000001')).toMatchObject({ bibId: 'b000001' });

    const calls = Array.from({ length: 40 }, (_, i) =>
      renamed.catalog!.holdings(`b${String(i + 1).padStart(6, '0')}`),
    );
    await calls[0];
    const closed = once(child, 'close');
    child.kill('SIGTERM');
    const ended = await Promise.allSettled(calls);
    const [code] = (await closed) as [number];
    expect(code).toBe(0);
    expect(await event('stopped')).toBeDefined();
    expect(output.errors).toBe('');
    for (const one of ended) {
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'UNREACHABLE' });
    }
    expect(ended.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
  });

  it.each([
    [[], 2, 'Usage: '],
    [['--config', 'none.json'], 1, 'none.json cannot be read'],
    [['--nonsense'], 2, 'Usage: '],
  ])('does not start with %j', async (args, status, words) => {
    const { child, output } = start(args);
    const [code] = (await once(child, 'close')) as [number];
    expect([code, output.errors]).toEqual([status, expect.stringContaining(words)]);
  });

  it('says so when its address is taken, and ends', async () => {
    const first = start(argumentsOf(demo()));
    const { url } = (await first.event('started')) as { url: string };
    const config = demo();
    config.write({ listen: { port: Number(new URL(url).port) } });
    const { child, output } = start(argumentsOf(config));
    const [code] = (await once(child, 'close')) as [number];
    expect([code, output.errors]).toEqual([1, expect.stringContaining('EADDRINUSE')]);
  });
});
