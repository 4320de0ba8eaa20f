import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { rmSync } from 'node:fs';
import https from 'node:https';
import type { ClientTls } from '../../library-systems/gateway/post';
import { LibraryFault } from '../../library-systems/library-fault';
import { openAuthority } from './support/certificates';
import type { Certificate } from './support/certificates';
import { run, writeConfig } from './support/run';
import { openSlowLibrary } from './support/slow-library';

// openssl makes its keys on a busy machine.
jest.setTimeout(60_000);

describe('the gateway behind TLS', () => {
  const made = openAuthority();
  const stops: (() => Promise<void>)[] = [];
  let ca: Certificate;
  let strangerCa: Certificate;
  let server: Certificate;
  let friend: Certificate;
  let stranger: Certificate;
  beforeAll(() => {
    ca = made.authority('library');
    strangerCa = made.authority('stranger');
    server = made.issue('server', 'library');
    friend = made.issue('functions', 'library');
    stranger = made.issue('intruder', 'stranger');
  });
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });
  afterAll(() => rmSync(made.folder, { recursive: true }));

  const start = async (tls: Record<string, string>) => {
    const library = openSlowLibrary();
    const config = writeConfig({ tls });
    const gateway = await run(config, async () => library.system);
    stops.push(() => gateway.stop());
    return { ...gateway, config, library };
  };
  const files = () => ({ certFile: server.certFile, keyFile: server.keyFile });
  const mutual = () => ({ ...files(), clientCaFile: ca.certFile });
  const own = ({ cert, key }: Certificate): ClientTls => ({ ca: ca.cert, cert, key });
  const faultOf = async (asked: Promise<unknown>): Promise<string> => {
    const error: unknown = await asked.then(
      () => 'answered',
      (e: unknown) => e,
    );
    return error instanceof LibraryFault ? error.code : String(error);
  };

  it('serves who trusts its authority, and nobody is fooled by another', async () => {
    const gateway = await start(files());
    expect(gateway.url).toMatch(/^https:/);
    const client = await gateway.client({ tls: { ca: ca.cert } });
    expect(await client.catalog!.bib('b1')).toMatchObject({ bibId: 'b1' });
    expect(await faultOf(gateway.client())).toBe('UNREACHABLE');
    expect(await faultOf(gateway.client({ tls: { ca: strangerCa.cert } }))).toBe('UNREACHABLE');
    expect(await faultOf(gateway.client({ url: gateway.url.replace('https', 'http') }))).toBe('UNREACHABLE');
  });

  it('speaks nothing older than TLS 1.2', async () => {
    const gateway = await start(files());
    const old = { maxVersion: 'TLSv1.1', minVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    const error: unknown = await new Promise((resolve) =>
      https
        .get(`${gateway.url}/health`, { ca: ca.cert, agent: false, ...old })
        .on('response', () => resolve('answered'))
        .on('error', resolve),
    );
    expect((error as Error).message).toMatch(/alert protocol version/);
  });

  it('lets in only certificates of the authority it was given, signature or not', async () => {
    const gateway = await start(mutual());
    const client = await gateway.client({ tls: own(friend) });
    expect(await client.catalog!.bib('b1')).toMatchObject({ bibId: 'b1' });
    for (const tls of [{ ca: ca.cert }, own(stranger)]) {
      expect(await faultOf(gateway.client({ tls }))).toBe('UNREACHABLE');
    }
    expect(gateway.library.asked).toEqual(['b1']);
    expect(gateway.log.filter((line) => line.includes('"gateway"'))).toHaveLength(2);
  });

  it('asks for the same authority until it is started anew, though a reload names none', async () => {
    const gateway = await start(mutual());
    gateway.config.write({ tls: files() });
    for (let i = 0; i < 2; i++) {
      expect(await gateway.reload()).toBe(true);
      expect(gateway.events().at(-1)).toMatchObject({ event: 'reloaded', later: ['tls'] });
      expect(await (await gateway.client({ tls: own(friend) })).catalog!.bib('b1')).toBeDefined();
      expect(await faultOf(gateway.client({ tls: own(stranger) }))).toBe('UNREACHABLE');
    }
  });

  it('needs the signature as well as the certificate', async () => {
    const gateway = await start(mutual());
    const other = gateway.client({ tls: own(friend), secret: 'another secret of thirty-two characters' });
    expect(await faultOf(other)).toBe('REJECTED');
  });

  it('takes a new certificate with a reload, without closing the door', async () => {
    const gateway = await start(files());
    const before = await gateway.client({ tls: { ca: ca.cert } });
    const renewed = made.issue('renewed', 'stranger');
    gateway.config.write({ tls: { certFile: renewed.certFile, keyFile: renewed.keyFile } });
    expect(await gateway.reload()).toBe(true);
    const after = await gateway.client({ tls: { ca: strangerCa.cert } });
    expect(await after.catalog!.bib('b1')).toMatchObject({ bibId: 'b1' });
    expect(await faultOf(gateway.client({ tls: { ca: ca.cert } }))).toBe('UNREACHABLE');
    expect(await before.catalog!.bib('b2')).toMatchObject({ bibId: 'b2' });
  });

  it('keeps the old certificate when the new one does not fit its key', async () => {
    const gateway = await start(files());
    gateway.config.write({ tls: { certFile: server.certFile, keyFile: friend.keyFile } });
    expect(await gateway.reload()).toBe(false);
    expect(gateway.events().at(-1)).toMatchObject({ event: 'reload-refused' });
    expect(JSON.stringify(gateway.events())).not.toContain('PRIVATE');
    await gateway.client({ tls: { ca: ca.cert } });
  });

  it('does not begin with certificates that cannot be used, on either side', async () => {
    await expect(start({ ...files(), keyFile: friend.keyFile })).rejects.toThrow('tls: ');
    await expect(start({ ...files(), certFile: 'none.pem' })).rejects.toThrow('tls.certFile: ');
    const gateway = await start(files());
    const wrong = { ca: ca.cert, cert: friend.cert, key: server.key };
    expect(await faultOf(gateway.client({ tls: wrong }))).toBe('REJECTED');
  });
});
