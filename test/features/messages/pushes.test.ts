import fc from 'fast-check';
import { startLocalCloud, type LocalCloud } from '../../support/local-cloud';
import { intercept } from '../support/intercept';
import { readDatabase } from '../support/read-database';
import { bind } from '../support/readers';
import { askedFor, eventPush, OFFICIAL, push, sentTo, settle, textPush, write } from './support/pushes';

const library = intercept();
let cloud: LocalCloud;
let readers = 0;
const newReader = (): string => `o-writer-${++readers}`;
/** Noon at the library, ms: what is done an hour later is done on the same day. */
const noonToday = (): number =>
  Date.parse(`${new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)}T12:00:00+08:00`);

beforeAll(async () => {
  cloud = await startLocalCloud({ wrap: library.wrap });
  await settle(cloud, { accounts: { official: OFFICIAL } });
}, 60_000);
afterAll(() => cloud.stop());
afterEach(() => {
  cloud.link.set('none');
});

const rows = async (name: string): Promise<Record<string, unknown>[]> =>
  (await readDatabase(cloud.url()))[name]!;

describe('who may push', () => {
  it('lets no client call', async () => {
    await expect(cloud.send(textPush('o-forger', '续借'), 'o-forger', 'messages')).rejects.toThrow(
      /PERMISSION|rules/,
    );
  });

  it('refuses a client that the rules have let through, and does nothing', async () => {
    // without the job, which notes at a full minute what it has looked at
    const open = await startLocalCloud({ rules: { '*': { invoke: true } }, without: ['jobs'] });
    try {
      await bind(open, 'twenty', 'o-owner');
      const before = await readDatabase(open.url());
      for (const event of [
        textPush('o-owner', '续借'),
        textPush('o-forger', '我的借阅'),
        eventPush('o-owner', 'subscribe_msg_popup_event', {
          List: { TemplateId: 'T'.repeat(43), SubscribeStatusString: 'accept' },
        }),
        eventPush('o-owner', 'wxa_media_check', { trace_id: 'trace-000001' }),
      ]) {
        for (const openid of ['o-owner', 'o-forger', '']) {
          expect(await open.send(event, openid, 'messages')).toBe('success');
        }
      }
      expect(open.outbox()).toEqual([]);
      expect(await readDatabase(open.url())).toEqual(before);
      const lines = open.logs.filter((line) => line.includes('"function":"messages"'));
      expect(lines).toHaveLength(12);
      for (const line of lines) expect(line).toMatch(/"outcome":"refused".*"source":"wx_client"/);
    } finally {
      await open.stop();
    }
  }, 60_000);

  it('does nothing for a sender whom the platform does not vouch for', async () => {
    const openid = newReader();
    // the platform knows the sender only by another account's openid
    expect(await push(cloud, textPush(openid, '几点关门', { ToUserName: 'gh_stranger' }))).toBe('success');
    expect(await push(cloud, textPush('o ill-formed', '几点关门'))).toBe('success');
    expect(cloud.outbox().filter(({ request }) => request['touser'] === openid)).toEqual([]);
    expect((await rows('message_pushes')).filter(({ owner }) => owner === openid)).toEqual([]);
  });

  it('answers anything malformed quietly, does nothing and logs nothing of it', async () => {
    const mark = 'zq-never-logged';
    const odd = fc.oneof(
      fc.constant(undefined),
      fc.constant(null),
      fc.integer(),
      fc.double(),
      fc.boolean(),
      fc.string().map((text) => mark + text),
      fc.array(fc.string(), { maxLength: 3 }),
      fc.dictionary(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), { maxKeys: 3 }),
    );
    const named = new RegExp(`^(o-malformed|${mark}[\\w-]*)$`);
    const sound = eventPush('o-malformed', 'subscribe_msg_popup_event', { List: [], MsgId: 7 });
    const broken = fc
      .tuple(
        fc.constantFrom(
          'ToUserName',
          'FromUserName',
          'CreateTime',
          'MsgType',
          'Event',
          'EventKey',
          'List',
          'MsgId',
        ),
        odd,
        fc.constantFrom('text', 'event', 'image', 'shortvideo', '', 'TEXT', '__proto__'),
        fc.constantFrom(
          'subscribe',
          'CLICK',
          'unknown_event',
          'constructor',
          'wxa_media_check',
          'user_enter',
          '',
        ),
        odd,
      )
      .map(([field, value, MsgType, Event, extra]) => ({
        ...sound,
        MsgType,
        Event,
        Content: value,
        trace_id: extra,
        [field]: value,
      }));
    const before = await readDatabase(cloud.url());
    const asked = cloud.outbox().length;
    await fc.assert(
      fc.asyncProperty(broken, async (event) => {
        const answer = await push(cloud, event);
        // a text whose content is a text is one; that is the only thing here that may be answered
        return answer === 'success';
      }),
      { numRuns: 120 },
    );
    const extra = (await readDatabase(cloud.url()))['message_credits'];
    expect(extra).toEqual(before['message_credits']);
    expect(
      cloud
        .outbox()
        .slice(asked)
        // a name that is well-formed by chance is somebody's
        .every(({ request }) => named.test(String(request['touser'])) || 'openid' in request),
    ).toBe(true);
    expect(cloud.logs.filter((line) => line.includes(mark))).toEqual([]);
  }, 60_000);
});

