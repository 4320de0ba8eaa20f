import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { readFaqContent } from '../../cloudfunctions/features/messages/faq/content';
import { fill } from '../../miniprogram/i18n';
import { pageName } from '../../miniprogram/packages/messages/ask/page-name';
import { messagesWords } from '../../miniprogram/packages/messages/words';
import { MAX_QUESTION_TEXT } from '../../miniprogram/services/feedback-limits';
import { fakePhone, fault, lost, ok, zh, type Phone } from './support/fake-wx';
import { TICKET } from './support/messages';
import { openPage, turn, until, type Opened } from './support/open-page';

const ASK = 'packages/messages/ask/ask';
const { ask: t } = messagesWords('zh-CN');
let phone: Phone;

const line = (id: string, question: string) => ({ id, question });
const RENEW = {
  id: 'renew',
  question: '怎么续借？',
  topic: 'borrowing',
  answer: '在“书架”里点“续借”。\n到期前都可以。',
  page: 'pages/shelf/shelf',
};

beforeEach(() => {
  phone = fakePhone();
  phone.answers['ask.topics'] = ok({
    chat: false,
    topics: [
      {
        id: 'borrowing',
        name: '借还',
        questions: [line('renew', '怎么续借？'), line('lost', '书丢了怎么办？')],
      },
    ],
  });
});

async function opened(query: Record<string, string> = {}): Promise<Opened> {
  const page = openPage(ASK, query);
  await until(() => page.data['topicsState'] !== 'loading', page.html);
  return page;
}
async function ask(page: Opened, text: string): Promise<void> {
  page.instance['onInput']?.({ detail: { value: text } });
  await page.instance['ask']?.();
}
const inputs = (action: string) =>
  phone.calls.filter((call) => call.action === action).map(({ input }) => input);
const tap = (page: Opened, handler: string, dataset: object) =>
  page.instance[handler]?.({ currentTarget: { dataset } });

describe('a question', () => {
  it('gets its answer, where that is done, and what else may be meant', async () => {
    phone.answers['ask.question'] = ok({
      kind: 'answer' as const,
      entry: RENEW,
      others: [line('lost', '书丢了怎么办？')],
    });
    const page = await opened();
    await ask(page, ' 怎么续借 ');
    expect(inputs('ask.question')).toEqual([{ text: '怎么续借', language: 'zh-CN' }]);
    expect(page.text()).toContain('在“书架”里点“续借”。');
    expect(page.text()).toContain(t.others);
    page.instance['onPage']?.();
    expect(phone.visits).toEqual(['switchTab /pages/shelf/shelf']);
    phone.answers['ask.entry'] = ok({
      ...RENEW,
      id: 'lost',
      question: '书丢了怎么办？',
      answer: '到借还台说一声。',
      page: undefined,
    });
    tap(page, 'onQuestion', { id: 'lost' });
    await until(() => page.text().includes('到借还台说一声。'));
    expect(inputs('ask.entry')).toEqual([{ id: 'lost', language: 'zh-CN' }]);
  });

  it('gets the nearest ones where none fits', async () => {
    phone.answers['ask.question'] = ok({ kind: 'nearest' as const, entries: [line('renew', '怎么续借？')] });
    const page = await opened();
    await ask(page, '续');
    expect(page.text()).toContain(t.nearest);
    expect(page.text()).toContain('怎么续借？');
  });

  it('goes to a librarian where nobody knows, with what was asked', async () => {
    phone.answers['ask.question'] = ok({ kind: 'none' as const });
    const page = await opened();
    await ask(page, '图书馆的猫叫什么？');
    expect(page.text()).toContain(t.none);
    page.instance['onLibrarian']?.();
    expect(phone.visits).toEqual(['navigateTo /packages/messages/write/write']);
    const form = openPage('packages/messages/write/write');
    expect(form.data['text']).toBe('图书馆的猫叫什么？');
  });

  it('does not put itself in the place of what was begun', async () => {
    phone.storage.set('feedback-drafts', { '': { kind: 'problem', text: '写了一半', pictures: [] } });
    phone.answers['ask.question'] = ok({ kind: 'none' as const });
    const page = await opened();
    await ask(page, '图书馆的猫叫什么？');
    page.instance['onLibrarian']?.();
    expect(openPage('packages/messages/write/write').data['text']).toBe('写了一半');
  });

  it('leads to what the words name', async () => {
    phone.answers['ask.question'] = ok({ kind: 'go' as const, page: 'pages/shelf/shelf', what: 'renew' });
    const page = await opened();
    await ask(page, '续借');
    expect(page.text()).toContain(t.goes.renew);
    page.instance['onPage']?.();
    expect(phone.visits).toEqual(['switchTab /pages/shelf/shelf']);
  });

  it('is looked for in the catalogue where it is a book', async () => {
    phone.answers['ask.question'] = ok({ kind: 'search' as const, text: '红楼梦' });
    const page = await opened();
    await ask(page, '红楼梦');
    expect(page.text()).toContain(fill(t.searchButton, { text: '红楼梦' }));
    page.instance['onSearch']?.();
    expect(phone.visits).toEqual([`navigateTo /pages/search/search?q=${encodeURIComponent('红楼梦')}`]);
  });

  it('is refused kindly when it is too long, and not read in part', async () => {
    const page = await opened();
    await ask(page, '长'.repeat(10_000));
    expect(page.text()).toContain(fill(t.tooLong, { n: MAX_QUESTION_TEXT }));
    expect(inputs('ask.question')).toEqual([]);
    expect(page.text()).toContain(t.askLibrarian);
  });

  it('can be asked again where it could not be asked', async () => {
    phone.answers['ask.question'] = lost;
    const page = await opened();
    await ask(page, '怎么续借');
    expect(page.text()).toContain(zh.faults.OFFLINE.title);
    phone.answers['ask.question'] = ok({ kind: 'answer' as const, entry: RENEW, others: [] });
    page.instance['onAgain']?.();
    await until(() => page.text().includes('在“书架”里点“续借”。'));
  });

  it('is not answered by what came too late for an earlier one', async () => {
    const page = await opened();
    let late: (value: never) => void = () => undefined;
    phone.answers['ask.question'] = () => new Promise<never>((resolve) => (late = resolve));
    page.instance['onInput']?.({ detail: { value: '第一个' } });
    page.instance['onSubmit']?.();
    await turn();
    page.instance['onClear']?.();
    late(ok({ kind: 'none' as const }) as never);
    await turn();
    await turn();
    expect(page.text()).not.toContain(t.none);
  });

  it('asks nothing when nothing is written', async () => {
    const page = await opened();
    await ask(page, '   ');
    expect(inputs('ask.question')).toEqual([]);
  });
});

