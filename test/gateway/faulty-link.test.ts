import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import http from 'node:http';
import { startFaultyLink } from '../../local/faulty-link';
import { connectGateway } from '../../library-systems/gateway';
import type { LibrarySystem } from '../../library-systems/library-system';
import { KEY, openDemoGateway } from '../library-systems/support/demo';

// Opening the demo library takes a second or two on a busy machine.
jest.setTimeout(60_000);

describe('the faulty link', () => {
  let gateway: Awaited<ReturnType<typeof openDemoGateway>>;
  let link: Awaited<ReturnType<typeof startFaultyLink>>;
  let system: LibrarySystem;
  let impatient: LibrarySystem;
  const log: string[] = [];
  beforeAll(async () => {
    gateway = await openDemoGateway();
    link = await startFaultyLink(gateway.url, (line) => log.push(line));
    const connect = (timeoutMs: number) =>
      connectGateway({ url: link.url, keyId: KEY.id, secret: KEY.secret, timeoutMs });
    system = await connect(30_000);
    impatient = await connect(2_000);
  });
  afterAll(async () => {
    await link.close();
    await gateway.close();
  });
  afterEach(() => link.set('none'));

  const ask = () => system.catalog!.bib('b000001');
  const answered = () => gateway.log.filter((line) => line.includes('catalog.bib')).length;

  it('passes everything on while there is no fault', async () => {
    expect(await ask()).toMatchObject({ bibId: 'b000001' });
  });

  it('offline: cannot be reached, and nothing arrives; afterwards all is as before', async () => {
    await ask();
    const before = answered();
    link.set('offline');
    await expect(ask()).rejects.toMatchObject({ code: 'UNREACHABLE' });
    await expect(ask()).rejects.toMatchObject({ code: 'UNREACHABLE' });
    expect(answered()).toBe(before);
    link.set('none');
    expect(await ask()).toMatchObject({ bibId: 'b000001' });
  });

  it('slow: runs into the caller’s time limit, and who still waits is served when the fault is over', async () => {
    link.set('slow');
    const waiting = ask();
    await expect(impatient.catalog!.bib('b000001')).rejects.toMatchObject({ code: 'TIMEOUT' });
    link.set('none');
    expect(await waiting).toMatchObject({ bibId: 'b000001' });
  });

  it('garbage: something answers that is not the gateway', async () => {
    link.set('garbage');
    await expect(ask()).rejects.toMatchObject({ code: 'GARBLED' });
  });

  it('drop-after-write: the gateway did it, the caller does not learn so, and may look', async () => {
    const signedIn = () => gateway.log.filter((line) => line.includes('signIn.complete')).length;
    const before = signedIn();
    link.set('drop-after-write');
    const answers = { cardNumber: '2024110013', pin: '000000' };
    const write = system.signIn!.complete({ method: 'pin', answers });
    await expect(write).rejects.toMatchObject({ code: 'LOST' });
    expect(signedIn()).toBe(before + 1);
    expect(await ask()).toMatchObject({ bibId: 'b000001' });
  });

  it('touches operations only', async () => {
    for (const fault of ['slow', 'garbage', 'drop-after-write'] as const) {
      link.set(fault);
      const health = await fetch(`${link.url}/health`);
      expect(await health.json()).toEqual({ ok: true });
    }
  });

  it('reaches the gateway only, whatever the request line says', async () => {
    const { status } = await new Promise<{ status: number | undefined }>((resolve, reject) => {
      const { hostname, port } = new URL(link.url);
      const request = http.request(
        { hostname, port, path: '//127.0.0.1:1/health', agent: false },
        (response) => {
          response.resume().on('end', () => resolve({ status: response.statusCode }));
        },
      );
      request.on('error', reject).end();
    });
    expect(status).toBe(404);
  });

  it('says which fault it was put into', () => {
    expect(log).toContain('library link: garbage');
  });
});
