import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import * as v from 'valibot';
import { MESSAGE_KINDS } from '../../../contracts/messages/kinds';
import { MessageSettings } from '../../../contracts/messages/templates';
import example from '../../../docs/messages/templates.example.json';
import { LOCAL_ACCOUNT, seedMessages } from '../../../local/host/seed-messages';
import { subscribe } from '../../../local/host/subscribe';
import { dataOf, startLocalCloud, type LocalCloud } from '../../support/local-cloud';
import { addDocuments, readDatabase } from '../support/read-database';
import { bind, fault } from '../support/readers';

jest.setTimeout(120_000);

const LOANS = 'template-for-loans-1';
const templates = [{ id: LOANS, kinds: ['dueSoon' as const], fields: { thing1: 'title' as const } }];

let cloud: LocalCloud;

beforeAll(async () => {
  cloud = await startLocalCloud();
}, 120_000);
afterAll(() => cloud.stop());
beforeEach(() => cloud.reset());

describe('the order messages.templates', () => {
  it('puts templates in, shows them, and is written down', async () => {
    expect(dataOf(await cloud.order('messages.templates', {}))).toEqual({
      settings: { templates: [], opens: 'formal', accounts: {}, chat: false, wechatDesk: false },
    });
    const wanted = { templates, opens: 'trial' as const, accounts: { official: 'gh_1' } };
    dataOf(await cloud.order('messages.templates', { settings: wanted }));
    expect(dataOf(await cloud.order('messages.templates', {}))).toEqual({
      settings: { ...wanted, chat: false, wechatDesk: false },
    });
    const audit = (await readDatabase(cloud.url()))['audit'];
    expect(audit).toEqual([
      expect.objectContaining({ by: 'desk-1', action: 'messages.templates', details: expect.anything() }),
    ]);
  });

  it.each([
    ['a date in a number', [{ ...templates[0]!, fields: { number1: 'date' } }]],
    ['a count in a phrase', [{ ...templates[0]!, fields: { phrase1: 'count' } }]],
    ['a kind with two templates', [...templates, { ...templates[0]!, id: 'template-for-loans-2' }]],
    ['a template that is named twice', [...templates, { ...templates[0]!, kinds: ['overdue'] }]],
    ['a field that WeChat does not have', [{ ...templates[0]!, fields: { text1: 'title' } }]],
    ['no fields', [{ ...templates[0]!, fields: {} }]],
    ['an id that is none', [{ ...templates[0]!, id: 'short' }]],
    ['a kind that is none', [{ ...templates[0]!, kinds: ['news'] }]],
  ])('refuses %s', async (_, wrong) => {
    const order = { settings: { templates: wrong } } as never;
    expect(await cloud.order('messages.templates', order)).toEqual(fault('BAD_REQUEST'));
    expect((await readDatabase(cloud.url()))['message_settings']).toEqual([]);
  });

  it('is nobody’s but the staff’s', async () => {
    const event = { action: 'messages.templates', input: { by: 'x', settings: { templates } } };
    await expect(cloud.send(event, 'o-reader', 'staff')).rejects.toThrow(/PERMISSION_DENIED|function rules/);
    expect(await cloud.send(event, 'o-reader')).toEqual(fault('BAD_REQUEST'));
  });
});

describe('the order messages.status', () => {
  it('counts what became of messages, without whose they are', async () => {
    const now = cloud.clock.now();
    const message = (n: number, more: object) => ({
      ...{ _id: `message-number-000${n}`, owner: `o-secret-${n}`, kind: 'dueSoon', rank: 3, state: 'done' },
      ...{ tries: 1, at: now - 3_600_000, read: false, delivery: 'sent', expiresAt: now + 1_000_000 },
      ...more,
    });
    await addDocuments(cloud.url(), 'messages', [
      message(1, {}),
      message(2, {}),
      message(3, { delivery: 'failed', errcode: 47003, kind: 'holdReady', rank: 2 }),
      message(4, { at: now - 8 * 86_400_000 }),
      // of some that failed WeChat's number is not known
      message(5, { delivery: 'failed', kind: 'holdReady', rank: 2 }),
      message(6, { delivery: 'failed', errcode: -604101, kind: 'holdReady', rank: 2 }),
      message(7, { delivery: 'failed', errcode: 47003, kind: 'holdReady', rank: 2 }),
    ]);
    await bind(cloud, 'twenty', 'o-1');
    dataOf(await cloud.order('messages.templates', { settings: { templates } }));
    const status = dataOf(await cloud.order('messages.status', {}));
    expect(status).toEqual({
      asOf: expect.any(String),
      counts: [
        { kind: 'holdReady', delivery: 'failed', errcode: 47003, count: 2 },
        { kind: 'holdReady', delivery: 'failed', errcode: -604101, count: 1 },
        { kind: 'holdReady', delivery: 'failed', count: 1 },
        { kind: 'dueSoon', delivery: 'sent', count: 2 },
      ],
      set: ['dueSoon'],
      ...{ readers: 1, askedToday: 0, failing: 0, pushes: 0 },
    });
    expect(JSON.stringify(status)).not.toContain('o-secret');
    expect(dataOf(await cloud.order('messages.status', { days: 30 })).counts.at(-1)).toMatchObject({
      count: 3,
    });
  });

  it('says when the library was last asked, of how many it could not be, and that WeChat takes no more', async () => {
    const now = cloud.clock.now();
    const plan = (n: number, more: object) => ({
      ...{ _id: `o-${n}`, bindingId: 'b', lookAt: now, tries: 0, told: [] },
      ...more,
    });
    await addDocuments(cloud.url(), 'message_plans', [
      plan(1, { lookedAt: now - 1_000 }),
      plan(2, { lookedAt: now - 2 * 86_400_000 }),
      plan(3, { tries: 2 }),
    ]);
    await addDocuments(cloud.url(), 'message_work', [
      { _id: 'sender', pausedUntil: now + 300_000, pauseMs: 300_000 },
    ]);
    expect(dataOf(await cloud.order('messages.status', {}))).toMatchObject({
      ...{ readers: 3, askedToday: 1, failing: 1 },
      lastAskedAt: new Date(now - 1_000).toISOString(),
      pausedUntil: new Date(now + 300_000).toISOString(),
    });
  });
});

