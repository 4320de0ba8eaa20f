import fs from 'node:fs';
import path from 'node:path';
import type { InvokeRules } from '../../local/emulator';
import {
  buildFixtures,
  RULES,
  startTestEmulator,
  temporaryFolder,
  type TestEmulator,
} from './support/start-test-emulator';

jest.setTimeout(60_000);

describe('functions in the local cloud', () => {
  let cloud: TestEmulator;
  let functionsDir: string;

  beforeAll(async () => {
    process.env['HOST_SECRET'] = 'not for functions';
    functionsDir = await buildFixtures(['probe', 'native', 'short', 'broken']);
    cloud = await startTestEmulator({ functionsDir, functionEnv: { GIVEN: 'by the host' } });
  });
  afterAll(() => cloud.emulator.close());

  it('tells a function who is calling, in the envelope, the context and getWXContext', async () => {
    const { wx, event, context } = await cloud.probe<Record<string, Record<string, unknown>>>({
      do: 'context',
      userInfo: { openId: 'o-somebody-else' },
    });
    expect(wx).toMatchObject({ OPENID: 'o-reader-1', ENV: 'local', SOURCE: 'wx_client' });
    expect(wx).not.toHaveProperty('API_TOKEN');
    const userInfo = { appId: wx?.['APPID'], openId: 'o-reader-1' };
    expect(event).toEqual({ do: 'context', userInfo, tcbContext: {} });
    expect(context).toMatchObject({
      function_name: 'probe',
      memory_limit_in_mb: 128,
      time_limit_in_ms: 20_000,
    });
    expect(context?.['request_id']).toEqual(expect.any(String));
  });

  it("gives a function the platform's environment and what was configured, nothing of the host's", async () => {
    const environment = await cloud.probe<Record<string, string>>({ do: 'environment' });
    expect(environment).toMatchObject({ TENCENTCLOUD_RUNENV: 'SCF', TCB_ENV: 'local', GIVEN: 'by the host' });
    expect(environment).not.toHaveProperty('HOST_SECRET');
    expect(environment).not.toHaveProperty('PATH');
    expect(environment).not.toHaveProperty('HOME');
  });

  it('keeps callers apart when many call at once, more than there are instances', async () => {
    const openids = Array.from({ length: 24 }, (_, n) => `o-reader-${n}`);
    const answers = await Promise.all(
      openids.map((openid) => cloud.probe<{ openid: string; calls: number }>({ do: 'pause' }, openid)),
    );
    expect(answers.map(({ openid }) => openid)).toEqual(openids);
    // 8 instances with globals of their own: no count can reach 24, and none can stay at 1
    const counts = answers.map(({ calls }) => calls);
    expect(Math.max(...counts)).toBeLessThan(24);
    expect(counts.filter((count) => count === 1).length).toBeLessThanOrEqual(8);
  });

  it('keeps the caller through nested calls of either SDK and says that they are nested', async () => {
    type Inner = { wx: Record<string, unknown>; event: { userInfo: unknown } };
    const { result } = await cloud.probe<{ result: Inner }>(
      { do: 'nest', data: { do: 'context' } },
      'o-nest',
    );
    expect(result.wx).toMatchObject({ OPENID: 'o-nest', SOURCE: 'wx_client,scf' });
    expect(result.event.userInfo).toMatchObject({ openId: 'o-nest' });
    const native = (await cloud.emulator.callAsClient({
      function: 'native',
      openid: 'o-native',
      event: { do: 'nest' },
    })) as Inner;
    expect(native.wx).toMatchObject({ OPENID: 'o-native' });
  });

  it('lets a function call one that clients may not call, and names one that does not exist', async () => {
    await expect(cloud.probe({ do: 'nest-quietly', name: 'no-such' })).resolves.toEqual({
      failed: expect.stringContaining('no-such') as string,
    });
  });

  it('runs @cloudbase/node-sdk: database, context', async () => {
    const native = (event: unknown): Promise<unknown> =>
      cloud.emulator.callAsClient({ function: 'native', openid: 'o-native', event });
    await native({ do: 'add', id: 'kept' });
    await expect(native({ do: 'get', id: 'kept' })).resolves.toEqual([{ _id: 'kept', n: 1 }]);
    await expect(native({ do: 'parse-context' })).resolves.toMatchObject({
      functionName: 'native',
      environment: { TCB_ENV: 'local' },
    });
    await expect(native({ do: 'unknown-action' })).resolves.toEqual({
      code: 'INVALID_ACTION',
      message: expect.stringContaining('storage.batchCopyFile') as string,
    });
  });

  it('answers null for undefined, and fails for what JSON cannot hold', async () => {
    await expect(cloud.probe({ do: 'undefined' })).resolves.toBeNull();
    await expect(cloud.probe({ do: 'circular' })).rejects.toMatchObject({ errCode: -504002 });
  });

  it('refuses answers above 1 MB and events above 6 MB, and takes what is just below', async () => {
    await expect(cloud.probe({ do: 'big', size: 1024 * 1024 - 2 })).resolves.toHaveLength(1024 * 1024 - 2);
    await expect(cloud.probe({ do: 'big', size: 1024 * 1024 - 1 })).rejects.toMatchObject({
      errCode: -604001,
    });
    const data = 'x'.repeat(6 * 1024 * 1024 - 200);
    await expect(cloud.probe({ do: 'undefined', data })).resolves.toBeNull();
    await expect(cloud.probe({ do: 'undefined', data: `${data}${'x'.repeat(300)}` })).rejects.toMatchObject({
      code: 'EXCEED_REQUEST_SIZE_LIMIT',
    });
  });

  it.each([
    ['throw', -504002, 'TypeError: thrown on purpose'],
    ['exit', -504002, 'code 7'],
    ['crash-later', -504002, 'crashed on purpose'],
    ['eat', -504005, '128 MB'],
  ])('fails only the call when a function does %s', async (what, errCode, message) => {
    const bystander = cloud.probe({ do: 'pause' });
    await expect(cloud.probe({ do: what })).rejects.toMatchObject({
      errCode,
      message: expect.stringContaining(message) as string,
    });
    await expect(bystander).resolves.toMatchObject({ openid: 'o-reader-1' });
    await expect(cloud.probe({ do: 'pause' })).resolves.toMatchObject({ openid: 'o-reader-1' });
  });

  it.each(['hang', 'spin'])('ends a function that does %s at its time limit', async (what) => {
    const short = (event: unknown): Promise<unknown> =>
      cloud.emulator.callAsClient({ function: 'short', openid: '', event });
    await expect(short({ do: what })).rejects.toMatchObject({
      code: 'FUNCTIONS_TIME_LIMIT_EXCEEDED',
      errCode: -504003,
      message: 'Invoking task timed out after 3 seconds',
    });
    await expect(short({ do: 'answer' })).resolves.toBe('in time');
  });

  it('says why a function does not load', async () => {
    await expect(
      cloud.emulator.callAsClient({ function: 'broken', openid: '', event: {} }),
    ).rejects.toMatchObject({
      errCode: -504002,
      message: expect.stringContaining('broken while loading') as string,
    });
  });

  it('lets clients call only what the rules allow, and tells nothing about the rest', async () => {
    const call = (name: string, openid: string): Promise<unknown> =>
      cloud.emulator.callAsClient({ function: name, openid, event: { do: 'answer' } });
    await expect(call('probe', '')).rejects.toMatchObject({ errCode: -501023, code: 'PERMISSION_DENIED' });
    await expect(call('hidden', 'o-1')).rejects.toMatchObject({ errCode: -501023 });
    await expect(call('constructor', 'o-1')).rejects.toMatchObject({ errCode: -501023 });
    await expect(call('ghost', 'o-1')).rejects.toMatchObject({
      errCode: -501000,
      code: 'FUNCTION_NOT_FOUND',
    });
    await expect(call('short', '')).resolves.toBe('in time');
    await expect(call('probe', 'o 1\n')).rejects.toMatchObject({ code: 'INVALID_PARAM' });
  });

  it.each([null, [], 'text', 5])('takes no event but an object: %p', async (event) => {
    const call = cloud.emulator.callAsClient({ function: 'short', openid: '', event });
    if (event === null) await expect(call).resolves.toBe('in time');
    else await expect(call).rejects.toMatchObject({ code: 'INVALID_PARAM' });
  });

  it('refuses an event that is nested too deeply to be passed on, and lives on', async () => {
    const deep: unknown = JSON.parse(`${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}`);
    await expect(cloud.probe({ do: 'undefined', deep })).rejects.toMatchObject({ code: 'INVALID_PARAM' });
    await expect(cloud.probe({ do: 'undefined', __proto__: null })).resolves.toBeNull();
  });

  it('sets the clock of functions, without touching ours', async () => {
    await cloud.emulator.moveClock(Date.parse('2031-05-06T07:08:09Z'));
    const time = await cloud.probe<Record<string, unknown>>({ do: 'time' });
    await cloud.emulator.moveClock(Date.now());
    expect(time['date']).toMatch(/^2031-05-06T07:08:/);
    expect(new Date(time['now'] as number).toISOString()).toMatch(/^2031-05-06T07:08:/);
    expect(time['text']).toContain('2031');
    expect(time['is']).toBe(true);
    expect(new Date().getUTCFullYear()).toBeLessThan(2031);
    const { date } = await cloud.probe<{ date: string }>({ do: 'time' });
    expect(Math.abs(Date.parse(date) - Date.now())).toBeLessThan(60_000);
  });

  it("logs what a function says with the function's name and the request", async () => {
    await cloud.probe({ do: 'log' });
    expect(await cloud.line('this has 2 lines')).toMatch(/^\[probe [0-9a-f-]{36}\] this has 2 lines/);
  });

  it('refuses calls beyond the waiting places, and ends instances that have nothing to do', async () => {
    const small = await startTestEmulator({ functionsDir, limits: { instances: 1, waiting: 1, idleMs: 10 } });
    const calls = await Promise.allSettled(Array.from({ length: 3 }, () => small.probe({ do: 'pause' })));
    expect(calls.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect((calls[2] as PromiseRejectedResult).reason).toMatchObject({ errCode: -501004 });
    await small.line('[probe] cold');
    await expect(small.probe({ do: 'pause' })).resolves.toMatchObject({ calls: 1 });
    await small.emulator.close();
  });

  it('takes other rules on reload, and refuses those that it cannot evaluate', async () => {
    const unreadable = { '*': { invoke: false }, probe: { invoke: 'auth.openid == "o-1"' } };
    await expect(cloud.emulator.reloadFunctions({ rules: unreadable })).rejects.toThrow('"probe"');
    await expect(cloud.probe({ do: 'undefined' })).resolves.toBeNull();
    await cloud.emulator.reloadFunctions({ rules: { '*': { invoke: false } } });
    await expect(cloud.probe({ do: 'undefined' })).rejects.toMatchObject({ errCode: -501023 });
    await cloud.emulator.reloadFunctions({ rules: RULES });
  });

  it.each([
    [null],
    [{}],
    [{ probe: { invoke: true } }],
    [{ '*': {} }],
    [{ '*': null }],
    [{ '*': { invoke: 'yes' } }],
    [{ '*': { invoke: false, read: true } }],
    [{ '*': { invoke: "auth != null && auth.loginType == 'WECHAT'" } }],
  ])('does not start with the rules %j', async (rules) => {
    await expect(startTestEmulator({ functionsDir, rules: rules as InvokeRules })).rejects.toThrow(
      'function rules',
    );
  });

  it.each([
    ['{"timeout":61}', 'timeout'],
    ['{"timeout":0}', 'timeout'],
    ['{"memorySize":63}', 'memorySize'],
    ['{"timout":3}', 'timout'],
    ['{"triggers":[{"name":"t","type":"timer","config":"0 0 2 * * *"}]}', 'cron'],
    ['{"triggers":[{"name":"1","type":"timer","config":"0 0 2 * * * *"}]}', 'name'],
    ['{"triggers":[{"name":"t","type":"http","config":""}]}', 'type'],
    [
      '{"triggers":[{"name":"a","type":"timer","config":"0 0 2 * * * *"},{"name":"b","type":"timer","config":"0 0 3 * * * *"}]}',
      'one trigger',
    ],
  ])('does not start with a function configured by %s', async (config, message) => {
    const dir = temporaryFolder('config');
    fs.mkdirSync(path.join(dir, 'odd'));
    fs.writeFileSync(path.join(dir, 'odd', 'index.js'), 'exports.main = () => 1;');
    fs.writeFileSync(path.join(dir, 'odd', 'config.json'), config);
    await expect(startTestEmulator({ functionsDir: dir })).rejects.toThrow(message);
  });

  it('forgets instances on reset and takes new code on reload', async () => {
    await cloud.probe({ do: 'pause' });
    await cloud.emulator.reset();
    await expect(cloud.probe({ do: 'pause' })).resolves.toMatchObject({ calls: 1 });
    await cloud.emulator.reloadFunctions({ functionsDir: await buildFixtures(['short']) });
    await expect(cloud.probe({ do: 'pause' })).rejects.toMatchObject({ code: 'FUNCTION_NOT_FOUND' });
    await cloud.emulator.reloadFunctions({ functionsDir });
    await expect(cloud.probe({ do: 'pause' })).resolves.toMatchObject({ calls: 1 });
  });
});
