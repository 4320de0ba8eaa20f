import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { startFakeKoha } from '../../support/fake-koha';
import { makeCertificate } from '../../support/make-certificate';
import { startSip2Server } from '../../support/sip2-server';
import type { ServerOptions } from '../../support/sip2-server';
import { LOGIN, runCheck, SITE, sip2 } from './support';

jest.setTimeout(60_000);

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});
async function serve(options: ServerOptions = {}): Promise<number> {
  const server = await startSip2Server(options);
  opened.push(server);
  return server.port;
}
async function website(page = '<!doctype html><title>馆藏检索</title>'): Promise<number> {
  const server = http.createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end(page);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  opened.push(server);
  return (server.address() as AddressInfo).port;
}
async function closedPort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
const sru = (url: string, more: object = {}) => ({ kind: 'sru', ...SITE, url, timeoutMs: 10_000, ...more });
const DIAGNOSTIC =
  '<searchRetrieveResponse xmlns="http://www.loc.gov/zing/srw/"><version>1.1</version><numberOfRecords>0</numberOfRecords>' +
  '<diagnostics><diagnostic xmlns="http://www.loc.gov/zing/srw/diagnostic/"><uri>info:srw/diagnostic/1/16</uri>' +
  '</diagnostic></diagnostics></searchRetrieveResponse>';
const REST = { auth: { kind: 'basic', userEnv: 'SIP2_USER', passwordEnv: 'WRONG' } };
const koha = (baseUrl: string) => ({ kind: 'koha', ...SITE, baseUrl, timeoutMs: 10_000, rest: REST });
const folio = (baseUrl: string) => ({
  ...{ kind: 'folio', ...SITE, timeoutMs: 10_000 },
  okapi: { baseUrl, tenant: 'diku', userEnv: 'SIP2_USER', passwordEnv: 'WRONG' },
});
async function fakeKoha(): Promise<string> {
  const server = await startFakeKoha();
  opened.push(server);
  return server.url;
}
const check = (config: object, argv: string[] = [], env: object = {}) =>
  runCheck({ ...SITE, ...config }, argv, env);

describe('library:check says what to set', () => {
  it.each<[string, () => Promise<[object, string[]?, object?]>, RegExp[]]>([
    [
      'a host that does not exist',
      async () => [sip2(6001, { host: 'sip.no-such-library.invalid' })],
      [/connection: .*"host"/],
    ],
    ['a port where nobody listens', async () => [sip2(await closedPort())], [/connection: .*"port"/]],
    [
      'a port where something else listens',
      async () => [sip2(await website())],
      [/protocol: .*Something else/],
    ],
    [
      'TLS to a server that is plain',
      async () => [sip2(await serve(), { tls: {} })],
      [/tls: .*leave out "tls"/],
    ],
    [
      'a certificate of an authority that is not known',
      async () => [
        sip2(await serve({ tls: makeCertificate('library.test') }), { tls: { servername: 'library.test' } }),
      ],
      [/tls: .*"tls.caFile"/],
    ],
    [
      'a wrong account',
      async () => [
        sip2(await serve({ login: { user: 'gate', password: 'secret' } }), {
          login: { userEnv: 'SIP2_USER', passwordEnv: 'WRONG' },
        }),
      ],
      [/credentials: .*"login.userEnv" and "login.passwordEnv"/],
    ],
    [
      'no account where one is needed',
      async () => [sip2(await serve({ login: { user: 'gate', password: 'secret' } }))],
      [/credentials: .*may want a login/],
    ],
    [
      'the wrong character set',
      async () => [sip2(await serve({ charset: 'gbk' }), { sampleBarcode: '10000003' })],
      [/charset: .*"gbk"|charset: .*gb18030/],
    ],
    [
      'another institution',
      async () => [sip2(await serve(), { institution: 'OTHER' })],
      [/institution: .*TEST/],
    ],
    [
      'the wrong time zone',
      async () => [{ ...sip2(await serve()), timeZone: 'Europe/Berlin' }],
      [/timeZone: /],
    ],
    [
      'a web page in the place of SRU',
      async () => [sru(`http://127.0.0.1:${await website()}/opac`)],
      [/ERROR .*url/],
    ],
    [
      'an index that the server does not have',
      async () => [sru(`http://127.0.0.1:${await website(DIAGNOSTIC)}/db`)],
      [/catalog.search +failed +\d+ +REJECTED: [^.]*unsupported index$/m],
    ],
    [
      'Koha by https where it speaks http',
      async () => [koha(`https://127.0.0.1:${await website()}`)],
      [/ERROR +tls: .*baseUrl/],
    ],
    [
      'ILS-DI at another path',
      async () => [{ ...koha(await fakeKoha()), ilsDiPath: '/ilsdi.pl' }],
      [/ERROR +configuration: .*404.*ilsDiPath/],
    ],
    [
      'FOLIO at a host that does not exist',
      async () => [folio('http://no-such-library.invalid')],
      [/ERROR +connection: .*okapi.baseUrl/],
    ],
    [
      'SRU at a host that does not exist',
      async () => [sru('http://no-such-library.invalid/db')],
      [/ERROR +connection: .*url/],
    ],
    [
      'the wrong PIN',
      async () => [sip2(await serve()), ['--reader', '20230001', '--pin-env', 'WRONG']],
      [/signIn.complete +refused +\d+ +BAD_PIN/, /Not working: .*signIn.complete/],
    ],
  ])('about %s', async (_what, make, expected) => {
    const [config, argv, env] = await make();
    const { code, text } = await check(config, argv, env);
    for (const pattern of expected) expect(text).toMatch(pattern);
    expect(code).toBe(1);
  });

  it('about wrong credentials once, not for each thing that they open', async () => {
    const { text } = await check(koha(await fakeKoha()));
    expect(text.match(/ERROR/g)).toHaveLength(1);
    expect(text.match(/does not accept these credentials/g)).toHaveLength(1);
    expect(text).toMatch(/ERROR +credentials: .*rest.auth/);
  });

  it.each<[string, object | string, string[], string]>([
    ['an ISBN that is none', sip2(6001), ['--isbn', '12345'], '--isbn is no ISBN'],
    [
      'a secret that is not set',
      sip2(6001, { login: { ...LOGIN, passwordEnv: 'NOT_SET' } }),
      [],
      'NOT_SET is not set',
    ],
    ['a PIN that is not set', sip2(6001), ['--reader', '1', '--pin-env', 'NO_PIN'], 'NO_PIN is not set'],
    ['a misspelt setting', sip2(6001, { institutoin: 'X' }), [], 'institutoin: there is no such setting'],
    ['text that is not JSON', '{"kind": "sip2",}', [], 'is not JSON'],
    ['an option that there is not', sip2(6001), ['--renew'], '--renew'],
    ['--write without a reader', sip2(6001), ['--write'], '--write goes with --reader'],
  ])('about %s, before it connects', async (_what, config, argv, expected) => {
    const whole = typeof config === 'string' ? config : { ...SITE, ...config };
    const { code, text } = await runCheck(whole, argv);
    expect(text).toContain(expected);
    expect(code).toBe(2);
  });
});
