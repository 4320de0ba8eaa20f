import { setTimeout as pause } from 'node:timers/promises';
import { startLocalCloud, type LocalCloud } from '../../support/local-cloud';
import { intercept } from '../support/intercept';
import { changeDocument, readDatabase } from '../support/read-database';
import { bind } from '../support/readers';
import { eventPush, OFFICIAL, push, pushAgain, settle, textPush, writeToOfficial } from './support/pushes';

const library = intercept();
let cloud: LocalCloud;

beforeAll(async () => {
  cloud = await startLocalCloud({ wrap: library.wrap });
  await settle(cloud, { accounts: { official: OFFICIAL } });
}, 60_000);
afterAll(() => cloud.stop());
afterEach(() => {
  cloud.link.set('none');
});

const binding = async (openid: string): Promise<Record<string, unknown>> =>
  (await readDatabase(cloud.url()))['bindings']!.find(({ _id }) => _id === openid)!;

describe('the official account', () => {
  it('answers questions of all its followers, in the answer of the call itself', async () => {
    const event = textPush('f-anybody', '怎么续借', { ToUserName: OFFICIAL });
    const answer = await pushAgain(cloud, event);
    expect(answer).toEqual({
      ToUserName: 'f-anybody',
      FromUserName: OFFICIAL,
      CreateTime: expect.any(Number) as number,
      MsgType: 'text',
      Content: expect.stringContaining('续借') as string,
    });
    // it may be on the reader's screen already
    expect(await push(cloud, event)).toBe('success');
    expect(cloud.outbox()).toEqual([]);
  });

  it('knows no reader without a UNIONID, nor with one of which nothing is bound', async () => {
    await bind(cloud, 'twenty', 'o-bound');
    const asked = { ...library.asked };
    for (const text of ['我的借阅', '续借', '我的预约']) {
      expect(await writeToOfficial(cloud, 'f-unknown', text)).toContain('认不出你是哪位读者');
    }
    cloud.setUnionid('f-known', 'u-somebody');
    expect(await writeToOfficial(cloud, 'f-known', '我的借阅')).toContain('认不出你是哪位读者');
    expect(await writeToOfficial(cloud, 'f-known', '转人工 借书机坏了')).toContain('写给图书馆');
    expect(library.asked).toEqual(asked);
    expect((await readDatabase(cloud.url()))['feedback']).toEqual([]);
  });

  it('tells a follower their own loans once the UNIONID of both is the same', async () => {
    cloud.setUnionid('o-union', 'u-one');
    cloud.setUnionid('f-union', 'u-one');
    await bind(cloud, 'substitute', 'o-union');
    expect((await binding('o-union'))['unionKey']).toMatch(/^[\w-]{43}$/);
    expect(JSON.stringify(await readDatabase(cloud.url()))).not.toContain('u-one');
    expect(await writeToOfficial(cloud, 'f-union', '我的借阅')).toMatch(/在借 \d+ 本|没有借着/);
    // a menu is read as if its key had been typed
    const tap = eventPush('f-union', 'CLICK', { ToUserName: OFFICIAL, EventKey: '我的预约' });
    expect(await pushAgain(cloud, tap)).toMatchObject({
      MsgType: 'text',
      Content: expect.stringMatching(/预约/) as string,
    });
    // unbound: nobody again
    await cloud.call('cards.unbind', {}, 'o-union');
    expect(await writeToOfficial(cloud, 'f-union', '我的借阅')).toContain('认不出你是哪位读者');
  });

  it('takes over a UNIONID that comes later, and a client cannot choose one', async () => {
    await bind(cloud, 'promoted', 'o-later');
    expect(await binding('o-later')).not.toHaveProperty('unionKey');
    await cloud.send(
      { action: 'cards.mine', input: {}, UNIONID: 'u-two', userInfo: { unionId: 'u-two' } },
      'o-later',
    );
    expect(await binding('o-later')).not.toHaveProperty('unionKey');
    cloud.setUnionid('o-later', 'u-two');
    await cloud.call('cards.mine', {}, 'o-later');
    expect((await binding('o-later'))['unionKey']).toMatch(/^[\w-]{43}$/);
    cloud.setUnionid('f-later', 'u-two');
    expect(await writeToOfficial(cloud, 'f-later', '我的借阅')).toMatch(/在借|没有借着/);
  });

  it('tells nobody when two bindings bear one key', async () => {
    await bind(cloud, 'debtor', 'o-twin');
    cloud.setUnionid('f-twin', 'u-two');
    const { unionKey } = await binding('o-later');
    await changeDocument(cloud.url(), 'bindings', 'o-twin', { unionKey });
    expect(await writeToOfficial(cloud, 'f-twin', '我的借阅')).toContain('认不出你是哪位读者');
  });

  it('never takes a follower for a user of the mini program with the same id', async () => {
    expect(await writeToOfficial(cloud, 'o-bound', '我的借阅')).toContain('认不出你是哪位读者');
  });

  it('welcomes who follows, and is quiet about what else happens', async () => {
    const at = (event: string, more = {}) => eventPush('f-new', event, { ToUserName: OFFICIAL, ...more });
    expect(await pushAgain(cloud, at('subscribe'))).toMatchObject({
      Content: expect.stringContaining('谢谢关注') as string,
    });
    for (const event of [
      'unsubscribe',
      'SCAN',
      'VIEW',
      'LOCATION',
      'subscribe_msg_popup_event',
      'user_enter_tempsession',
    ])
      expect(await push(cloud, at(event))).toBe('success');
    expect((await readDatabase(cloud.url()))['message_credits']).toEqual([]);
  });

  it.each([
    ['the first', 4_700, 'waiting'],
    ['the first', 6_000, 'expiring'],
    ['the second', 12_000, 'staff'],
  ] as const)(
    'keeps an answer that is too late for %s push for the next of the same: after %d ms',
    async (_, ms, who) => {
      const follower = `f-slow-${ms}`;
      cloud.setUnionid(`o-slow-${ms}`, `u-slow-${ms}`);
      cloud.setUnionid(follower, `u-slow-${ms}`);
      await bind(cloud, who, `o-slow-${ms}`);
      library.before('loans.list', () => pause(ms));
      const event = textPush(follower, '我的借阅', { ToUserName: OFFICIAL });
      expect(await pushAgain(cloud, event)).toMatchObject({
        MsgType: 'text',
        // or that the library has not answered, where it takes longer than is waited for
        Content: expect.stringMatching(/在借|没有借着|没有应答/) as string,
      });
      expect(await push(cloud, event)).toBe('success');
      expect(library.asked['loans.list']).toBeGreaterThan(0);
      const kept = (await readDatabase(cloud.url()))['message_pushes']!.filter(
        ({ owner }) => owner === follower,
      );
      expect(kept).toEqual([expect.not.objectContaining({ reply: expect.anything() as unknown })]);
    },
    30_000,
  );
});