describe('what was left out when messages were set up', () => {
  it('shows in the order messages.status: nobody sends, or WeChat pushes nothing', async () => {
    const noon = Date.parse('2026-11-21T12:00:00+08:00');
    const message = (n: number, more: object) => ({
      ...{ _id: `message-number-000${n}`, owner: 'o-1', kind: 'reportReady', rank: 9, state: 'planned' },
      ...{ tries: 0, due: noon - 31 * 60_000, expiresAt: noon + 1_000_000_000 },
      ...more,
    });
    await addDocuments(cloud.url(), 'messages', [
      message(1, {}),
      message(2, { due: noon - 29 * 60_000 }),
      message(3, { state: 'done' }),
    ]);
    const statusAt = async (time: string) => {
      cloud.clock.set(Date.parse(`2026-11-21T${time}:00+08:00`));
      return dataOf(await cloud.order('messages.status', {}));
    };
    // the job has never run, so that nobody knows the hours of the library
    expect(await statusAt('12:00')).not.toHaveProperty('late');
    await addDocuments(cloud.url(), 'message_work', [
      { _id: 'library', name: '示范图书馆', timeZone: 'Asia/Shanghai' },
    ]);
    expect(await statusAt('12:00')).toMatchObject({ late: 1, pushes: 0 });
    for (const quiet of ['23:00', '08:29']) expect(await statusAt(quiet)).not.toHaveProperty('late');
    await addDocuments(cloud.url(), 'message_pushes', [
      { _id: 'push-1', owner: 'o-1', state: 'done', holder: 'h', turnEndsAt: 0, expiresAt: noon + 3_600_000 },
    ]);
    expect((await statusAt('12:00')).pushes).toBe(1);
  });
});

describe('the example of templates', () => {
  it('is sound, and has each kind', () => {
    const settings = v.parse(MessageSettings, example);
    expect(settings.templates.flatMap(({ kinds }) => kinds).sort()).toEqual([...MESSAGE_KINDS].sort());
  });

  it('is what npm start puts in, once, and leaves alone what there is', async () => {
    const emulator = {
      callAsPlatform: ({ function: name, event }: { function: string; event: unknown }) =>
        cloud.callAsPlatform(name, event),
    };
    await seedMessages(emulator);
    const { settings } = dataOf(await cloud.order('messages.templates', {}));
    expect(settings.templates).toEqual(example.templates);
    expect(settings.accounts).toEqual({ miniProgram: LOCAL_ACCOUNT });
    dataOf(await cloud.order('messages.templates', { settings: { ...settings, templates } }));
    await seedMessages(emulator);
    expect(dataOf(await cloud.order('messages.templates', {})).settings.templates).toEqual(templates);
  });
});

describe('the preview’s sheet', () => {
  it('gives a permission for what was accepted, and has WeChat’s push told, whether anybody takes it or not', async () => {
    const credits: [string, string, number][] = [];
    const pushes: unknown[] = [];
    const emulator = {
      addCredits: (...one: [string, string, number]) => credits.push(one),
      callAsPlatform: (call: unknown) => {
        pushes.push(call);
        return Promise.reject(new Error('no such function'));
      },
    };
    await subscribe(emulator, { now: () => 1_000_500 }, 'o-1', [
      { templateId: 'a', answer: 'accept' },
      { templateId: 'b', answer: 'reject' },
    ]);
    expect(credits).toEqual([['o-1', 'a', 1]]);
    expect(pushes).toEqual([
      {
        function: 'messages',
        event: {
          ...{ ToUserName: LOCAL_ACCOUNT, FromUserName: 'o-1', CreateTime: 1000, MsgType: 'event' },
          Event: 'subscribe_msg_popup_event',
          List: [
            { TemplateId: 'a', SubscribeStatusString: 'accept', PopupScene: '0' },
            { TemplateId: 'b', SubscribeStatusString: 'reject', PopupScene: '0' },
          ],
        },
      },
    ]);
  });
});
