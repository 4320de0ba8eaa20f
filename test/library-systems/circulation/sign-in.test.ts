import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import crypto from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inflateSync } from 'node:zlib';
import type { SignInMethod } from '../../../contracts/cards';
import { openDemoLibrary } from '../../../library-systems/demo';
import type { DemoLibrary } from '../../../library-systems/demo';
import { CATALOG_FILE, NOW } from '../support/demo';
import { credentials } from './support';

const { cardNumber, pin } = credentials('p17');

describe('ways to sign in to the demo library', () => {
  let now: number;
  let dataDir: string;
  let library: DemoLibrary;
  const open = async (methods: SignInMethod[], afterBinding?: 'session'): Promise<void> => {
    library = await openDemoLibrary({
      catalogFile: CATALOG_FILE,
      dataDir,
      clock: { now: () => now },
      signIn: { methods, ...(afterBinding && { afterBinding }) },
    });
  };
  beforeEach(async () => {
    now = NOW;
    dataDir = await mkdtemp(path.join(tmpdir(), 'shutong-sign-in-'));
  });
  afterEach(async () => {
    await library.close();
    await rm(dataDir, { recursive: true });
  });

  describe('with a picture', () => {
    /** Begins a conversation about the digits 4711. */
    const start = async () => {
      const random = jest.spyOn(crypto, 'randomInt').mockImplementationOnce(() => 4_711);
      const started = await library.signIn!.start('captcha-pin');
      random.mockRestore();
      if (started.kind !== 'captcha') throw new Error('no picture');
      return started;
    };
    const complete = (captcha: string, state: string, typed = pin) =>
      library.signIn!.complete({
        method: 'captcha-pin',
        answers: { cardNumber, pin: typed, captcha },
        state,
      });

    it('proves a reader who reads it, once', async () => {
      await open(['captcha-pin']);
      const { fields, state } = await start();
      expect(fields.map(({ name }) => name)).toEqual(['cardNumber', 'pin', 'captcha']);
      expect(state).not.toContain('4711');
      expect(await complete('４７１１', state)).toMatchObject({ patron: { ref: 'p17' } });
      expect(await complete('4711', state)).toMatchObject({ denied: { code: 'NEED_CAPTCHA' } });
    });

    it('is asked for anew after a wrong or late answer, without counting a wrong PIN', async () => {
      await open(['captcha-pin']);
      for (let i = 0; i < 6; i++) {
        const { state } = await start();
        expect(await complete('4712', state, 'wrong')).toMatchObject({ denied: { code: 'NEED_CAPTCHA' } });
        expect(await complete('4711', state)).toMatchObject({ denied: { code: 'NEED_CAPTCHA' } });
      }
      const { state } = await start();
      now += 6 * 60_000;
      expect(await complete('4711', state)).toMatchObject({ denied: { code: 'NEED_CAPTCHA' } });
      const fresh = await start();
      expect(await complete('4711', fresh.state, 'wrong')).toMatchObject({ denied: { code: 'BAD_PIN' } });
      const last = await start();
      expect(await complete('4711', last.state)).toHaveProperty('patron');
    });

    it('is a PNG with ink on it, never the same twice', async () => {
      await open(['captcha-pin']);
      const { captchaImage } = await start();
      const png = Buffer.from(captchaImage.replace('data:image/png;base64,', ''), 'base64');
      expect(png.subarray(1, 4).toString()).toBe('PNG');
      const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
      const data = png.indexOf('IDAT');
      const rows = inflateSync(png.subarray(data + 4, data + 4 + png.readUInt32BE(data - 4)));
      expect(rows).toHaveLength((width + 1) * height);
      expect(rows.filter((grey, i) => i % (width + 1) > 0 && grey < 100).length).toBeGreaterThan(500);
      expect((await start()).captchaImage).not.toBe(captchaImage);
    });
  });

  it('on the campus’ own page: the ticket is good once, for its own conversation, for a while', async () => {
    await open(['sso']);
    const begin = async () => {
      const started = await library.signIn!.start('sso');
      if (started.kind !== 'sso') throw new Error('no page');
      return started;
    };
    const submit = (url: string, typed: string) =>
      fetch(url, {
        method: 'POST',
        body: new URLSearchParams({ cardNumber, pin: typed }),
        redirect: 'manual',
      });
    const complete = (ticket: string, state: string) =>
      library.signIn!.complete({ method: 'sso', answers: { ticket }, state });

    const { ssoUrl, state } = await begin();
    expect(new URL(ssoUrl).hostname).toBe('127.0.0.1');
    expect(await (await fetch(ssoUrl)).text()).toContain('name="pin"');
    const wrong = await submit(ssoUrl, 'wrong');
    expect(wrong.status).toBe(403);
    expect(await wrong.text()).toContain('证号或密码错误');
    const right = await submit(ssoUrl, pin);
    expect(right.status).toBe(303);
    const done = new URL(right.headers.get('location')!, ssoUrl);
    expect((await fetch(done)).status).toBe(200);
    const ticket = done.searchParams.get('ticket')!;
    const other = await begin();
    expect(await complete('guess', state)).toMatchObject({ denied: { code: 'OTHER' } });
    expect(await complete(ticket, state)).toMatchObject({ patron: { ref: 'p17' } });
    expect(await complete(ticket, state)).toMatchObject({ denied: { code: 'OTHER' } });
    expect((await submit(ssoUrl, pin)).status).toBe(403);

    const swapped = await submit(other.ssoUrl, pin);
    const foreign = new URL(swapped.headers.get('location')!, ssoUrl).searchParams.get('ticket')!;
    expect(await complete(foreign, state)).toMatchObject({ denied: { code: 'OTHER' } });
    const late = await begin();
    const lateTicket = new URL((await submit(late.ssoUrl, pin)).headers.get('location')!, ssoUrl);
    now += 6 * 60_000;
    expect(await complete(lateTicket.searchParams.get('ticket')!, late.state)).toHaveProperty('denied');
    expect((await fetch(new URL('/else', ssoUrl))).status).toBe(404);
    expect((await submit(ssoUrl, 'x'.repeat(10_000))).status).toBe(400);
  });

  it('that are not offered are refused', async () => {
    await open(['captcha-pin']);
    const denied = await library.signIn!.complete({ method: 'pin', answers: { cardNumber, pin } });
    expect(denied).toMatchObject({ denied: { code: 'OTHER' } });
    await expect(library.signIn!.start('pin')).rejects.toThrow('does not offer');
  });

  it('with sessions: without one, with another’s, or after it ended nobody is served', async () => {
    await open(['pin'], 'session');
    expect(library.afterBinding).toBe('session');
    const proved = await library.signIn!.complete({ method: 'pin', answers: { cardNumber, pin } });
    const session = 'session' in proved ? proved.session : undefined;
    expect(Date.parse(session!.expiresAt)).toBe(NOW + 8 * 3_600_000);
    const access = { ref: 'p17', session: session!.token };
    expect(await library.loans!.list(access)).toHaveProperty('loans');
    for (const bad of [
      { ref: 'p17' },
      { ref: 'p17', session: 'x' },
      { ref: 'p1', session: session!.token },
    ]) {
      expect(await library.loans!.list(bad)).toMatchObject({ denied: { code: 'OTHER' } });
      expect(await library.patrons!.patron(bad)).toHaveProperty('denied');
      expect(await library.loans!.renew(bad, ['l1'])).toMatchObject([{ status: 'refused', code: 'OTHER' }]);
      expect(await library.holds!.cancel(bad, 'h1', {})).toMatchObject({ status: 'refused' });
      expect(await library.fines!.list(bad)).toHaveProperty('denied');
    }
    now += 8 * 3_600_000;
    expect(await library.loans!.list(access)).toHaveProperty('denied');
  });
});
