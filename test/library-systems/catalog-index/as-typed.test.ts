import { beforeAll, describe, expect, it } from '@jest/globals';
import { CatalogIndex, toIsbn13 } from '../../../library-systems/catalog-index';
import type { IndexField } from '../../../library-systems/catalog-index';
import { demoRecords, record } from '../support/index-records';

const query = (index: CatalogIndex, text: string, field: IndexField = 'any') =>
  index.search({ field, text, sort: 'relevance', page: 1, pageSize: 50, filters: {} });

describe('a search as readers type it', () => {
  let index: CatalogIndex;
  const records = demoRecords();
  const byId = new Map(records.map((r) => [r.id, r]));
  beforeAll(() => {
    index = new CatalogIndex(records);
  });
  const first = (text: string, field?: IndexField): string =>
    byId.get(query(index, text, field).ids[0] ?? '')?.title ?? 'nothing';
  const authors = (text: string): string[] => query(index, text).ids.map((id) => byId.get(id)!.authors[0]!);

  it.each([
    ['三体', /^三[体體]$/],
    ['三體', /^三[体體]$/],
    ['santi', /^三[体體]/],
    ['三提', /^三[体體]/],
    ['hlm', /^红楼梦/],
    ['hong lou meng', /^红楼梦/],
    ['HongLouMeng', /^红楼梦/],
    ['hognloumeng', /^红楼梦/],
    ['红楼孟', /^红楼梦/],
    ['红梦', /^红楼梦/],
    ['红 楼 梦', /^红楼梦/],
    ['《红楼梦》', /^红楼梦/],
    ['围成', /^围城/],
    ['傲慢與偏見', /^傲慢与偏见/],
    ['三体刘慈欣', /^三体/],
    ['suan fa dao lun', /^算法导论/],
    ['ＪＡＶＡ编程思想', /^Java编程思想/],
    ['harry poter', /^Harry Potter/],
    ['harrypotter', /^Harry Potter/],
    ['C++ primer', /^C\+\+ Primer/],
    ['c#', /C#/],
    ['.net', /\.NET/],
    ['C语言', /^C语言/],
    ['机器学习 周志华', /^机器学习/],
  ])('%s', (text, title) => {
    expect(first(text)).toMatch(title);
  });

  it.each(['刘慈欣', '刘 慈欣', '劉慈欣', 'Liu Cixin', 'Cixin Liu', 'liucixin', '刘慈新', 'liu ci xin'])(
    'the author as %s',
    (text) => {
      const found = authors(text).slice(0, 5);
      expect(found).toHaveLength(5);
      expect(found.every((author) => /[刘劉]慈欣/.test(author))).toBe(true);
    },
  );

  it('tells the programming languages apart', () => {
    const titles = (text: string) => query(index, text, 'title').ids.map((id) => byId.get(id)!.title);
    expect(titles('C++').every((title) => /C\+\+/i.test(title))).toBe(true);
    expect(titles('C#').every((title) => title.includes('C#'))).toBe(true);
    expect(titles('C#').length).toBeGreaterThan(2);
  });

  it('finds call numbers by their beginning, with and without separators', () => {
    const whole = records.find(({ callNumbers }) => /^TP311\.13\S*\/[A-Z]\d+$/.test(callNumbers[0]!))!;
    const callNumber = whole.callNumbers[0]!;
    const spellings = [
      callNumber,
      callNumber.toLowerCase(),
      callNumber.replace('/', ' '),
      callNumber.replace('/', ''),
    ];
    for (const text of spellings) {
      expect(query(index, text, 'callNumber').ids).toContain(whole.id);
      expect(query(index, text).ids).toContain(whole.id);
    }
    const under = records.filter(({ callNumbers }) => callNumbers[0]!.startsWith('TP311'));
    for (const text of ['TP311', 'tp 311', ' ＴＰ３１１ ']) {
      expect(query(index, text, 'callNumber').total).toBe(under.length);
    }
  });

  it('looks only where it is told to look', () => {
    const small = new CatalogIndex([
      record('title', { title: '鲁迅' }),
      record('author', { title: '呐喊', authors: ['鲁迅'] }),
      record('subject', { title: '彷徨', subjects: ['鲁迅'] }),
      record('publisher', { title: '野草', publisher: '鲁迅出版社' }),
    ]);
    expect(query(small, '鲁迅', 'title').ids).toEqual(['title']);
    expect(query(small, '鲁迅', 'author').ids).toEqual(['author']);
    expect(query(small, '鲁迅', 'subject').ids).toEqual(['subject']);
    expect(query(small, 'luxun', 'author').ids).toEqual(['author']);
    expect(query(small, 'luxun', 'title').ids).toEqual(['title']);
    expect(query(small, '鲁迅').ids[0]).toBe('title');
  });

  it('puts the title before its beginning, a phrase in it, the author, the subject', () => {
    const small = new CatalogIndex([
      record('subject', { title: '甲', subjects: ['长城'], loans: 90 }),
      record('author', { title: '乙', authors: ['长城'], loans: 80 }),
      record('phrase', { title: '万里长城', loans: 70 }),
      record('start', { title: '长城内外', loans: 60 }),
      record('exact', { title: '长城', loans: 1 }),
      record('exact and borrowed', { title: '长城', loans: 2 }),
    ]);
    expect(query(small, '长城').ids).toEqual([
      'exact and borrowed',
      'exact',
      'start',
      'phrase',
      'author',
      'subject',
    ]);
  });

  it('forgets accents and plurals, and knows stop words', () => {
    const small = new CatalogIndex([
      record('jane', { title: 'Jane Eyre', authors: ['Charlotte Brontë'] }),
      record('algorithms', { title: 'Introduction to Algorithms', authors: ['Thomas Cormen'] }),
      record('who', { title: 'The Who' }),
    ]);
    expect(query(small, 'bronte jane').ids).toEqual(['jane']);
    expect(query(small, 'BRONTË').ids).toEqual(['jane']);
    expect(query(small, 'the algorithm of introduction').ids).toEqual(['algorithms']);
    expect(query(small, 'algor').ids).toEqual(['algorithms']);
    expect(query(small, 'algoritms').ids).toEqual(['algorithms']);
    expect(query(small, 'the').ids).toEqual(['who']);
  });

  it('suggests titles and authors in Chinese, pinyin and Latin, the exact name first', () => {
    expect(index.suggest('红楼')).toContain('红楼梦');
    expect(index.suggest('紅樓')).toContain('红楼梦');
    expect(index.suggest('honglou')).toContain('红楼梦');
    expect(index.suggest('hlm')[0]).toBe('红楼梦');
    expect(index.suggest('Harr')).toContain('Harry Potter');
    expect(index.suggest('liuc')).toContain('刘慈欣');
    expect(index.suggest('刘慈欣')[0]).toBe('刘慈欣');
    for (const text of ['', ' ', '《', '的的的的的']) expect(index.suggest(text)).toEqual([]);
    for (const text of ['a', '中', 's', '三']) expect(index.suggest(text).length).toBeLessThanOrEqual(10);
  });

  it('names other editions, the author’s other titles and the neighbours on the shelf', () => {
    const book = (id: string, title: string, author: string, callNumber: string) =>
      record(id, { title, authors: [author], callNumbers: [callNumber] });
    const small = new CatalogIndex([
      book('a', '三体', '刘慈欣', 'I247.5/1'),
      book('b', '三體', '劉慈欣', 'I247.5/2'),
      book('c', '球状闪电', '刘慈欣', 'I247.5/3'),
      book('d', '三体', '别人', 'I247.5/0'),
      book('e', '数学', '丁', 'O1/1'),
      book('f', '家', '丙', 'I247.4/9'),
    ]);
    expect(small.related('a')).toEqual({
      editions: ['b'],
      sameAuthor: ['c'],
      nearby: ['f', 'd', 'c', 'e'],
    });
    expect(small.related('x')).toBeUndefined();
  });
});

describe('an ISBN', () => {
  it.each([
    '9787111407010',
    '978-7-111-40701-0',
    '978 7 111 40701 0',
    'ISBN 978-7-111-40701-0',
    'isbn:9787111407010',
    '９７８７１１１４０７０１０',
    '7111407016',
    '7-111-40701-6',
    '978‐7‐111‐40701‐0',
  ])('%s is 9787111407010', (text) => {
    expect(toIsbn13(text)).toBe('9787111407010');
  });

  it('with X as check digit', () => {
    expect(toIsbn13('0-8044-2957-X')).toBe('9780804429573');
    expect(toIsbn13('080442957x')).toBe('9780804429573');
  });

  it.each(['9787111407011', '7111407017', '6901234567892', '978711140701', '', 'X', '2009100001234'])(
    '%j is none',
    (text) => {
      expect(toIsbn13(text)).toBeUndefined();
    },
  );
});
