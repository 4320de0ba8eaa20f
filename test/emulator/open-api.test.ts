import fs from 'node:fs';
import path from 'node:path';
import { buildFixtures, startTestEmulator, type TestEmulator } from './support/start-test-emulator';

jest.setTimeout(60_000);

const READER = 'o-reader-1';
const TEMPLATE = 'tmpl-due-soon';

interface ApiAnswer {
  errCode: number;
  message?: string;
  [field: string]: unknown;
}

describe('open API of the local cloud', () => {
  let cloud: TestEmulator;
  let functionsDir: string;

  beforeAll(async () => {
    functionsDir = await buildFixtures(['probe', 'messages']);
    cloud = await startTestEmulator({ functionsDir });
  });
  beforeEach(() => cloud.emulator.reset());
  afterAll(() => cloud.emulator.close());

  const api = (name: string, data: unknown): Promise<ApiAnswer> =>
    cloud.probe<ApiAnswer>({ do: 'open-api', api: name, data });
  const subscribeMessage = (data: Record<string, unknown>): Promise<ApiAnswer> =>
    api('subscribeMessage.send', {
      touser: READER,
      templateId: TEMPLATE,
      page: 'pages/shelf/shelf?from=message',
      data: { thing1: { value: '红楼梦' } },
      ...data,
    });

  describe('subscribeMessage.send', () => {
    it('sends as often as the reader accepted, and records each try', async () => {
      expect((await subscribeMessage({})).errCode).toBe(43101);
      expect(cloud.emulator.addCredits(READER, TEMPLATE, 2)).toBe(2);
      expect((await subscribeMessage({ templateId: 'another' })).errCode).toBe(43101);
      expect((await subscribeMessage({})).errCode).toBe(0);
      expect((await subscribeMessage({})).errCode).toBe(0);
      expect((await subscribeMessage({})).errCode).toBe(43101);
      const outbox = cloud.emulator.outbox();
      expect(outbox.map(({ errcode }) => errcode)).toEqual([43101, 43101, 0, 0, 43101]);
      expect(outbox[2]).toMatchObject({
        id: 3,
        api: 'subscribeMessage.send',
        function: 'probe',
        request: { touser: READER, template_id: TEMPLATE, data: { thing1: { value: '红楼梦' } } },
      });
    });

    it.each([
      ['touser', { touser: '' }, 40003],
      ['touser', { touser: 'no such id!' }, 40003],
      ['template', { templateId: '' }, 40037],
      ['page', { page: '/pages/home' }, 41030],
      ['no data', { data: {} }, 47003],
      ['thing of 21', { data: { thing1: { value: '书'.repeat(21) } } }, 47003],
      ['thing empty', { data: { thing1: { value: '' } } }, 47003],
      ['phrase of 6', { data: { phrase2: { value: '已经到期很久' } } }, 47003],
      ['phrase in letters', { data: { phrase2: { value: 'due' } } }, 47003],
      ['character_string of 33', { data: { character_string3: { value: 'x'.repeat(33) } } }, 47003],
      ['date', { data: { date4: { value: 'tomorrow' } } }, 47003],
      ['unknown field', { data: { constructor1: { value: 'x' } } }, 47003],
      ['value missing', { data: { thing1: {} } }, 47003],
    ])('refuses a bad %s and takes no credit for it', async (_, data, errCode) => {
      cloud.emulator.addCredits(READER, TEMPLATE, 1);
      expect((await subscribeMessage(data)).errCode).toBe(errCode);
      expect((await subscribeMessage({})).errCode).toBe(0);
    });

    it.each([
      { thing1: { value: '书'.repeat(20) } },
      { thing1: { value: '😀'.repeat(20) } },
      { phrase2: { value: '即将到期' } },
      { character_string3: { value: 'TP312/8(2)' } },
      { date4: { value: '2026年11月28日' } },
      { date4: { value: '2026-11-28 17:00' } },
      { time5: { value: '2026年11月28日 08:30' } },
      { time5: { value: '08:30' } },
      { number6: { value: 3 } },
      { amount7: { value: '¥12.50' } },
      { name8: { value: '张三' } },
    ])('takes %j', async (data) => {
      cloud.emulator.addCredits(READER, TEMPLATE, 1);
      expect((await subscribeMessage({ data })).errCode).toBe(0);
    });

    it('fails as scripted, as often as scripted, and leaves the credits alone', async () => {
      cloud.emulator.addCredits(READER, TEMPLATE, 1);
      cloud.emulator.scriptOpenApi({
        api: 'subscribeMessage.send',
        errcode: 20004,
        errmsg: 'switched off',
        times: 2,
      });
      expect(await subscribeMessage({})).toMatchObject({ errCode: 20004 });
      expect((await subscribeMessage({})).errCode).toBe(20004);
      expect((await subscribeMessage({})).errCode).toBe(0);
      expect(() => cloud.emulator.scriptOpenApi({ api: 'no.such', errcode: 1, times: 1 })).toThrow('no.such');
    });

    it('refuses a scripted result that could not be kept, and goes on', () => {
      let result: Record<string, unknown> = {};
      for (let level = 0; level < 20_000; level++) result = { result };
      const script = { api: 'security.msgSecCheck', result, times: 1 };
      expect(() => cloud.emulator.scriptOpenApi(script)).toThrow();
      expect(cloud.emulator.addCredits(READER, TEMPLATE, 1)).toBe(1);
    });
  });

  it('refuses an API that the function has not asked for, and one that it does not know, by name', async () => {
    fs.writeFileSync(path.join(functionsDir, 'probe', 'config.json'), '{ "permissions": { "openapi": [] } }');
    await cloud.emulator.reloadFunctions();
    expect((await subscribeMessage({})).errCode).toBe(-604101);
    expect((await api('phonenumber.getPhoneNumber', {})).errCode).toBe(-604100);
    expect(await cloud.line('phonenumber.getPhoneNumber')).toContain('not one that this emulator knows');
    expect(cloud.emulator.outbox()).toEqual([]);
    const fixture = path.join(__dirname, 'fixtures/probe/config.json');
    fs.copyFileSync(fixture, path.join(functionsDir, 'probe', 'config.json'));
    await cloud.emulator.reloadFunctions();
  });

  it('answers customers who wrote, five times within 48 hours', async () => {
    const answer = (data: object = { msgtype: 'text', text: { content: '您好' } }): Promise<ApiAnswer> =>
      api('customerServiceMessage.send', { touser: READER, ...data });
    const write = (): Promise<unknown> =>
      cloud.emulator.callAsPlatform({
        function: 'messages',
        event: { FromUserName: READER, ToUserName: 'gh_local', MsgType: 'text', Content: '在吗', MsgId: 1 },
      });
    expect((await answer()).errCode).toBe(45015);
    await expect(write()).resolves.toBe('success');
    expect(await cloud.line('在吗')).toContain(`"openid":"${READER}"`);
    expect((await answer({ msgtype: 'voice' })).errCode).toBe(40008);
    expect((await answer({ msgtype: 'text', text: { content: '' } })).errCode).toBe(44004);
    for (let reply = 0; reply < 5; reply++) expect((await answer()).errCode).toBe(0);
    expect((await answer()).errCode).toBe(45047);
    await write();
    await cloud.emulator.moveClock(Date.now() + 49 * 3_600_000);
    expect((await answer()).errCode).toBe(45015);
  });

  it('answers twice within a minute who has entered the chat, which takes nothing from what a message allows', async () => {
    const answer = async (): Promise<unknown> =>
      (
        await api('customerServiceMessage.send', {
          touser: READER,
          msgtype: 'text',
          text: { content: '您好' },
        })
      ).errCode;
    const push = (event: object): Promise<unknown> =>
      cloud.emulator.callAsPlatform({
        function: 'messages',
        event: { FromUserName: READER, ToUserName: 'gh_local', CreateTime: 1, ...event },
      });
    const enter = () => push({ MsgType: 'event', Event: 'user_enter_tempsession', SessionFrom: '' });
    await enter();
    expect([await answer(), await answer(), await answer()]).toEqual([0, 0, 45047]);
    await enter();
    await cloud.emulator.moveClock(Date.now() + 61_000);
    expect(await answer()).toBe(45015);
    await push({ MsgType: 'text', Content: '在吗', MsgId: 2 });
    await enter();
    expect([await answer(), await answer(), await answer(), await answer(), await answer()]).toEqual([
      0, 0, 0, 0, 0,
    ]);
    expect(await answer()).toBe(45047);
  });

  it('draws a placeholder code: a PNG of the asked size, the same for the same scene', async () => {
    const draw = (data: object): Promise<ApiAnswer> =>
      api('wxacode.getUnlimited', { scene: 'bib=1', ...data });
    const [first, again, other] = [
      await draw({}),
      await draw({}),
      await draw({ scene: 'bib=2', width: 280 }),
    ];
    expect(first).toMatchObject({ contentType: 'image/png', errCode: 0 });
    expect(again['buffer']).toBe(first['buffer']);
    const png = Buffer.from(String(other['buffer']), 'base64');
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([280, 280]);
    for (const [data, errCode] of [
      [{ scene: 'x'.repeat(33) }, 40129],
      [{ scene: '中文' }, 40129],
      [{ page: '/pages/book/book' }, 41030],
      [{ width: 2000 }, 40097],
      [{ lineColor: { r: 300, g: 0, b: 0 } }, 40097],
    ] as const) {
      expect((await draw(data)).errCode).toBe(errCode);
    }
    expect(JSON.stringify(cloud.emulator.outbox())).not.toContain(String(first['buffer']).slice(0, 100));
  });

  it('checks texts of readers who are here, with the verdict that was scripted', async () => {
    const check = (data: object = {}): Promise<ApiAnswer> =>
      api('security.msgSecCheck', { content: '好书', version: 2, scene: 2, openid: READER, ...data });
    expect(await check()).toMatchObject({ errCode: 0, result: { suggest: 'pass', label: 100 } });
    cloud.emulator.scriptOpenApi({
      api: 'security.msgSecCheck',
      result: { suggest: 'risky', label: 20001 },
      times: 1,
    });
    expect(await check()).toMatchObject({ errCode: 0, result: { suggest: 'risky', label: 20001 } });
    expect((await check({ content: '书'.repeat(2501) })).errCode).toBe(44991);
    expect((await check({ openid: 'o-never-here' })).errCode).toBe(61010);
    expect((await check({ version: 1 })).errCode).toBe(40097);
  });

  it('checks pictures later and pushes the result to the function for messages', async () => {
    cloud.emulator.scriptOpenApi({
      api: 'security.mediaCheckAsync',
      result: { suggest: 'review', label: 20002 },
      times: 1,
    });
    const data = {
      mediaUrl: 'https://example.org/a.png',
      mediaType: 2,
      version: 2,
      scene: 1,
      openid: READER,
    };
    const { errCode, traceId } = await api('security.mediaCheckAsync', data);
    expect(errCode).toBe(0);
    const line = await cloud.line(String(traceId));
    const { event } = JSON.parse(line.slice(line.indexOf('{'))) as { event: Record<string, unknown> };
    expect(event).toMatchObject({
      MsgType: 'event',
      Event: 'wxa_media_check',
      FromUserName: READER,
      trace_id: traceId,
      result: { suggest: 'review', label: 20002 },
    });
    expect((await api('security.mediaCheckAsync', { ...data, mediaUrl: 'file:///etc/passwd' })).errCode).toBe(
      40097,
    );
  });

  it('keeps outbox and credits over a restart, and cuts off a torn line', async () => {
    cloud.emulator.addCredits(READER, TEMPLATE, 2);
    await subscribeMessage({});
    const before = cloud.emulator.outbox();
    await cloud.emulator.close();
    fs.appendFileSync(path.join(cloud.dataDir, 'open-api/outbox.jsonl'), '{"id":2,"api":"subscr');
    cloud = await startTestEmulator({ functionsDir, dataDir: cloud.dataDir });
    expect(await cloud.line('torn')).toContain('cut off');
    expect(cloud.emulator.outbox()).toEqual(before);
    expect((await subscribeMessage({})).errCode).toBe(0);
    expect((await subscribeMessage({})).errCode).toBe(43101);
    expect(cloud.emulator.outbox().map(({ id }) => id)).toEqual([1, 2, 3]);
  });
});
