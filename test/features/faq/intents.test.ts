import { describe, expect, it } from '@jest/globals';
import { readFaqContent } from '../../../cloudfunctions/features/messages/faq/content';
import { makeAnswerer } from '../../../cloudfunctions/features/messages/faq/make-answerer';
import { readMessage } from '../../../cloudfunctions/features/messages/faq/read-message';

const content = readFaqContent();
const answerer = makeAnswerer(content);
const read = (text: string) => readMessage(answerer, text);

describe('a message', () => {
  it.each([
    '续借',
    '續借',
    '帮我续借',
    '我要续借',
    '请帮我续借一下这本书，谢谢',
    '把我的书都续借一下',
    'xujie',
    'renew',
    'Renew!',
    'please renew my books',
    'I want to renew this book',
  ])('orders a renewal: %s', (text) => expect(read(text)).toEqual({ kind: 'renew' }));

  it.each([
    '怎么续借',
    '续借几次',
    '续借失败',
    '能续借几次',
    'how do I renew',
    'can i renew an overdue book',
    'renewal failed',
    '忘了续借怎么办',
  ])('asks about renewing: %s', (text) => expect(read(text).kind).toBe('faq'));

  it.each([
    '我的借阅',
    '我借了什么',
    '查一下我的借阅',
    '我借了哪些书？',
    '我的借閱',
    'my loans',
    'show me my loans please',
    'What have I borrowed?',
  ])('wants to see loans: %s', (text) => expect(read(text)).toEqual({ kind: 'loans' }));

  it.each([
    '我的借阅历史在哪里看',
    '怎么看我借了哪些书',
    '别人能看到我借了什么吗',
    'can others see my loans',
  ])('asks about loans: %s', (text) => expect(read(text).kind).toBe('faq'));

  it.each([
    '9787536692930',
    '978-7-5366-9293-0',
    'ISBN 978-7-5366-9293-0',
    '９７８７５３６６９２９３０',
    '7-5366-9293-5',
    '请问有没有 978-7-5366-9293-0 这本书',
    '９７８－７－５３６６－９２９３－０有吗',
  ])('names a book by its number: %s', (text) =>
    expect(read(text)).toEqual({ kind: 'isbn', isbn13: '9787536692930' }),
  );

  it.each(['9787536692931', '13800138000', '我的电话是1380013800', '978'])(
    'has digits that are no number of a book: %s',
    (text) => expect(read(text).kind).toBe('faq'),
  );

  it.each([
    ['《三体》', '三体'],
    ['有没有《三体》这本书', '三体'],
    ['你们图书馆有《百年孤独》吗？', '百年孤独'],
    ['我想借《活着》', '活着'],
    ['有没有三体这本书', '三体'],
    ['三体这本书有吗', '三体'],
    ['请问图书馆有没有“活着”这本书？', '活着'],
    ['do you have the book Pride and Prejudice?', 'Pride and Prejudice'],
    ['Do you have The Great Gatsby', 'The Great Gatsby'],
    ['有没有百年孤独', '百年孤独'],
    ['三体有吗', '三体'],
    ['百年孤独你们馆里有没有', '百年孤独'],
    ['我想借不能承受的生命之轻这本书', '不能承受的生命之轻'],
  ])('asks for a book by its title: %s', (text, title) =>
    expect(read(text)).toEqual(expect.objectContaining({ kind: 'title', title })),
  );

  it.each([
    '有没有电子书',
    '有没有插座',
    '插座有吗',
    '自习室有吗',
    '书有吗',
    'do you have lockers',
    'Do you have e-books?',
    '有没有这本书',
    '《》',
    '《三体》丢了怎么赔',
    '《三体》续借失败',
    '找不到那本书',
    '查不着这本书',
    '借不了这本书',
  ])('asks for no title: %s', (text) => expect(read(text).kind).toBe('faq'));

  it('that an entry asks word for word is no order and no title, but where the answer is to do just that', () => {
    const taken = content.entries.flatMap(({ id, question, variants }) =>
      [question.zh, question.en, ...variants.zh, ...variants.en]
        .map((text) => [id, read(text).kind])
        .filter(([, kind]) => kind !== 'faq'),
    );
    expect(new Set(taken.map((pair) => pair.join(' → ')))).toEqual(
      new Set(['borrowing-current → loans', 'renewing-how → renew']),
    );
  });
});
