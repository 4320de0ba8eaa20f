import * as v from 'valibot';
import { AskOutput, AskTopicsOutput, AskedEntry, MAX_QUESTION_TEXT } from '../../../contracts/ask';
import { readFaqContent } from '../../../cloudfunctions/features/messages/faq/content';
import { dataOf, startLocalCloud, type LocalCloud } from '../../support/local-cloud';
import { bind, fault } from '../support/readers';

let cloud: LocalCloud;
const { entries } = readFaqContent();

beforeAll(async () => {
  cloud = await startLocalCloud();
}, 60_000);
afterAll(() => cloud.stop());
afterEach(() => {
  cloud.link.set('none');
});

const question = async (text: string, language: 'zh-CN' | 'en' = 'zh-CN', openid?: string) => {
  const answer = dataOf(await cloud.call('ask.question', { text, language }, openid));
  return v.parse(AskOutput, answer);
};

describe('questions on the page', () => {
  it('answers in the language of the page', async () => {
    const answer = await question('怎么续借', 'en');
    expect(answer).toMatchObject({ kind: 'answer' });
    if (answer.kind !== 'answer') return;
    const entry = entries.find(({ id }) => id === answer.entry.id)!;
    expect(answer.entry).toMatchObject({ question: entry.question.en, topic: entry.topic });
  });

  it('leads to what is done with a tap, and does nothing itself', async () => {
    await bind(cloud, 'twenty', 'o-asker');
    const before = await cloud.library.loans!.list({ ref: 'p1' });
    expect(await question('续借', 'zh-CN', 'o-asker')).toEqual({
      kind: 'go',
      page: 'pages/shelf/shelf',
      what: 'renew',
    });
    expect(await question('my loans', 'en', 'o-asker')).toEqual({
      kind: 'go',
      page: 'pages/shelf/shelf',
      what: 'loans',
    });
    expect(await cloud.library.loans!.list({ ref: 'p1' })).toEqual(before);
    expect(await question('有《红楼梦》吗')).toEqual({ kind: 'search', text: '红楼梦' });
    expect(await question('978-7-02-000220-7')).toEqual({ kind: 'search', text: '9787020002207' });
  });

  it('takes words that answer no question for a title if a book has just that, and the library can be asked', async () => {
    expect(await question('Java与模式')).toEqual({ kind: 'search', text: 'Java与模式' });
    expect(await question('Java与模式在食堂')).not.toMatchObject({ kind: 'search' });
    cloud.link.set('offline');
    expect(await question('Java与模式')).not.toMatchObject({ kind: 'search' });
  });

  it.each(['你好', '在吗？', 'Good morning!', '老师好'])(
    'says what it can do when it is greeted: %s',
    async (text) => {
      expect(await question(text)).toMatchObject({ kind: 'answer', entry: { id: 'app-what' }, others: [] });
    },
  );

  it('knows when it does not know', async () => {
    expect(await question('食堂今天有什么菜')).toEqual({ kind: 'none' });
  });

  it('says the library’s numbers only as it says them, and something true without them', async () => {
    const entry = async (id: string, openid?: string) =>
      v.parse(AskedEntry, dataOf(await cloud.call('ask.entry', { id, language: 'zh-CN' }, openid)));
    const policy = await cloud.library.policy!.loanRules!();
    const window = policy.renewalWindowDays!;
    expect((await entry('renewing-when')).answer).toContain(`最后 ${window} 天`);
    const fine = `¥${(policy.overdueCentsPerOpenDay! / 100).toFixed(2)}`;
    expect((await entry('fines-how-much')).answer).toContain(fine);
    expect((await entry('hours-branches')).answer).toContain(cloud.library.branches[0]!.name);
    // it depends on who asks
    const unbound = entries.find(({ id }) => id === 'borrowing-limit')!;
    expect((await entry('borrowing-limit')).answer).toBe(unbound.otherwise!.zh);
    await bind(cloud, 'substitute', 'o-undergraduate');
    const { maxLoans } = policy.limits.find(({ readerType }) => readerType.code === 'UG')!;
    expect((await entry('borrowing-limit', 'o-undergraduate')).answer).toContain(`借 ${maxLoans} 本`);
    cloud.link.set('offline');
    expect((await entry('renewing-when')).answer).toBe(
      entries.find(({ id }) => id === 'renewing-when')!.otherwise!.zh,
    );
  });

  it('lists every question under its topic, in both languages', async () => {
    for (const language of ['zh-CN', 'en'] as const) {
      const { topics } = v.parse(AskTopicsOutput, dataOf(await cloud.call('ask.topics', { language })));
      expect(topics.flatMap(({ questions }) => questions.map(({ id }) => id)).sort()).toEqual(
        entries.map(({ id }) => id).sort(),
      );
    }
  });

  it('offers the chat where the library has said that it answers there', async () => {
    const chat = async () => dataOf(await cloud.call('ask.topics', { language: 'en' })).chat;
    expect(await chat()).toBe(false);
    const { settings } = dataOf(await cloud.order('messages.templates', {}));
    dataOf(await cloud.order('messages.templates', { settings: { ...settings, chat: true } }));
    await cloud.passTimeTo(cloud.clock.now() + 30_000);
    expect(await chat()).toBe(true);
  });

  it('refuses what is too long, empty, or not there', async () => {
    const input = (text: string) => cloud.call('ask.question', { text, language: 'zh-CN' });
    expect(await input('字'.repeat(MAX_QUESTION_TEXT + 1))).toEqual(fault('BAD_REQUEST'));
    expect(await input('   ')).toEqual(fault('BAD_REQUEST'));
    expect(await cloud.call('ask.entry', { id: '__proto__', language: 'en' })).toEqual(fault('NOT_FOUND'));
    expect((await input('字'.repeat(MAX_QUESTION_TEXT))).ok).toBe(true);
  });

  it('is not asked without end', async () => {
    for (let i = 0; i < 400; i++) await cloud.call('ask.topics', { language: 'en' }, 'o-endless');
    expect(await cloud.call('ask.topics', { language: 'en' }, 'o-endless')).toEqual(fault('BUSY', true));
  }, 60_000);
});
