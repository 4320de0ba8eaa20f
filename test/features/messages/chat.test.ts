import type { Loan } from '../../../contracts/loans';
import { startLocalCloud, type LocalCloud } from '../../support/local-cloud';
import { intercept } from '../support/intercept';
import { readDatabase } from '../support/read-database';
import { bind, READERS, type ReaderName } from '../support/readers';
import { push, sentTo, settle, textPush, write } from './support/pushes';

const library = intercept();
let cloud: LocalCloud;
let readers = 0;
const newReader = (): string => `o-talker-${++readers}`;

beforeAll(async () => {
  cloud = await startLocalCloud({ wrap: library.wrap });
}, 60_000);
afterAll(() => cloud.stop());
afterEach(() => {
  cloud.link.set('none');
});

const truth = async (who: ReaderName): Promise<Loan[]> => {
  const answer = await cloud.library.loans!.list({ ref: READERS[who].ref });
  if ('denied' in answer) throw new Error(answer.denied.code);
  return answer.loans;
};

describe('questions', () => {
  it.each([
    ['怎么续借', /续借/],
    ['how do I renew a book', /[Rr]enew/],
    ['zenme xujie', /续借/],
    ['how do i renwe a bokk', /[Rr]enew/],
    ['怎麼續借', /续借/],
  ])('answers %s', async (question, says) => {
    expect(await write(cloud, newReader(), question)).toMatch(says);
  });

  it('replies in the language of the question', async () => {
    const openid = newReader();
    expect(await write(cloud, openid, 'when does the library open')).not.toMatch(/\p{Script=Han}{4}/u);
    expect(await write(cloud, openid, '图书馆几点开门')).toMatch(/\p{Script=Han}{4}/u);
  });

  it('says numbers of the library only as the library says them, and by the type of the reader', async () => {
    const openid = newReader();
    const unbound = await write(cloud, openid, '最多可以借几本书');
    expect(unbound).not.toMatch(/最多可以同时借 \d+/);
    await bind(cloud, 'substitute', openid);
    const policy = await cloud.library.policy!.loanRules!();
    const { maxLoans } = policy.limits.find(({ readerType }) => readerType.code === 'UG')!;
    expect(await write(cloud, openid, '最多可以借几本书')).toContain(`最多可以同时借 ${maxLoans} 本`);
    cloud.link.set('offline');
    expect(await write(cloud, openid, '最多可以借几本书')).not.toMatch(/最多可以同时借 \d+/);
  });

  it('offers numbered questions and answers the number, for half an hour', async () => {
    const openid = newReader();
    const offer = await write(cloud, openid, '怎么续借');
    const second = /^2\. (.+)$/mu.exec(offer)?.[1];
    expect(second).toBeDefined();
    const answer = await write(cloud, openid, '２');
    expect(answer).not.toContain('太久');
    expect(await write(cloud, openid, '2.')).toBe(answer);
    expect(await write(cloud, openid, second!)).toContain(answer.split('\n')[0]!);
    cloud.clock.set(Date.now() + 3_600_000);
    expect(await write(cloud, openid, '1')).toContain('太久');
    cloud.clock.set(Date.now());
    // what another reader was offered is nobody else's
    expect(await write(cloud, newReader(), '1')).toContain('太久');
  });

  it.each(['😀🎉', '。。。', '   '])('tells what can be asked to whoever writes %j', async (text) => {
    expect(await write(cloud, newReader(), text)).toContain('还可以发');
  });
});

