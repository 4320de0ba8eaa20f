import fc from 'fast-check';
import schema from '../../../cloudfunctions/schema.json';
import type { DatabaseSchema } from '../../../local/emulator/database';
import { pointSdksTo, serveDatabase, type Served } from '../../emulator/database/serve';

jest.setTimeout(120_000);

const NOON = Date.parse('2026-11-21T12:00:00+08:00');
const DAY = 86_400_000;
const DUE = 'template-for-loans-1';
const HOLD = 'template-for-holds-1';

let served: Served;
let stores: Awaited<ReturnType<typeof loadStores>>;

/** The SDK reads its address when it is loaded, so the stores are loaded after the server has one. */
async function loadStores() {
  const [credits, preferences, settings, { transaction }, database] = await Promise.all([
    import('../../../cloudfunctions/stores/message-credits'),
    import('../../../cloudfunctions/stores/message-preferences'),
    import('../../../cloudfunctions/stores/message-settings'),
    import('../../../cloudfunctions/cloud/transaction'),
    import('../../../cloudfunctions/cloud/database'),
  ]);
  return { credits, preferences, settings, transaction, database };
}

beforeAll(async () => {
  served = await serveDatabase(schema as DatabaseSchema);
  pointSdksTo(served.url);
  stores = await loadStores();
}, 60_000);
afterAll(() => served.close());
beforeEach(() => served.database.reset());

let taps = 0;
const claim = (template = DUE, requestId = `tap-${++taps}-tap`, now = NOON, openid = 'o-1') =>
  stores.credits.claim(openid, template, requestId, now);
const push = (event: string, list: unknown, now = NOON, openid = 'o-1') =>
  stores.credits.confirm(openid, { event, list }, now);
const popup = (template = DUE, status = 'accept') =>
  push('subscribe_msg_popup_event', [
    { TemplateId: template, SubscribeStatusString: status, PopupScene: '0' },
  ]);
const hold = (template = DUE, now = NOON, openid = 'o-1') =>
  stores.transaction((tables) => stores.credits.holdCredit(tables, openid, template, now));
const settle = (outcome: 'spent' | 'back' | 'void' | 'switchedOff', template = DUE, now = NOON) =>
  stores.transaction((tables) => stores.credits.settleCredit(tables, 'o-1', template, outcome, now));
const left = async (template = DUE, now = NOON, openid = 'o-1') =>
  (await stores.credits.findCredits(openid, now)).find((one) => one.template === template)?.left ?? 0;
const isRefused = async (now = NOON) =>
  (await stores.credits.findCredits('o-1', now)).some(({ refused }) => refused);

describe('permissions', () => {
  it('add up, and each is one message', async () => {
    await claim();
    await claim();
    expect(await left()).toBe(2);
    expect(await left(HOLD)).toBe(0);
    expect(await hold()).toBe('held');
    expect(await left()).toBe(1);
    await settle('spent');
    expect(await hold()).toBe('held');
    await settle('spent');
    expect(await hold()).toBe('none');
    expect(await left()).toBe(0);
  });

  it('count once a tap, whoever tells it again', async () => {
    await Promise.all(Array.from({ length: 8 }, () => claim(DUE, 'the-same-tap')));
    expect(await left()).toBe(1);
    // the other template of the same tap counts, too
    await claim(HOLD, 'the-same-tap');
    expect(await left(HOLD)).toBe(1);
  });

  it('count once whether the mini program, WeChat or both tell of a tap, in any order', async () => {
    await claim();
    await popup();
    expect(await left()).toBe(1);
    await popup();
    await claim();
    expect(await left()).toBe(2);
    // one of which the mini program's word was lost
    await popup();
    expect(await left()).toBe(3);
  });

  it('are given back when a message was certainly not delivered', async () => {
    await claim();
    await hold();
    await settle('back');
    expect(await left()).toBe(1);
  });

  it('are none when WeChat says so, and count on from there', async () => {
    for (let i = 0; i < 3; i++) await claim();
    await hold();
    await settle('void');
    expect(await left()).toBe(0);
    expect(await hold()).toBe('none');
    await claim();
    await popup();
    expect(await left()).toBe(1);
  });

  it('are none any more when WeChat says so of one of two that are on their way, whatever becomes of the other', async () => {
    for (let i = 0; i < 5; i++) await claim();
    await hold();
    await hold();
    await settle('void');
    expect(await left()).toBe(0);
    await settle('spent');
    expect(await left()).toBe(0);
  });

  it('stay while the reader has switched all notices off, and are tried again a month later', async () => {
    await claim();
    await hold();
    await settle('switchedOff');
    expect(await left()).toBe(1);
    expect(await isRefused()).toBe(true);
    expect(await hold()).toBe('refused');
    expect(await hold(DUE, NOON + 31 * DAY)).toBe('held');
  });

  it('are of one reader each', async () => {
    await claim(DUE, 'tap-of-o-1', NOON, 'o-1');
    expect(await hold(DUE, NOON, 'o-2')).toBe('none');
    expect(await stores.credits.findCredits('o-2', NOON)).toEqual([]);
  });

  it('are at most fifty of a template', async () => {
    for (let i = 0; i < 55; i++) await claim();
    expect(await left()).toBe(50);
    await hold();
    await settle('spent');
    expect(await left()).toBe(49);
    await claim();
    expect(await left()).toBe(50);
  });

  it('lapse two years after the last change', async () => {
    await claim();
    expect(await hold(DUE, NOON + 731 * DAY)).toBe('none');
    expect(await left(DUE, NOON + 731 * DAY)).toBe(0);
  });

  it('are not made by settling what was erased meanwhile', async () => {
    await claim();
    await hold();
    await served.database.reset();
    await settle('spent');
    expect(await stores.credits.findCredits('o-1', NOON)).toEqual([]);
  });
});

