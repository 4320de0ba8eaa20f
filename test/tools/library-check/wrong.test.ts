import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
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
async function website(): Promise<number> {
  const server = http.createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>馆藏检索</title>');
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
const sru = (url: string, more: object = {}) => ({ kind: 'sru', ...SITE, url, timeoutMs: 800, ...more });
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

  it.each<[string, object | string, string[], string]>([
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