describe('books', () => {
  it('says for an ISBN and for a title what the catalogue says, to anybody', async () => {
    const { items } = await cloud.library.catalog!.search({
      field: 'title',
      text: '红楼梦',
      sort: 'relevance',
      page: 1,
      pageSize: 1,
      filters: {},
    });
    const [book] = items;
    const openid = newReader();
    const byTitle = await write(cloud, openid, '有《红楼梦》这本书吗');
    expect(byTitle).toContain('红楼梦');
    expect(byTitle).toMatch(/在架 \d+ 册|都借出去了|没有能外借/);
    const bare = await write(cloud, openid, book!.title);
    expect(bare).toContain(`《${book!.title}》`);
    if (book!.isbn13 !== undefined) {
      const holdings = await cloud.library.catalog!.holdings(book!.bibId);
      const here = holdings!.items.filter(({ status }) => status === 'available');
      const answer = await write(cloud, openid, book!.isbn13);
      expect(answer).toContain(book!.title);
      if (here.length > 0) {
        expect(answer).toContain(`在架 ${here.length} 册`);
        expect(answer).toContain(here[0]!.location.name);
      }
    }
    expect(await write(cloud, openid, '9787999999997')).toContain('没有 ISBN');
    expect(await write(cloud, openid, '有没有《从来没有人写过的书 xyzzy》')).toContain('没有找到');
    cloud.link.set('offline');
    expect(await write(cloud, openid, '有《红楼梦》这本书吗')).toContain('没有应答');
  }, 30_000);
});

describe('what is the reader’s own', () => {
  it('tells the unbound how to bind, and leads there', async () => {
    for (const text of ['我的借阅', '续借', '我的预约']) {
      const answer = await write(cloud, newReader(), text);
      expect(answer).toContain('绑定借阅证');
      expect(answer).toContain('data-miniprogram-path="packages/card/bind/bind"');
    }
    expect(await write(cloud, newReader(), 'my loans')).toContain('library card is bound');
  });

  it('lists loans as the library has them, at most ten, and says how many there are', async () => {
    const openid = newReader();
    await bind(cloud, 'twenty', openid);
    const loans = await truth('twenty');
    const answer = await write(cloud, openid, '我的借阅');
    expect(answer).toContain(`在借 ${loans.length} 本`);
    const lines = answer.split('\n').filter((line) => line.startsWith('《'));
    expect(lines).toHaveLength(10);
    expect(answer).toContain(`还有 ${loans.length - 10} 本`);
    const overdue = loans.filter((loan) => loan.overdue);
    expect(lines.filter((line) => line.includes('已经过期'))).toHaveLength(overdue.length);
    // nobody else's
    const other = newReader();
    await bind(cloud, 'none', other);
    expect(await write(cloud, other, '我的借阅')).toContain('没有借着的书');
  });

  it('lists holds', async () => {
    const openid = newReader();
    await bind(cloud, 'waiting', openid);
    expect(await write(cloud, openid, '我的预约')).toMatch(/预约 4 本[\s\S]*可以取了/);
  });

  it('says so when the library is away, and shows an old list only as one', async () => {
    const openid = newReader();
    await bind(cloud, 'hard', openid);
    cloud.link.set('offline');
    expect(await write(cloud, openid, '我的借阅')).toContain('没有应答');
    expect(await write(cloud, openid, '续借')).toContain('什么也没有续');
    cloud.link.set('none');
    await write(cloud, openid, '我的借阅');
    cloud.link.set('offline');
    expect(await write(cloud, openid, '我的借阅')).toMatch(/没有应答，下面是 .*的记录[\s\S]*《/);
  }, 30_000);

  it('renews all that can be renewed, once a push, and tells each outcome in the library’s words', async () => {
    const openid = newReader();
    await bind(cloud, 'staff', openid);
    const before = new Map((await truth('staff')).map((loan) => [loan.loanId, loan]));
    const asked = library.asked['loans.renew'];
    const event = textPush(openid, '帮我续借');
    await Promise.all([push(cloud, event), push(cloud, event)]);
    await push(cloud, event);
    expect(library.asked['loans.renew'] - asked).toBe(1);
    const [text, ...more] = sentTo(cloud, openid);
    expect(more).toEqual([]);
    const after = await truth('staff');
    const renewed = after.filter(({ loanId, dueAt }) => dueAt > before.get(loanId)!.dueAt);
    expect(renewed.length).toBeGreaterThan(0);
    expect(text).toContain(`续上了 ${renewed.length} 本`);
    for (const { title } of renewed) expect(text).toContain(title.slice(0, 10));
    const rest = after.length - renewed.length;
    if (rest > 0) expect(text).toContain(`没有续上 ${rest} 本`);
  }, 30_000);

  it('says of a lost answer what the library shows, and of what it does not show that nobody knows', async () => {
    const openid = newReader();
    await bind(cloud, 'department', openid);
    const before = new Map((await truth('department')).map((loan) => [loan.loanId, loan]));
    const asked = library.asked['loans.renew'];
    library.after('loans.renew', () => cloud.link.set('offline'));
    const event = textPush(openid, '续借');
    await push(cloud, event);
    cloud.link.set('none');
    await push(cloud, event);
    const [text, ...more] = sentTo(cloud, openid);
    expect(more).toEqual([]);
    const renewed = (await truth('department')).filter(
      ({ loanId, dueAt }) => dueAt > before.get(loanId)!.dueAt,
    );
    expect(renewed.length).toBeGreaterThan(0);
    expect(library.asked['loans.renew'] - asked).toBe(1);
    // it was asked once, did it, and nobody heard of it
    const said = (what: RegExp): number => Number(what.exec(text!)?.[1] ?? 0);
    const [unknown, sure, not] = [said(/(\d+) 本说不准/), said(/续上了 (\d+) 本/), said(/没有续上 (\d+) 本/)];
    expect(unknown).toBeGreaterThan(0);
    expect(sure).toBeLessThanOrEqual(renewed.length);
    expect(unknown + sure).toBeGreaterThanOrEqual(renewed.length);
    expect(unknown + sure + not).toBe(before.size);
    expect(text!.split('\n').length).toBeLessThan(30);
    expect(Buffer.byteLength(text!)).toBeLessThanOrEqual(2_048);
  }, 30_000);

  it('never tells or does anything for the card of another', async () => {
    const [owner, other] = [newReader(), newReader()];
    await bind(cloud, 'debtor', owner);
    const asked = library.asked['loans.list'];
    // the sender of a push is whom the platform names, and nothing in the text or beside it changes that
    await push(
      cloud,
      textPush(other, '我的借阅', { userInfo: { openId: owner }, OPENID: owner, openid: owner }),
    );
    expect(sentTo(cloud, other)[0]).toContain('绑定借阅证');
    expect(sentTo(cloud, owner)).toEqual([]);
    expect(library.asked['loans.list']).toBe(asked);
  });
});

