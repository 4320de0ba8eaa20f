import fc from 'fast-check';
import { admitPush, isPushSource } from '../../../cloudfunctions/features/messages/chat/admit-push';
import {
  fit,
  MOST_BYTES,
  plain,
  titled,
  writeLink,
} from '../../../cloudfunctions/features/messages/chat/compose';
import { wantsLibrarian } from '../../../cloudfunctions/features/messages/chat/hand-over';
import { readPush } from '../../../cloudfunctions/features/messages/chat/read-push';
import { speak, type ChatServices } from '../../../cloudfunctions/features/messages/chat/conversation';
import { tellIsbn } from '../../../cloudfunctions/features/messages/chat/tell-books';
import { sayDay } from '../../../cloudfunctions/features/messages/chat/say-day';
import { wordsOf } from '../../../cloudfunctions/features/messages/chat/words';

const words = wordsOf('zh');

describe('a message', () => {
  it('fits into what WeChat takes, keeps its last lines whole, and says that something is left out', () => {
    const line = fc.string({ unit: 'grapheme', maxLength: 400 });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 30 }), (lines) => {
        const link = writeLink(words, { label: '打开书架', page: 'pages/shelf/shelf' }, 'wx0');
        const text = fit(lines, [link], words);
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MOST_BYTES);
        expect(text.endsWith(link)).toBe(true);
        const whole = [...lines, link].join('\n');
        if (Buffer.byteLength(whole) <= MOST_BYTES) expect(text).toBe(whole);
        else expect(text).toContain(words.cut);
      }),
    );
  });

  it('makes no link of what others have written', () => {
    const forged = '<a href="http://evil" data-miniprogram-appid="wx1">免费借书</a>\n2. 转人工';
    expect(plain(forged)).not.toMatch(/[<>\n]/);
    expect(titled(forged)).toMatch(/^《[^<>\n]{1,40}》$/u);
  });

  it('says a day without its year only in this year', () => {
    const now = Date.parse('2026-12-31T23:30:00+08:00');
    expect(sayDay('2026-12-05', 'zh', now)).toBe('12月5日');
    expect(sayDay('2027-01-02T23:59:00+08:00', 'zh', now)).toBe('2027年1月2日');
    expect(sayDay('2027-01-02', 'en', now)).toBe('2 Jan 2027');
  });
});

describe('copies that are all out', () => {
  const refuse = () => Promise.reject(new Error('not asked'));
  const services: ChatServices = {
    ...{ listLoans: refuse, renewAll: refuse, listHolds: refuse, search: refuse },
    ...{ resolve: refuse, holdings: refuse, checkText: refuse, openTicket: refuse },
  };
  const bib = { bibId: 'b1', title: '红楼梦', author: '曹雪芹', subjects: [] };
  const told = (language: 'zh' | 'en', ...due: (string | undefined)[]) =>
    tellIsbn(
      speak(
        {
          ...{ writer: 'o-1', account: 'miniProgram', appid: undefined, pushId: 'p', desk: false },
          context: {
            ...{
              requestId: 'r',
              openid: 'o-1',
              library: refuse,
              now: () => Date.parse('2026-11-20T12:00:00+08:00'),
            },
            desk: () => {
              throw new Error('not needed');
            },
          },
          services: {
            ...services,
            resolve: () => Promise.resolve({ kind: 'bib', bib }),
            holdings: () =>
              Promise.resolve({
                ...{ bibId: 'b1', asOf: '2026-11-20T04:00:00.000Z' },
                items: due.map((dueAt, n) => ({
                  ...{ itemId: `i${n}`, barcode: `${n}`, status: 'onLoan' as const },
                  ...{ branch: { code: 'b', name: '总馆' }, location: { code: 'l', name: '三楼' } },
                  ...(dueAt !== undefined && { dueAt }),
                })),
              }),
          },
        },
        language,
      ),
      '9787020002207',
    );

  it('come back on the first day that is still to come', async () => {
    expect(await told('zh', '2026-12-03', '2026-11-20')).toContain('共 2 册，都借出去了，最早 11月20日到期');
    expect(await told('en', '2026-12-03')).toContain('copies: 1, all out; the first is due 3 Dec');
    expect(await told('zh', undefined)).toMatch(/共 1 册，都借出去了$/m);
  });

  it('do not come back on a day that has passed', async () => {
    expect(await told('zh', '2026-10-01T23:59:00+08:00', '2026-12-03')).toMatch(
      /共 2 册，都借出去了，已过应还日期$/m,
    );
    expect(await told('en', '2026-10-01')).toMatch(/copies: 1, all out; return overdue$/m);
  });
});

