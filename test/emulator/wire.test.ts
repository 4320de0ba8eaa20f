import fc from 'fast-check';
import http from 'node:http';
import { parseMultipart } from '../../local/emulator/http/multipart';
import { buildFixtures, startTestEmulator, type TestEmulator } from './support/start-test-emulator';

jest.setTimeout(60_000);

/** fetch sets Host itself; this does not. */
function send(
  url: string,
  options: http.RequestOptions,
  body = '',
): Promise<{ status: number; body: Record<string, unknown> }> {
  return new Promise((resolve, reject) => {
    const req = http.request(url, options, (res) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk: Buffer) => chunks.push(chunk));
      res.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: res.statusCode ?? 0, body: JSON.parse(text) as Record<string, unknown> });
      });
    });
    req.on('error', reject);
    req.end(body);
  });
}

describe('the SDK endpoint', () => {
  let cloud: TestEmulator;
  beforeAll(async () => {
    cloud = await startTestEmulator({ functionsDir: await buildFixtures(['short']) });
  });
  afterAll(() => cloud.emulator.close());
  const post = (body: string, options: http.RequestOptions = {}) =>
    send(
      cloud.emulator.url,
      { method: 'POST', headers: { 'content-type': 'application/json' }, ...options },
      body,
    );

  it('listens on the loopback interface, behind a path that changes', async () => {
    const url = new URL(cloud.emulator.url);
    expect(url.hostname).toBe('127.0.0.1');
    expect(url.pathname.length).toBeGreaterThan(30);
    expect((await send(`${url.origin}/admin`, { method: 'POST' }, '{}')).status).toBe(404);
  });

  it.each([
    [{ host: 'evil.example' }, 403],
    [{ host: 'evil.example:80' }, 403],
    [{ origin: 'http://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
  ])('refuses a request with %j', async (headers, status) => {
    expect((await post('{}', { headers })).status).toBe(status);
  });

  it('refuses pages even of its own address', async () => {
    expect((await post('{}', { headers: { origin: new URL(cloud.emulator.url).origin } })).status).toBe(404);
    expect((await send(cloud.emulator.url, { method: 'GET' })).status).toBe(405);
  });

  it.each([
    '',
    'null',
    '[]',
    '"text"',
    '{',
    '{"action":5}',
    '{"action":"__proto__"}',
    '{"action":"ai.chat"}',
  ])('answers %j with a code and a request id', async (body) => {
    const { status, body: answer } = await post(body);
    expect(status).toBe(200);
    expect(answer).toEqual({
      code: expect.stringMatching(/^INVALID_(PARAM|ACTION)$/) as string,
      message: expect.any(String) as string,
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    });
  });

  it('names the action that it does not know', async () => {
    expect((await post('{"action":"ai.chat"}')).body['message']).toContain('ai.chat');
  });

  it('refuses what is too large and lives on', async () => {
    const { body } = await post(JSON.stringify({ action: 'x', pad: 'x'.repeat(9 * 1024 * 1024) }));
    expect(body['code']).toBe('EXCEED_REQUEST_SIZE_LIMIT');
    expect((await post('{"action":"ai.chat"}')).status).toBe(200);
  });

  it('calls functions for nobody when the token is not one of its own', async () => {
    const call = (wxCloudApiToken: string) =>
      post(
        JSON.stringify({
          action: 'functions.invokeFunction',
          function_name: 'short',
          request_data: '{"do":"answer"}',
          wxCloudApiToken,
        }),
      );
    const token = Buffer.from('{"function":"short","openid":"o-forged"}').toString('base64url');
    for (const forged of ['', 'a.b', `${token}.${token}`, token]) {
      expect((await call(forged)).body).toMatchObject({ data: { response_data: '"in time"' } });
    }
  });

  it.each([
    '',
    'no boundary',
    '--x\r\n\r\n',
    '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\nunfinished',
  ])('answers a broken form %j as an error', async (body) => {
    const { body: answer } = await post(body, {
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
    });
    expect(answer['code']).toBe('INVALID_PARAM');
  });
});

describe('the open API on the wire', () => {
  it('answers broken protobuf as an error of the parameters', async () => {
    const cloud = await startTestEmulator({ functionsDir: await buildFixtures([]) });
    const part = (name: string, value: string): string =>
      `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    const form = `${part('action', 'wx.openApi')}${part('apiName', 'a.b')}${part('requestData', '\x12\x7fshort')}--x--`;
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    const { body } = await send(cloud.emulator.url, { method: 'POST', headers }, form);
    expect(body['code']).toBe('INVALID_PARAM');
    await cloud.emulator.close();
  });
});

describe('parseMultipart', () => {
  it('brings back any bytes in any parts', () => {
    const name = fc.stringMatching(/^[A-Za-z]{1,10}$/);
    fc.assert(
      fc.property(fc.dictionary(name, fc.uint8Array({ maxLength: 200 })), (parts) => {
        const entries = Object.entries(parts);
        const body = Buffer.concat([
          ...entries.flatMap(([key, bytes]) => [
            Buffer.from(`--b0undary\r\nContent-Disposition: form-data; name="${key}"\r\n\r\n`),
            bytes,
            Buffer.from('\r\n'),
          ]),
          Buffer.from('--b0undary--\r\n'),
        ]);
        const parsed = parseMultipart(body, 'multipart/form-data; boundary=b0undary');
        expect([...parsed].map(([key, bytes]) => [key, [...bytes]])).toEqual(
          entries.map(([key, bytes]) => [key, [...bytes]]),
        );
      }),
    );
  });

  it('throws or answers, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('--b', '\r\n', '\r\n\r\n', 'name="a"', 'x', '--'), maxLength: 30 }),
        (text) => {
          try {
            expect(parseMultipart(Buffer.from(text), 'multipart/form-data; boundary=b')).toBeInstanceOf(Map);
          } catch (error) {
            expect((error as Error).message).toMatch(/^multipart/);
          }
        },
      ),
    );
  });
});
