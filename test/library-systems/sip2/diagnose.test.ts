import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import os from 'node:os';
import path from 'node:path';
import type { Finding } from '../../../library-systems/connected-system';
import { connectSip2 } from '../../../library-systems/sip2';
import { makeCertificate } from '../../support/make-certificate';
import { startSip2Server } from '../../support/sip2-server';
import { BARCODES, CARDS } from '../../support/sip2-server/seed';
import { ACCOUNT, closeAll, configFor, faultOf, LOGIN, NOW, openSip2, secret } from './support';
import type { ConfigInput } from './support';

const GBK_TITLE = '10000003';
const problems = (findings: readonly Finding[]): Finding[] => findings.filter(({ level }) => level !== 'ok');
/** A plain connection is always warned of; that is a test of its own. */
const besidesPlain = (findings: readonly Finding[]): Finding[] =>
  problems(findings).filter(({ topic, level }) => topic !== 'tls' || level === 'error');

async function lookAt(port: number, more: ConfigInput = {}): Promise<Finding[]> {
  const system = await connectSip2(configFor(port, more), { secret, clock: { now: () => NOW } });
  try {
    return await system.diagnose();
  } finally {
    await system.close();
  }
}

describe('a close look at a SIP2 server', () => {
  const servers: net.Server[] = [];
  /** A server that never reads does not see either that its caller has gone. */
  const sockets = new Set<net.Socket>();
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'shutong-sip2-'));
  });
  afterEach(async () => {
    await closeAll();
    for (const server of servers.splice(0)) server.close();
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    await rm(folder, { recursive: true });
  });
  async function listen(server: net.Server): Promise<number> {
    servers.push(server.listen(0, '127.0.0.1'));
    server.on('connection', (socket) => sockets.add(socket));
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  it('finds nothing wrong where nothing is', async () => {
    const { system, server } = await openSip2({ login: ACCOUNT }, { login: LOGIN, sampleBarcode: GBK_TITLE });
    const findings = await system.diagnose();
    expect(besidesPlain(findings)).toEqual([]);
    expect(new Set(findings.map(({ topic }) => topic))).toEqual(
      new Set(['connection', 'tls', 'credentials', 'protocol', 'institution', 'timeZone', 'charset']),
    );
    expect(server.violations).toEqual([]);
    expect(server.requests.some(({ code }) => ['29', '15', '63', '23'].includes(code))).toBe(false);
  });

  it('stays within the number of connections', async () => {
    const { system, server } = await openSip2({ maxConnections: 1 }, { maxConnections: 1 });
    await system.patrons!.patron({ ref: CARDS.borrower.cardNumber });
    expect(problems(await system.diagnose()).filter(({ topic }) => topic === 'connection')).toEqual([]);
    expect(server.counts).toMatchObject({ most: 1, refused: 0 });
  });

  it('names a host without address', async () => {
    const [finding] = await lookAt(6001, { host: 'no-such-library.invalid' });
    expect(finding).toMatchObject({
      topic: 'connection',
      level: 'error',
      text: expect.stringContaining('"host"'),
    });
  });

  it('names a port that refuses', async () => {
    const gone = net.createServer();
    const port = await listen(gone);
    gone.close();
    await once(gone, 'close');
    expect(await lookAt(port)).toEqual([
      { topic: 'connection', level: 'error', text: expect.stringContaining('"port"') },
    ]);
  });

  it('names a peer that speaks something else', async () => {
    const port = await listen(http.createServer((_, response) => response.end('hello')));
    expect(problems(await lookAt(port))).toContainEqual({
      topic: 'protocol',
      level: 'error',
      text: expect.stringContaining('Something else than SIP2'),
    });
  });

  it('names a peer that says nothing', async () => {
    const port = await listen(net.createServer((socket) => socket.on('error', () => undefined)));
    expect(problems(await lookAt(port, { timeoutMs: 300 }))).toContainEqual({
      topic: 'protocol',
      level: 'error',
      text: expect.stringMatching(/says nothing.*"lineEnd": "crlf"/),
    });
  });

  it('names a login that is refused, and one that is missing', async () => {
    const { server } = await openSip2({ login: ACCOUNT });
    expect(
      problems(await lookAt(server.port, { login: { ...LOGIN, passwordEnv: 'SIP2_WRONG' } })),
    ).toContainEqual({
      topic: 'credentials',
      level: 'error',
      text: expect.stringContaining('"login.passwordEnv"'),
    });
    expect(problems(await lookAt(server.port))).toContainEqual({
      topic: 'credentials',
      level: 'error',
      text: expect.stringContaining('may want a login'),
    });
  });

  it('names the character set that fits', async () => {
    for (const [charset, configured] of [
      ['gbk', 'utf-8'],
      ['utf-8', 'gbk'],
    ] as const) {
      const { server } = await openSip2({ charset });
      expect(
        problems(await lookAt(server.port, { charset: configured, sampleBarcode: GBK_TITLE })),
      ).toContainEqual({
        topic: 'charset',
        level: 'error',
        text: expect.stringContaining(`Set "charset" to "${charset}"`),
      });
    }
  });

  it('says when the character set could not be tested', async () => {
    const { server } = await openSip2();
    const findings = await lookAt(server.port, { sampleBarcode: 'NOSUCH' });
    expect(findings).toContainEqual({
      topic: 'configuration',
      level: 'warning',
      text: expect.stringContaining('"sampleBarcode"'),
    });
  });

  it.each([
    [8, undefined, 'ok'],
    [0, 'in UTC', 'warning'],
    [5, '3 h behind', 'error'],
    [8.2, 'minutes ahead', 'error'],
  ] as const)('reads the clock of a server %d hours east of UTC: %s', async (headerOffset, text, level) => {
    const { server } = await openSip2({ headerOffset });
    const found = (await lookAt(server.port)).find(({ topic }) => topic === 'timeZone');
    expect(found).toMatchObject({ level });
    if (text !== undefined) expect(found!.text).toContain(text);
  });

  it('names another institution', async () => {
    const { server } = await openSip2({ institution: 'CPL' });
    expect(problems(await lookAt(server.port))).toContainEqual({
      topic: 'institution',
      level: 'error',
      text: expect.stringContaining('Set it to "CPL"'),
    });
  });

  it('names what is configured and not supported', async () => {
    const { server } = await openSip2({ supported: 'YNNNYYYYNNYNNNNN' });
    const texts = problems(await lookAt(server.port)).map(({ text }) => text);
    expect(texts).toContainEqual(expect.stringContaining('message 15 (BX); "holds"'));
    expect(texts).toContainEqual(expect.stringContaining('message 29 (BX); "loans"'));
  });

  it('names a time limit that is shorter than the server’s', async () => {
    const { server } = await openSip2({ timeoutTenths: 30 });
    expect(problems(await lookAt(server.port, { timeoutMs: 1_500 }))).toContainEqual({
      topic: 'configuration',
      level: 'warning',
      text: expect.stringContaining('3000 ms for an answer, "timeoutMs" is 1500'),
    });
  });

  it('names checksums that are missing', async () => {
    const { server } = await openSip2();
    server.plan('no-trailer', Infinity);
    expect(problems(await lookAt(server.port))).toContainEqual({
      topic: 'protocol',
      level: 'error',
      text: expect.stringContaining('"errorDetection" to false'),
    });
  });

  it('speaks TLS with a server whose authority is known, and with no other', async () => {
    const { cert, key } = makeCertificate('library.test');
    const caFile = path.join(folder, 'ca.pem');
    await writeFile(caFile, cert);
    const server = await startSip2Server({ tls: { cert, key }, now: () => NOW });
    try {
      const trusted = await lookAt(server.port, { tls: { caFile, servername: 'library.test' } });
      expect(trusted[0]).toMatchObject({
        topic: 'connection',
        level: 'ok',
        text: expect.stringContaining('in TLS'),
      });
      expect(problems(trusted).filter(({ topic }) => topic === 'tls')).toEqual([]);
      for (const tls of [{ servername: 'library.test' }, { caFile, servername: 'elsewhere.test' }]) {
        expect(await lookAt(server.port, { tls })).toEqual([
          { topic: 'tls', level: 'error', text: expect.stringContaining('"tls.caFile"') },
        ]);
      }
      // Without TLS the server hears nothing that it understands.
      expect(problems(await lookAt(server.port, { timeoutMs: 500 })).map(({ level }) => level)).toContain(
        'error',
      );
      const system = await connectSip2(
        configFor(server.port, { tls: { caFile, servername: 'library.test' } }),
        { secret, clock: { now: () => NOW } },
      );
      expect(
        await system.loans!.renew({ ref: CARDS.borrower.cardNumber }, [BARCODES.renewable[0]]),
      ).toMatchObject([{ status: 'renewed' }]);
      await system.close();
    } finally {
      await server.close();
    }
  });

  it('speaks TLS to no server that is plain', async () => {
    const { server } = await openSip2();
    expect(await lookAt(server.port, { tls: {}, connectTimeoutMs: 500 })).toEqual([
      { topic: 'tls', level: 'error', text: expect.stringContaining('leave out "tls"') },
    ]);
    const system = await connectSip2(configFor(server.port, { tls: {}, connectTimeoutMs: 500 }), {
      secret,
      clock: { now: () => NOW },
    });
    expect(await faultOf(system.patrons!.patron({ ref: 'x' }))).toMatchObject({
      code: 'UNREACHABLE',
      reason: 'tls',
    });
    await system.close();
  });

  it('names a file that cannot be read', async () => {
    const config = configFor(6001, { tls: { caFile: path.join(folder, 'none.pem') } });
    await expect(connectSip2(config, { secret, clock: { now: () => NOW } })).rejects.toThrow('tls.caFile');
  });
});