describe('common questions', () => {
  it('are found by topic', async () => {
    const page = await opened();
    expect(page.text()).toContain('借还');
    expect(page.text()).not.toContain('书丢了怎么办？');
    tap(page, 'onTopic', { id: 'borrowing' });
    expect(page.text()).toContain('书丢了怎么办？');
    tap(page, 'onTopic', { id: 'borrowing' });
    expect(page.text()).not.toContain('书丢了怎么办？');
  });

  it('say when they cannot be read; asking and writing work all the same', async () => {
    phone.answers['ask.topics'] = fault('INTERNAL');
    const page = await opened();
    expect(page.text()).toContain(t.topicsFailed);
    expect(page.text()).toContain(t.write);
  });
});

it.each([true, false])('the chat is offered where the library answers there (%s)', async (chat) => {
  phone.answers['ask.topics'] = ok({ topics: [], chat });
  const page = await opened();
  expect(page.html().includes('<wx-button')).toBe(chat);
  expect(page.text().includes(t.chat)).toBe(chat);
});

it('every page that an answer of ours leads to is there and has a name', () => {
  const app = JSON.parse(readFileSync('miniprogram/app.json', 'utf8')) as {
    pages: string[];
    subPackages: { root: string; pages: string[] }[];
  };
  const pages = [
    ...app.pages,
    ...app.subPackages.flatMap(({ root, pages }) => pages.map((page) => `${root}/${page}`)),
  ];
  const { entries } = readFaqContent();
  const led = new Set(entries.flatMap(({ page }) => page ?? []));
  expect(led.size).toBeGreaterThan(5);
  for (const page of led) {
    expect(pages).toContain(page);
    expect([page, pageName(page, zh, messagesWords('zh-CN'))]).toEqual([page, expect.any(String)]);
  }
});

it('the page leads on to a ticket that a message names', () => {
  openPage(ASK, { ticket: TICKET });
  expect(phone.visits).toEqual([`redirectTo /packages/messages/ticket/ticket?id=${TICKET}`]);
});