describe('two messages at once', () => {
  it('share the last permission: one of them gets it', async () => {
    await claim();
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => hold()));
    expect(outcomes.filter((one) => one === 'held')).toHaveLength(1);
    expect(outcomes.filter((one) => one === 'none')).toHaveLength(5);
  });

  it('lose none of what is claimed, confirmed and settled beside them', async () => {
    for (let i = 0; i < 4; i++) await claim();
    await hold();
    await Promise.all([claim(), popup(), hold(), settle('spent'), claim()]);
    // 6 claimed, 1 confirmed; 1 spent, 1 held
    expect(await left()).toBe(4);
  });
});

describe('what WeChat pushes', () => {
  it('is read as an array or as the one thing itself', async () => {
    await push('subscribe_msg_popup_event', { TemplateId: DUE, SubscribeStatusString: 'accept' });
    await push('subscribe_msg_popup_event', [
      { TemplateId: DUE, SubscribeStatusString: 'accept', More: { x: 1 } },
      { TemplateId: HOLD, SubscribeStatusString: 'reject' },
    ]);
    expect(await left()).toBe(2);
    expect(await left(HOLD)).toBe(0);
    expect(await isRefused()).toBe(false);
  });

  it('counts a template once a push', async () => {
    const one = { TemplateId: DUE, SubscribeStatusString: 'accept' };
    await push('subscribe_msg_popup_event', [one, one, one]);
    expect(await left()).toBe(1);
  });

  it('says when a template is refused, until the reader allows it again', async () => {
    await claim();
    await push('subscribe_msg_change_event', { TemplateId: DUE, SubscribeStatusString: 'reject' });
    expect(await hold()).toBe('refused');
    await push('subscribe_msg_change_event', { TemplateId: DUE, SubscribeStatusString: 'accept' });
    expect(await hold()).toBe('held');
    await push('subscribe_msg_change_event', { TemplateId: DUE, SubscribeStatusString: 'reject' });
    await claim();
    expect(await isRefused()).toBe(false);
  });

  it('says when a message that was taken came to nothing after all', async () => {
    for (let i = 0; i < 3; i++) await claim();
    const sent = { TemplateId: DUE, MsgID: '1864323726461255680', ErrorStatus: 'success' };
    await push('subscribe_msg_sent_event', { ...sent, ErrorCode: '0' });
    await push('subscribe_msg_sent_event', { ...sent, ErrorCode: 0 });
    expect(await left()).toBe(3);
    await push('subscribe_msg_sent_event', { ...sent, ErrorCode: '43101', ErrorStatus: 'user reject' });
    expect(await left()).toBe(0);
  });

  it('changes nothing when it cannot be read', async () => {
    const strange = fc.oneof(
      fc.jsonValue(),
      fc.array(fc.record({ TemplateId: fc.jsonValue(), SubscribeStatusString: fc.string() })),
      fc.constant([{ TemplateId: '../../x', SubscribeStatusString: 'accept' }]),
      fc.constant([{ TemplateId: DUE, SubscribeStatusString: 'ACCEPT' }]),
      fc.constant([{ TemplateId: DUE }]),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('subscribe_msg_popup_event', 'subscribe_msg_sent_event', 'unsubscribe', ''),
        strange,
        async (event, list) => {
          expect(await push(event, list)).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
    expect(await push('subscribe', { TemplateId: DUE, SubscribeStatusString: 'accept' })).toBe(0);
    expect(await stores.credits.findCredits('o-1', NOON)).toEqual([]);
  });
});

describe('wishes', () => {
  const { find, turn, speak } = {
    find: () => stores.preferences.findPreferences('o-1'),
    turn: (kind: 'dueSoon' | 'overdue', on: boolean) => stores.preferences.switchKind('o-1', kind, on),
    speak: (language: 'zh-CN' | 'en') => stores.preferences.keepLanguage('o-1', language),
  };

  it('are kept each by itself, and nothing is kept where all is as in the beginning', async () => {
    expect(await find()).toEqual({ off: [], language: 'zh-CN' });
    await Promise.all([turn('dueSoon', false), speak('en'), turn('overdue', false)]);
    expect(await find()).toEqual({ off: expect.any(Array), language: 'en' });
    expect([...(await find()).off].sort()).toEqual(['dueSoon', 'overdue']);
    await turn('dueSoon', false);
    expect((await find()).off).toHaveLength(2);
    await turn('dueSoon', true);
    await turn('overdue', true);
    expect(await find()).toEqual({ off: [], language: 'en' });
    const document = () => stores.database.table('message_preferences').find('o-1');
    expect(await document()).toBeDefined();
    await speak('zh-CN');
    expect(await document()).toBeUndefined();
  });
});

describe('the library’s settings', () => {
  it('are those of at most half a minute ago', async () => {
    const read = (now: number) => stores.settings.currentMessageSettings(now);
    expect((await read(NOON)).templates).toEqual([]);
    const template = {
      id: 'template-template-template',
      kinds: ['dueSoon' as const],
      fields: { thing1: 'title' as const },
    };
    await stores.settings.keepMessageSettings(
      { templates: [template], opens: 'formal', accounts: {}, chat: false, wechatDesk: false },
      NOON,
    );
    expect((await read(NOON + 29_999)).templates).toEqual([]);
    const now = await read(NOON + 30_000);
    expect(stores.settings.templateFor(now, 'dueSoon')).toEqual(template);
    expect(stores.settings.templateFor(now, 'overdue')).toBeUndefined();
  });
});