describe('a librarian', () => {
  const tickets = async (openid: string): Promise<Record<string, unknown>[]> =>
    ((await readDatabase(cloud.url()))['feedback'] ?? []).filter(({ owner }) => owner === openid);

  it('gets the last question, once', async () => {
    const openid = newReader();
    await cloud.call('system.status', {}, openid);
    await write(cloud, openid, '三号楼的自习区什么时候装新的插座 qqxx');
    expect(await write(cloud, openid, '转人工')).toContain('交给图书馆员');
    expect(await tickets(openid)).toEqual([expect.objectContaining({ via: 'chat', kind: 'question' })]);
    expect(await write(cloud, openid, '转人工')).toContain('连问题一起发');
    expect(await tickets(openid)).toHaveLength(1);
    expect(await write(cloud, openid, '转人工 校园卡消不了磁怎么办')).toContain('交给图书馆员');
    expect(await tickets(openid)).toHaveLength(2);
    expect(await write(cloud, openid, 'librarian: my card does not open the gate')).toContain('librarian');
    expect(await tickets(openid)).toHaveLength(3);
  });

  it('gets one ticket of a push that comes twice', async () => {
    const openid = newReader();
    await cloud.call('system.status', {}, openid);
    const event = textPush(openid, '转人工 借书机坏了');
    await Promise.all([push(cloud, event), push(cloud, event)]);
    expect(await tickets(openid)).toHaveLength(1);
  });

  it('also comes from WeChat’s own desk, where it is staffed', async () => {
    await settle(cloud, { wechatDesk: true });
    cloud.clock.set(Date.now() + 31_000);
    const openid = newReader();
    await cloud.call('system.status', {}, openid);
    expect(await push(cloud, textPush(openid, '人工'))).toEqual({
      ToUserName: openid,
      FromUserName: 'gh_local',
      CreateTime: expect.any(Number) as number,
      MsgType: 'transfer_customer_service',
    });
    cloud.clock.set(Date.now());
  });
});
