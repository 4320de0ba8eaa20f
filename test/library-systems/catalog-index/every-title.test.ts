import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Converter } from 'opencc-js';
import { pinyin } from 'pinyin-pro';
import { CatalogIndex } from '../../../library-systems/catalog-index';
import type { IndexField, IndexRecord } from '../../../library-systems/catalog-index';
import { demoRecords } from '../support/index-records';

// Thousands of searches on a machine that does other things too.
jest.setTimeout(60_000);

/** Reads nothing of the index: what a reader would type is worked out here, from the records alone. */
const ALL_HAN = /^\p{Script=Han}+$/u;
const toTraditional = Converter({ from: 'cn', to: 't' });
const toSimplified = Converter({ from: 't', to: 'cn' });
const read = (title: string): string[] =>
  pinyin(toSimplified(title), { toneType: 'none', type: 'array', v: true });

describe('every title of the demo catalogue', () => {
  let records: IndexRecord[];
  let index: CatalogIndex;
  beforeAll(() => {
    records = demoRecords();
    index = new CatalogIndex(records);
  });

  const found = (id: string, text: string, within = 50, field: IndexField = 'any'): boolean => {
    for (let page = 1; (page - 1) * 50 < within; page++) {
      const { ids, total } = index.search({
        field,
        text,
        sort: 'relevance',
        page,
        pageSize: 50,
        filters: {},
      });
      const at = ids.indexOf(id);
      if (at >= 0) return (page - 1) * 50 + at < within;
      if (page * 50 >= total) return false;
    }
    return false;
  };
  /** The titles that are not found; none is expected. */
  const missed = (
    chosen: readonly IndexRecord[],
    toText: (record: IndexRecord) => string,
    within?: number,
  ): string[] =>
    chosen.flatMap((record) => {
      const text = toText(record);
      return found(record.id, text, within) ? [] : [`${record.title} by ${text}`];
    });
  const every = (n: number, chosen: readonly IndexRecord[]) => chosen.filter((_, i) => i % n === 0);
  const inHan = (least: number): IndexRecord[] =>
    records.filter(({ title }) => ALL_HAN.test(title) && [...title].length >= least);

  it('is found by itself, among the first when the field is the title', () => {
    expect(records.filter(({ id, title }) => !found(id, title, 50, 'title'))).toEqual([]);
    expect(missed(records, ({ title }) => title)).toEqual([]);
  });

  it('is found in full width, in capitals, with blanks around and with subtitle', () => {
    const wide = (text: string) =>
      text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
    expect(missed(every(3, records), ({ title }) => wide(title))).toEqual([]);
    expect(missed(every(3, records), ({ title }) => ` ${title.toUpperCase()} `)).toEqual([]);
    expect(
      missed(every(3, records), ({ title, subtitle }) => `${title} ${subtitle ?? ''}`.slice(0, 200)),
    ).toEqual([]);
  });

  it('is found in traditional and in simplified characters', () => {
    expect(missed(inHan(1), ({ title }) => toTraditional(title))).toEqual([]);
    expect(missed(inHan(1), ({ title }) => toSimplified(title))).toEqual([]);
  });

  it('is found by its pinyin, joined and in syllables', () => {
    expect(missed(every(2, inHan(2)), ({ title }) => read(title).join(''))).toEqual([]);
    expect(missed(every(2, inHan(2)), ({ title }) => read(title).join(' '))).toEqual([]);
  });

  it('is found by the initials of its pinyin', () => {
    const initials = ({ title }: IndexRecord) =>
      read(title)
        .map((syllable) => syllable.charAt(0))
        .join('');
    const short = every(2, inHan(2)).filter(({ title }) => [...title].length <= 12);
    expect(missed(short, initials, 1_000)).toEqual([]);
  });

  it('is found by author and title together, in either order, with and without a blank', () => {
    for (const join of [' ', '']) {
      expect(missed(every(6, inHan(2)), ({ title, authors }) => `${authors[0]!}${join}${title}`)).toEqual([]);
      expect(missed(every(6, inHan(2)), ({ title, authors }) => `${title}${join}${authors[0]!}`)).toEqual([]);
    }
  });

  it('is found by its ISBN however written, alone', () => {
    for (const { id, isbns } of records) {
      const isbn = isbns[0]!;
      const texts = [
        isbn,
        `${isbn.slice(0, 3)}-${isbn.slice(3, 4)}-${isbn.slice(4)}`,
        `ISBN ${isbn.slice(0, 3)} ${isbn.slice(3)}`,
      ];
      if (isbn.startsWith('978')) texts.push(toIsbn10(isbn));
      for (const text of texts) {
        for (const field of ['any', 'isbn'] as const) {
          const { ids } = index.search({ field, text, sort: 'relevance', page: 1, pageSize: 5, filters: {} });
          expect(ids[0]).toBe(id);
        }
      }
    }
  });

  describe.each<[string, (chars: string[], at: number) => string[]]>([
    ['wrong', (chars, at) => chars.with(at, '黼')],
    ['missing', (chars, at) => chars.toSpliced(at, 1)],
    ['added', (chars, at) => chars.toSpliced(at, 0, '黼')],
    ['swapped', (chars, at) => chars.with(at, chars[at - 1]!).with(at - 1, chars[at]!)],
  ])('with one character %s', (kind, damage) => {
    it('is still found, if it has three characters or more', () => {
      const sample = every(3, inHan(3)).filter(({ title }) => [...title].length <= 20);
      expect(sample.length).toBeGreaterThan(300);
      const damageAt = (title: string, at: number) => damage([...title], at).join('');
      // What is left may stand in other titles as it is (中国人 for 中国好人); then those are meant.
      const all = records.map(({ title }) => title).join('|');
      const inside = ({ title }: IndexRecord) =>
        damageAt(title, 1 + ([...title].length % ([...title].length - 1)));
      expect(
        missed(
          sample.filter((record) => !all.includes(inside(record))),
          inside,
          30,
        ),
      ).toEqual([]);
      if (kind === 'swapped') return;
      const first = ({ title }: IndexRecord) => damageAt(title, 0);
      expect(
        missed(
          sample.filter((record) => !all.includes(first(record))),
          first,
          30,
        ),
      ).toEqual([]);
    });

    it('is still found in English', () => {
      const sample = every(2, records).filter(({ title }) =>
        /^[A-Za-z]{5,12}( [A-Za-z]{4,12}){1,3}$/.test(title),
      );
      expect(sample.length).toBeGreaterThan(30);
      expect(
        missed(
          sample,
          ({ title }) =>
            damage([...title], 2)
              .join('')
              .replace('黼', 'q'),
          30,
        ),
      ).toEqual([]);
    });
  });
});

function toIsbn10(isbn13: string): string {
  const core = isbn13.slice(3, 12);
  const sum = [...core].reduce((total, digit, i) => total + Number(digit) * (10 - i), 0);
  const check = (11 - (sum % 11)) % 11;
  return core + (check === 10 ? 'X' : String(check));
}
