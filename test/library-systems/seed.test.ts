import { beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parse as parseIsbn } from 'isbn3';
import { Barcodes, makeCopies } from '../../local/seed/make-copies';
import { cleanFact } from '../../local/seed/clean-facts';
import type { Fact } from '../../local/seed/clean-facts';
import { randomFrom } from '../../library-systems/demo/random';
import { CATALOG_FILE } from './support/demo';
import { catalogLines } from './support/index-records';

describe('the demo catalogue', () => {
  const books = catalogLines();
  const copies = books.flatMap(({ items }) => items);

  it('has the size that a demonstration needs', () => {
    expect(books.length).toBeGreaterThanOrEqual(2_000);
    expect(books.filter(({ language }) => language === 'zh').length).toBeGreaterThanOrEqual(1_400);
    expect(books.filter(({ language }) => language === 'en').length).toBeGreaterThanOrEqual(500);
    expect(statSync(CATALOG_FILE).size).toBeLessThan(2_000_000);
  });

  it('has real ISBNs, each once', () => {
    for (const { isbn13 } of books) expect(parseIsbn(isbn13)?.isbn13).toBe(isbn13);
    expect(new Set(books.map(({ isbn13 }) => isbn13)).size).toBe(books.length);
    expect(new Set(books.map(({ bibId }) => bibId)).size).toBe(books.length);
  });

  it('has call numbers of the Chinese form, each once', () => {
    for (const { callNumber } of books) expect(callNumber).toMatch(/^[A-Z]{1,2}[\w.()+#=:'-]*\/\S+$/);
    expect(new Set(books.map(({ callNumber }) => callNumber)).size).toBe(books.length);
  });

  it('has one to six copies of each title, in three branches and many rooms', () => {
    for (const { items } of books) {
      expect(items.length).toBeGreaterThanOrEqual(1);
      expect(items.length).toBeLessThanOrEqual(6);
    }
    expect(new Set(copies.map(([, branch]) => branch))).toEqual(new Set(['MAIN', 'EAST', 'MED']));
    expect(new Set(copies.map(([, , room]) => room)).size).toBeGreaterThanOrEqual(9);
  });

  it('has barcodes of several styles, each once, none to be taken for an ISBN', () => {
    const barcodes = copies.map(([barcode]) => barcode);
    expect(new Set(barcodes).size).toBe(barcodes.length);
    for (const barcode of barcodes) {
      expect(barcode).toMatch(/^(\d{9}|\d{13}|\d{14}|Z\d{8})$/);
      expect(barcode).not.toMatch(/^97[89]/);
      expect(parseIsbn(barcode)?.isValid ?? false).toBe(false);
    }
    for (const length of [9, 13, 14]) {
      expect(barcodes.filter((barcode) => barcode.length === length).length).toBeGreaterThan(100);
    }
  });

  it('has titles and authors without noise', () => {
    for (const { title, author, publisher } of books) {
      expect(title).toBe(title.trim());
      expect(title).not.toBe('');
      expect(author).not.toMatch(/^[[(（〔]|[著译编]$|出版社|[<>]/);
      expect(publisher ?? '').not.toMatch(/未知|[<>]/);
    }
  });

  it('has what students try first, in simplified and traditional characters and in English', () => {
    const titles = new Set(books.map(({ title }) => title));
    for (const title of [
      '三体',
      '三體',
      '红楼梦',
      '史记',
      '算法导论',
      '围城',
      '活着',
      '1984',
      'Harry Potter',
    ]) {
      expect(titles).toContain(title);
    }
  });

  it('names its sources and says what is invented', () => {
    const sources = readFileSync(path.join(path.dirname(CATALOG_FILE), 'SOURCES.md'), 'utf8');
    for (const word of ['goodbooks-10k', 'CC BY-SA 4.0', 'Invented', 'demo number'])
      expect(sources).toContain(word);
  });
});

describe('cleaning facts', () => {
  const clean = (given: Partial<Fact>) =>
    cleanFact(
      { ...{ title: '书', author: '人名', isbn13: '9787111407010', language: 'zh', src: 'x' }, ...given },
      new Set(['村上春树']),
    );

  it.each([
    ['[日] 村上春树', ['村上春树']],
    ['（美）斯蒂芬・金 著 / 某某 译', ['斯蒂芬・金', '某某']],
    ['布鲁克斯(Brooks, F. P.)', ['布鲁克斯']],
    ['司马迁 / 裴骃 集解 / 司马贞 索隐', ['司马迁', '裴骃', '司马贞']],
    ['李代平 主编', ['李代平']],
  ])('parts the author %s from country and role', (author, authors) => {
    expect(clean({ author })?.authors).toEqual(authors);
  });

  it('parts edition and subtitle from the title', () => {
    expect(clean({ title: '深入理解计算机系统 (原书第3版)' })).toMatchObject({
      title: '深入理解计算机系统',
      edition: '原书第3版',
    });
    expect(clean({ title: '机器学习：软件工程方法' })).toMatchObject({
      title: '机器学习',
      subtitle: '软件工程方法',
    });
    expect(clean({ title: 'Emma (Classics, #4)', language: 'en' })).toMatchObject({ title: 'Emma' });
  });

  it('drops what is no fact of a book', () => {
    expect(clean({ author: '未知作者' })).toBeUndefined();
    expect(clean({ author: '<BR>' })).toBeUndefined();
    expect(clean({ isbn13: '9787894976253' })).toBeUndefined();
    expect(clean({ publisher: '张杰良' })).not.toHaveProperty('publisher');
    expect(clean({ year: 1811 })).not.toHaveProperty('year');
    expect(clean({ subjects: ['经典', '村上春树', '小说'] })?.subjects).toEqual(['小说']);
  });
});

describe('making copies', () => {
  let made: ReturnType<typeof makeCopies>;
  const book = { callNumber: 'I247.5/1', year: 2026, language: 'zh', loans: 70 };
  beforeAll(() => {
    made = makeCopies(book, new Barcodes(), randomFrom('same'));
  });

  it('gives the same for the same seed', () => {
    expect(makeCopies(book, new Barcodes(), randomFrom('same'))).toEqual(made);
    expect(makeCopies(book, new Barcodes(), randomFrom('other'))).not.toEqual(made);
  });

  it('acquires nothing before it was printed nor after the seed', () => {
    for (const [, , , acquired] of made) {
      expect(acquired >= '2026-03-01' && acquired <= '2026-11-13').toBe(true);
    }
  });
});