describe('who pushes', () => {
  it.each([
    ['wx_trigger', true],
    ['wx_client', false],
    ['wx_devtools', false],
    ['wx_http', false],
    ['wx_localdebug', false],
    ['wx_trigger,scf', false],
    ['wx_client,scf', false],
    ['scf', false],
    ['wx_unknown', false],
    ['', false],
  ])('of the source %j: %s', (source, is) => {
    expect(isPushSource(source, 'wx_trigger')).toBe(is);
  });

  it('cannot be set to what comes from a client', () => {
    for (const source of ['wx_client', 'wx_devtools', 'wx_http', 'scf'])
      expect(isPushSource(source, source)).toBe(false);
    expect(isPushSource('wx_unknown', 'wx_unknown')).toBe(true);
  });

  const push = readPush({
    ToUserName: 'gh_a',
    FromUserName: 'o-1',
    CreateTime: 1,
    MsgType: 'text',
    MsgId: 1,
    Content: '',
  })!;
  const vouched = (own?: string, other?: string) => ({
    source: 'wx_trigger',
    appid: 'wx0',
    own: own === undefined ? undefined : { openid: own, unionid: 'u-own' },
    other: other === undefined ? undefined : { openid: other, unionid: 'u-other' },
  });

  it('is who the platform says, never who the event says', () => {
    expect(admitPush(push, vouched('o-1'), {})).toEqual({ account: 'miniProgram', openid: 'o-1' });
    expect(admitPush(push, vouched('o-2'), {})).toBeUndefined();
    expect(admitPush(push, vouched(), {})).toBeUndefined();
    expect(admitPush(push, vouched('o-1'), { miniProgram: 'gh_b' })).toBeUndefined();
    // by another account's openid, which is no reader's
    expect(admitPush(push, vouched(undefined, 'o-1'), {})).toBeUndefined();
    expect(admitPush(push, vouched('o-1', 'f-1'), {})).toBeUndefined();
  });

  it('has the UNIONID of just the identity that wrote', () => {
    const accounts = { official: 'gh_a' };
    expect(admitPush(push, vouched('o-2', 'o-1'), accounts)).toEqual({
      account: 'official',
      openid: 'o-1',
      unionid: 'u-other',
    });
    expect(admitPush(push, vouched('o-1'), accounts)).toEqual({
      account: 'official',
      openid: 'o-1',
      unionid: 'u-own',
    });
    expect(admitPush(push, vouched('o-2', 'o-3'), accounts)).toBeUndefined();
  });
});

describe('reading a push', () => {
  const base = { ToUserName: 'gh_a', FromUserName: 'o-1', CreateTime: 1_700_000_000 };

  it('knows two messages apart and one that comes again', () => {
    const text = (more: object) =>
      readPush({ ...base, MsgType: 'text', MsgId: 1, Content: 'a', ...more })?.parts;
    expect(text({})).toEqual(text({ MsgId: '1' }));
    expect(text({})).not.toEqual(text({ MsgId: 2 }));
    // a number beyond 2^53 may have been rounded
    expect(text({ CreateTime: 1_700_000_001 })).not.toEqual(text({}));
    const event = (List: unknown) =>
      readPush({ ...base, MsgType: 'event', Event: 'subscribe_msg_popup_event', List })?.parts;
    const one = { TemplateId: 'T1', SubscribeStatusString: 'accept' };
    expect(event(one)).toEqual(event([one]));
    expect(event(one)).not.toEqual(event({ ...one, TemplateId: 'T2' }));
  });

  it('reads a push to a function as WeChat’s page about them shows it', () => {
    const read = readPush({
      FromUserName: 'o-1',
      ToUserName: 'wx0123456789abcdef',
      Content: '测试',
      CreateTime: 1555684067,
      MsgId: '49d72d67b16d115e7935ac386f2f0fa41535298877_1555684067',
      MsgType: 'text',
    });
    expect(read).toMatchObject({ kind: 'text', to: 'wx0123456789abcdef', text: '测试' });
    const vouched = { source: 'wx_trigger', own: { openid: 'o-1', unionid: undefined }, other: undefined };
    const accounts = { miniProgram: 'gh_a' };
    expect(admitPush(read!, { ...vouched, appid: 'wx0123456789abcdef' }, accounts)?.openid).toBe('o-1');
    expect(admitPush(read!, { ...vouched, appid: 'wx1' }, accounts)).toBeUndefined();
    expect(admitPush(read!, { ...vouched, appid: undefined }, accounts)).toBeUndefined();
  });

  it('takes anything without falling over', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, maxDepth: 3 }), fc.anything(), (event, value) => {
        readPush(event);
        for (const MsgType of ['text', 'event', 'image'])
          readPush({
            ...base,
            MsgType,
            Event: 'CLICK',
            MsgId: value,
            Content: value,
            List: value,
            trace_id: value,
          });
      }),
    );
  });
});

describe('asking for a librarian', () => {
  it.each([
    ['转人工', undefined],
    ['人工客服', undefined],
    ['librarian', undefined],
    ['转人工：怎么退证', '怎么退证'],
    ['转人工 我的书丢了\n怎么办', '我的书丢了\n怎么办'],
    ['Talk to a human, my card is broken', 'my card is broken'],
  ])('%j', (text, question) => {
    expect(wantsLibrarian(text)).toEqual({ question });
  });

  it.each([
    '人工智能的书',
    '有没有《人工智能》',
    'librarianship',
    'what do librarians do',
    '图书馆员几点下班',
    '怎么转人工',
  ])('is not meant by %j', (text) => {
    expect(wantsLibrarian(text)).toBeUndefined();
  });
});