describe('once', () => {
  it('answers the same push once, also when it comes many times at once', async () => {
    const openid = newReader();
    const event = textPush(openid, '怎么续借');
    await Promise.all([push(cloud, event), push(cloud, event), push(cloud, event), push(cloud, event)]);
    await push(cloud, event);
    expect(sentTo(cloud, openid)).toHaveLength(1);
    // and the same words in another message again
    await push(cloud, textPush(openid, '怎么续借'));
    expect(sentTo(cloud, openid)).toHaveLength(2);
  });

  it('answers what WeChat pushes again after a run that was killed before it said anything', async () => {
    const openid = newReader();
    await bind(cloud, 'promoted', openid);
    const event = textPush(openid, '我的借阅');
    let ended: Promise<void> | undefined;
    library.before('loans.list', () => {
      ended = cloud.restart();
    });
    await push(cloud, event).catch(() => undefined);
    await ended;
    expect(sentTo(cloud, openid)).toEqual([]);
    await push(cloud, event);
    expect(sentTo(cloud, openid)).toHaveLength(1);
    await cloud.restart();
    await push(cloud, event);
    expect(sentTo(cloud, openid)).toHaveLength(1);
  }, 60_000);

  it.each([45015, 45047, 40003, -1])('does not send again what WeChat answers with %d', async (errcode) => {
    const openid = newReader();
    cloud.scriptOpenApi({ api: 'customerServiceMessage.send', errcode, times: 1 });
    const event = textPush(openid, '怎么续借');
    expect(await push(cloud, event)).toBe('success');
    await push(cloud, event);
    expect(askedFor(cloud, openid)).toBe(1);
    const outcome = errcode > 0 ? `"outcome":"refused","ms":\\d+.*"code":${errcode}` : '"outcome":"unknown"';
    expect(cloud.logs.filter((line) => new RegExp(outcome).test(line))).not.toEqual([]);
  });

  it('says nothing about a reader in its log', async () => {
    const openid = newReader();
    await write(cloud, openid, '怎么预约 zz-secret');
    const lines = cloud.logs.filter((line) => line.includes('"function":"messages"')).join('\n');
    expect(lines).toMatch(/"event":"push".*"outcome":"sent".*"action":"text","account":"miniProgram"/);
    expect(lines).not.toContain(openid);
    expect(lines).not.toContain('zz-secret');
    expect(lines).not.toContain('预约');
  });
});

