import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { spawnStart, startShutong, type Shutong } from '../support/start-shutong';

jest.setTimeout(120_000);

const READER = 'o-reader-1';
const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'shutong-start-'));
afterAll(() => fs.rmSync(dataDir, { recursive: true, force: true }));

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

function send(url: string, options: http.RequestOptions, body: string | Buffer = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const req = http.request(url, options, (res) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk: Buffer) => chunks.push(chunk));
      res.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const isJson = res.headers['content-type']?.includes('json');
        resolve({
          status: res.statusCode ?? 0,
          body: (isJson ? JSON.parse(text) : { text }) as Answer['body'],
        });
      });
    });
    req.on('error', reject);
    req.end(body);
  });
}

describe('npm start', () => {
  let shutong: Shutong;
  beforeAll(async () => {
    shutong = await startShutong(['--data-dir', dataDir]);
  });
  afterAll(async () => {
    shutong.process.kill('SIGKILL');
    await shutong.ended;
  });

  const post = (endpoint: string, body: unknown, options: http.RequestOptions = {}): Promise<Answer> =>
    send(
      shutong.url + endpoint,
      { method: 'POST', ...options },
      typeof body === 'string' ? body : JSON.stringify(body),
    );
  const call = (action: string, input: unknown): Promise<Answer> =>
    post('/call', { function: 'reader', openid: READER, event: { action, input } });

  it("gives the function's own answer on /call, with the demo library behind the gateway", async () => {
    const { status, body } = await call('catalog.search', { text: '红楼梦' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ ok: true, data: { page: 1, items: expect.any(Array) as unknown } });
    expect((body['data'] as { total: number }).total).toBeGreaterThan(0);
  });

  it('takes a file of a client on /upload, and says why it does not', async () => {
    const put = (query: string, options: http.RequestOptions = {}): Promise<Answer> =>
      send(`${shutong.url}/upload?${query}`, { method: 'PUT', ...options }, Buffer.from('bytes'));
    expect(await put(`openid=${READER}&path=a%2Fb.jpg`)).toEqual({
      status: 200,
      body: { fileID: 'cloud://local.6c6f-local-1250000000/a/b.jpg' },
    });
    expect(await put('openid=o-other&path=a%2Fb.jpg')).toMatchObject({
      status: 403,
      body: { errCode: -503002 },
    });
    expect((await put(`openid=${READER}&path=..%2Fb.jpg`)).status).toBe(400);
    expect((await put('path=a.jpg')).status).toBe(403);
    expect((await put(`openid=${READER}&path=a.jpg`, { method: 'POST' })).status).toBe(405);
    const elsewhere = { headers: { origin: 'https://elsewhere.example' } };
    expect((await put(`openid=${READER}&path=c.jpg`, elsewhere)).status).toBe(403);
  });

  it('calls as the platform does on /local/run', async () => {
    const { body } = await post('/local/run', {
      function: 'reader',
      event: { action: 'system.capabilities' },
    });
    expect(body).toHaveProperty('ok');
    expect((await post('/local/run', { function: 'reader' })).body).toMatchObject({ ok: false });
    expect((await post('/local/run', { function: 'no-such', event: {} })).body).toMatchObject({
      errCode: -501000,
    });
  });

  it.each([
    [{ function: 'jobs', openid: READER, event: {} }, 403, -501023],
    [{ function: 'reader', openid: '', event: {} }, 403, -501023],
    [{ function: 'reader', event: {} }, 403, -501023],
    [{ function: 'reader', openid: 'two words', event: {} }, 400, -501007],
    [{ function: 'reader', openid: READER, event: 5 }, 400, -501007],
    [{ function: '../../etc', openid: READER, event: {} }, 403, -501023],
  ])('answers %j as the platform refuses it', async (body, status, errCode) => {
    const answer = await post('/call', body);
    expect(answer).toMatchObject({ status, body: { errCode, errMsg: expect.any(String) as string } });
  });

  it.each([
    ['/call', '', 400],
    ['/call', '{', 400],
    ['/call', '[]', 400],
    ['/call', '{"function":5}', 400],
    ['/local/clock', '{}', 400],
    ['/local/clock', '{"now":"2026-11-21"}', 400],
    ['/local/clock', '{"now":"2026-11-21T10:00:00"}', 400],
    ['/local/clock', '{"now":"2026-99-21T10:00:00Z"}', 400],
    ['/local/faults', '{"library":"on-fire"}', 400],
    ['/local/return', '{"barcode":"nowhere"}', 400],
    ['/local/credits', '{"openid":"o-1"}', 400],
    ['/local/open-api', '{"api":"no.such","errcode":1}', 400],
    ['/local/open-api', '{"api":"subscribeMessage.send"}', 400],
    ['/local/reset', '{"all":true}', 400],
    ['/local/nothing', '{}', 404],
  ])('refuses POST %s with %j', async (endpoint, body, status) => {
    expect(await post(endpoint, body)).toMatchObject({
      status,
      body: { error: expect.any(String) as string },
    });
  });

  it.each([
    ['GET', '/call'],
    ['PUT', '/local/reset'],
    ['POST', '/local/outbox'],
    ['DELETE', '/local/clock'],
  ])('refuses %s %s', async (method, endpoint) => {
    expect((await send(shutong.url + endpoint, { method })).status).toBe(405);
  });

  it('refuses events that are too large at the door and lives on', async () => {
    const event = { action: 'catalog.search', input: { text: 'x'.repeat(6 * 1024 * 1024) } };
    expect((await post('/call', { function: 'reader', openid: READER, event })).status).toBe(413);
    expect((await post('/call', 'x'.repeat(12 * 1024 * 1024))).status).toBe(413);
    expect((await post('/local/clock', `{"now":"${'x'.repeat(100_000)}"}`)).status).toBe(413);
    expect((await call('system.capabilities', {})).status).toBe(200);
  });

  it.each([
    { host: 'shutong.evil.example' },
    { host: 'evil.example:8080' },
    { host: '127.0.0.1' },
    { origin: 'http://evil.example' },
    { origin: 'http://127.0.0.1:1' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
  ])('refuses requests with %j', async (headers) => {
    const body = { function: 'reader', openid: READER, event: { action: 'system.capabilities' } };
    expect((await post('/call', body, { headers })).status).toBe(403);
    expect((await send(`${shutong.url}/local/outbox`, { headers })).status).toBe(403);
  });

  it('takes requests of its own pages, by either name', async () => {
    const { port } = new URL(shutong.url);
    for (const name of ['127.0.0.1', 'localhost']) {
      const headers = {
        host: `${name}:${port}`,
        origin: `http://${name}:${port}`,
        'sec-fetch-site': 'same-origin',
      };
      const body = { function: 'reader', openid: READER, event: { action: 'system.capabilities' } };
      expect((await post('/call', body, { headers })).status).toBe(200);
    }
  });

  it('listens on the loopback interface only', async () => {
    const outside = Object.values(os.networkInterfaces())
      .flat()
      .find((address) => address && !address.internal && address.family === 'IPv4');
    if (!outside) return;
    const connected = await new Promise<boolean>((resolve) => {
      const socket = net.connect(Number(new URL(shutong.url).port), outside.address);
      socket.on('connect', () => resolve(true));
      socket.on('error', () => resolve(false));
    });
    expect(connected).toBe(false);
  });

  it('serves the preview', async () => {
    const { status, body } = await send(`${shutong.url}/`, { headers: { accept: 'text/html' } });
    expect(status).toBe(200);
    expect(String(body['text'])).toContain('<html');
  });

  it('moves the clock of functions and library, and back', async () => {
    const moved = await post('/local/clock', { now: '2031-05-06T10:00:00+08:00' });
    expect(moved.body).toMatchObject({
      // what expires meanwhile is removed
      fired: [{ function: 'jobs', trigger: 'beat', at: expect.any(String) as string }],
    });
    // it is told when the beat has ended, and time goes on meanwhile
    const late = Date.parse(String(moved.body['now'])) - Date.parse('2031-05-06T10:00:00+08:00');
    expect(late).toBeGreaterThanOrEqual(0);
    expect(late).toBeLessThan(90_000);
    const hours = await call('library.hours', {});
    expect((hours.body['data'] as { asOf: string }).asOf).toMatch(/^2031-05-06T/);
    const back = await post('/local/clock', { now: null });
    expect(Math.abs(Date.parse(String(back.body['now'])) - Date.now())).toBeLessThan(60_000);
  });

  it('disturbs the library on demand: an error, never an empty list', async () => {
    await post('/local/faults', { library: 'offline' });
    const { body } = await call('catalog.search', { text: '红楼梦' });
    expect(body).toMatchObject({ ok: false, error: { code: 'LIBRARY_UNREACHABLE', retryable: true } });
    await post('/local/faults', { library: 'none' });
    expect((await call('catalog.search', { text: '红楼梦' })).body).toMatchObject({ ok: true });
  });

  it('answers credits, scripts and the outbox, and forgets them on reset', async () => {
    const credits = { openid: READER, templateId: 'tmpl-1' };
    expect((await post('/local/credits', { ...credits, count: 2 })).body).toMatchObject({ credits: 2 });
    expect((await post('/local/credits', credits)).body).toMatchObject({ credits: 3 });
    const script = { api: 'subscribeMessage.send', errcode: 43101 };
    expect((await post('/local/open-api', script)).body).toMatchObject({ ...script, times: 1 });
    expect((await post('/local/reset', '')).status).toBe(200);
    expect((await post('/local/credits', credits)).body).toMatchObject({ credits: 1 });
    expect((await send(`${shutong.url}/local/outbox`, {})).body).toEqual([]);
  });

  it('ends on SIGTERM with code 0 and nothing left running, also with calls in flight', async () => {
    const other = await startShutong(['--data-dir', path.join(dataDir, 'other')]);
    await send(`${other.url}/local/faults`, { method: 'POST' }, '{"library":"slow"}');
    const body = JSON.stringify({
      function: 'reader',
      openid: READER,
      event: { action: 'catalog.newBooks' },
    });
    const inFlight = send(`${other.url}/call`, { method: 'POST' }, body).catch((error: unknown) =>
      String(error),
    );
    await new Promise((resolve) => setImmediate(resolve));
    other.process.kill('SIGTERM');
    await expect(other.ended).resolves.toBe(0);
    await inFlight;
    await expect(send(other.url, {})).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(fs.readdirSync(path.join(dataDir, 'other', 'built'))).toEqual([]);
  });

  it('says when the port is taken, and ends with 1', async () => {
    const { port } = new URL(shutong.url);
    const second = await spawnStart(['--port', port, '--data-dir', path.join(dataDir, 'second')]);
    await expect(second.ended).resolves.toBe(1);
    expect(second.errors()).toContain(`port ${port} cannot be had`);
    expect(second.errors()).not.toContain('    at ');
  });

  it('says when the data folder is in use, and harms neither', async () => {
    const second = await spawnStart(['--port', '0', '--no-watch', '--data-dir', dataDir]);
    await expect(second.ended).resolves.toBe(1);
    expect(second.errors()).toContain('in use');
    expect((await call('catalog.search', { text: '红楼梦' })).body).toMatchObject({ ok: true });
  });

  it.each([
    [['--port', 'eighty'], '--port eighty'],
    [['--port', '70000'], '--port 70000'],
    [['--library', 'no-such.json'], 'no-such.json'],
    [['--library', 'package.json'], 'package.json'],
    [['--data-dir', ''], '--data-dir'],
    [['--library', 'docs/library-systems/huiwen.json'], 'HUIWEN_STATE_KEY is not set'],
    [['--library', 'docs/library-systems/huiwen.json', '--secrets', 'no-such.env'], 'no-such.env'],
    [['--fast'], '--fast'],
    [['extra'], 'extra'],
  ])('explains %j and ends with 2', async (args, message) => {
    const wrong = await spawnStart(args);
    await expect(wrong.ended).resolves.toBe(2);
    expect(wrong.errors()).toContain(message);
    expect(wrong.errors()).toContain('npm start -- [options]');
  });

  it('takes the secrets of a library’s systems from a file', async () => {
    const file = path.join(dataDir, 'secrets.env');
    fs.writeFileSync(file, `HUIWEN_STATE_KEY=${'k'.repeat(40)}\n`, { mode: 0o600 });
    const folder = path.join(dataDir, 'own-systems');
    const library = ['--library', 'docs/library-systems/huiwen.json', '--secrets', file];
    const own = await startShutong([...library, '--data-dir', folder]);
    own.process.kill('SIGTERM');
    await expect(own.ended).resolves.toBe(0);
  });

  it('explains itself with --help', async () => {
    const help = await spawnStart(['--help']);
    await expect(help.ended).resolves.toBe(0);
    expect(help.output()).toContain('--library demo');
  });
});