describe('events', () => {
  const template = (n: number): string => `T${n}`.padEnd(43, 'x');
  const granted = (n: number) => ({
    TemplateId: template(n),
    SubscribeStatusString: 'accept',
    PopupScene: '0',
  });
  const confirmed = async (openid: string): Promise<unknown[]> =>
    (await rows('message_credits'))
      .filter(({ owner }) => owner === openid)
      .map((row) => [row['template'], row['confirmed']])
      .sort();

  it('confirms permissions from one object or from an array, each push once', async () => {
    const openid = newReader();
    const one = eventPush(openid, 'subscribe_msg_popup_event', { List: granted(1) });
    await Promise.all([push(cloud, one), push(cloud, one)]);
    await push(cloud, one);
    expect(await confirmed(openid)).toEqual([[template(1), 1]]);
    await push(cloud, eventPush(openid, 'subscribe_msg_popup_event', { List: [granted(1), granted(2)] }));
    expect(await confirmed(openid)).toEqual([
      [template(1), 2],
      [template(2), 1],
    ]);
    expect(sentTo(cloud, openid)).toEqual([]);
  });

  it('greets once a day who opens customer service, and tells what it reads of a picture', async () => {
    const openid = newReader();
    const enter = () =>
      push(cloud, eventPush(openid, 'user_enter_tempsession', { SessionFrom: String(Math.random()) }));
    await push(cloud, { ...textPush(openid, ''), MsgType: 'image', PicUrl: 'http://x', MediaId: 'm' });
    expect(sentTo(cloud, openid)).toEqual([expect.stringContaining('只看得懂文字')]);
    const noon = noonToday();
    cloud.clock.set(noon + 60_000);
    await enter();
    cloud.clock.set(noon + 120_000);
    await enter();
    expect(sentTo(cloud, openid).slice(1)).toEqual([expect.stringContaining('我是书童')]);
    cloud.clock.set(Date.now());
  });

  it('greets once who opens it twice at a time', async () => {
    const openid = newReader();
    await Promise.all(
      [1, 2, 3].map((SessionFrom) =>
        push(cloud, eventPush(openid, 'user_enter_tempsession', { SessionFrom: String(SessionFrom) })),
      ),
    );
    expect(sentTo(cloud, openid)).toHaveLength(1);
  });

  it('keeps no question longer for a greeting', async () => {
    const openid = newReader();
    const began = noonToday();
    cloud.clock.set(began);
    const chat = async () => (await rows('message_chats')).find(({ _id }) => _id === openid);
    const greetAfter = async (minutes: number): Promise<void> => {
      cloud.clock.set(began + minutes * 60_000);
      const CreateTime = Math.floor(cloud.clock.now() / 1_000);
      await push(cloud, eventPush(openid, 'user_enter_tempsession', { CreateTime }));
    };
    try {
      await write(cloud, openid, '怎么续借');
      const asked = await chat();
      await greetAfter(20);
      expect(await chat()).toEqual({ ...asked, greetedOn: expect.any(String) as string });
      await greetAfter(20 + 23 * 60);
      expect(Object.keys((await chat())!).sort()).toEqual(['_id', 'expiresAt', 'greetedOn']);
      expect((await chat())!['expiresAt']).toBeGreaterThan(asked!['expiresAt'] as number);
    } finally {
      cloud.clock.set(Date.now());
    }
  });

  it('introduces itself in the language of the talk before, else in that of the mini program', async () => {
    const picture = (openid: string) => ({ ...textPush(openid, ''), MsgType: 'image', MediaId: 'm' });
    const unknown = newReader();
    await push(cloud, picture(unknown));
    expect(sentTo(cloud, unknown)).toEqual([expect.stringMatching(/只看得懂文字[^]*in English/)]);
    await write(cloud, unknown, 'how do I renew?');
    await push(cloud, picture(unknown));
    expect(sentTo(cloud, unknown).at(-1)).toMatch(/^I can read words only/);

    expect(await write(cloud, newReader(), 'hi')).toMatch(/^Hello, this is Shutong/);
    expect(await write(cloud, newReader(), '你好！')).toMatch(/^你好，我是书童/);

    const english = newReader();
    const answers = [{ template: 'template-of-nobody-0001', answer: 'reject' as const }];
    const tap = { moment: 'loans', language: 'en', answers, requestId: 'in-english-1' } as const;
    expect(await cloud.call('messages.granted', tap, english)).toMatchObject({ ok: true });
    await push(cloud, picture(english));
    await push(cloud, eventPush(english, 'user_enter_tempsession', { SessionFrom: 'page' }));
    expect(sentTo(cloud, english)).toEqual([
      expect.stringMatching(/^I can read words only/),
      expect.stringMatching(/^Hello, this is Shutong/),
    ]);
  });
});

describe('what is too much', () => {
  it.each([
    ['我想问一个问题。'.repeat(1_250), '超过 500 个字'],
    ['a question '.repeat(1_000), 'more than 500 characters'],
  ])('refuses a question of 10,000 characters kindly', async (text, said) => {
    expect(await write(cloud, newReader(), text)).toContain(said);
  });

  it('refuses what WeChat’s check does not let pass, and looks nothing up for it', async () => {
    const openid = newReader();
    await cloud.call('system.status', {}, openid);
    cloud.scriptOpenApi({
      api: 'security.msgSecCheck',
      result: { suggest: 'risky', label: 20001 },
      times: 1,
    });
    expect(await write(cloud, openid, '怎么续借')).toContain('没有通过');
    expect((await rows('message_chats')).filter(({ _id }) => _id === openid)).toEqual([]);
  });

  it('slows down who writes without end', async () => {
    const openid = newReader();
    for (let i = 0; i < 60; i++) await push(cloud, textPush(openid, '怎么续借'));
    expect(await write(cloud, openid, '怎么续借')).toContain('太快');
  }, 60_000);
});
