import { describe, expect, it } from '@jest/globals';
import {
  describeBib,
  languageOf,
  marcLanguageOf,
  readMarcFile,
  readMarcXml,
} from '../../../library-systems/marc';
import type { BibFacts } from '../../../library-systems/marc';
import { fixedField, fixture, record } from './support';

const marc21 = (fields: readonly string[], control?: Record<string, string>): BibFacts =>
  describeBib(record(fields, control), { format: 'marc21' });
const unimarc = (fields: readonly string[]): BibFacts => describeBib(record(fields), { format: 'unimarc' });

describe('MARC21', () => {
  it('tells of a title what the record says, without ISBD punctuation', () => {
    expect(
      marc21(
        [
          '020 ## $a9787111407010 (平装) :$cCNY128.00',
          '020 ## $z7111187776',
          '084 ## $aTP301.6$2clc',
          '090 ## $aTP301.6/$b1',
          '100 1# $aCormen, Thomas H.,$d1956-',
          '245 10 $aIntroduction to algorithms :$ba first course /$cThomas H. Cormen ... [et al.]',
          '250 ## $a3rd ed.',
          '260 ## $aBeijing :$bChina Machine Press,$c2013.',
          '650 #7 $a算法$x教材',
          '700 1# $aLeiserson, Charles Eric.',
          '700 12 $aKnuth, Donald E.$tSorting and searching.',
        ],
        { '008': fixedField('2013', 'eng') },
      ),
    ).toEqual({
      bibId: 'b1',
      title: 'Introduction to algorithms',
      subtitle: 'a first course',
      authors: ['Cormen, Thomas H.', 'Leiserson, Charles Eric'],
      author: 'Cormen, Thomas H.; Leiserson, Charles Eric',
      publisher: 'China Machine Press',
      year: 2013,
      isbn13: '9787111407010',
      isbns: ['9787111407010'],
      language: 'en',
      subjects: ['算法-教材'],
      clc: 'T',
      clcNumber: 'TP301.6',
      callNumber: 'TP301.6/1',
      edition: '3rd ed.',
    });
  });

  it('prefers the Chinese that stands in 880 to its romanisation', () => {
    const bib = marc21(
      [
        '100 1# $6880-02$aXue, Shouxian.',
        '245 00 $6880-01$aChe lun gun gun /$cChangchun dian ying zhi pian chang.',
        '260 ## $6880-03$a[Jinan] :$bQi lu yin xiang chu ban she,$c[2003]',
        '880 00 $6245-01/$1$a車輪滾滾 /$c長春電影製片廠.',
        '880 1# $6100-02/$1$a薛壽先.',
        '880 ## $6260-03/$1$a[济南] :$b齐鲁音像出版社,$c[2003]',
      ].map((text) => text.replace('/$1$a', '/1$a')),
      { '008': fixedField('2003', 'chi') },
    );
    expect(bib).toMatchObject({
      title: '車輪滾滾',
      author: '薛壽先',
      publisher: '齐鲁音像出版社',
      year: 2003,
    });
  });

  it('keeps a romanisation whose original is of no East Asian script or could not be decoded', () => {
    const withOriginal = (original: string): string =>
      marc21(['245 10 $6880-01$aFikr-i Ayāz /', `880 10 $6245-01/(3/r$a${original}`]).title;
    expect(withOriginal('فکر ایاز')).toBe('Fikr-i Ayāz');
    expect(withOriginal('車\ufffd')).toBe('Fikr-i Ayāz');
    expect(withOriginal('車輪')).toBe('車輪');
  });

  it('takes an 880 without a partner for the field that it stands for', () => {
    expect(marc21(['245 10 $aA', '880 ## $6260-00$b平凡社']).publisher).toBe('平凡社');
  });

  it('keeps the function of a field whose original has blank indicators', () => {
    expect(
      marc21(['245 10 $aA', '264 #1 $6880-01$bQi lu,$c2003', '880 ## $6264-01$b齐鲁书社,$c2003']),
    ).toMatchObject({ publisher: '齐鲁书社', year: 2003 });
  });

  it('finds an ISBN before a price, after a label and among blanks', () => {
    const isbn = (text: string): string | undefined => marc21(['245 10 $aA', `020 ## $a${text}`]).isbn13;
    expect(isbn('7-5037-1744-0 38.00')).toBe('9787503717444');
    expect(isbn('9787503717444 38')).toBe('9787503717444');
    expect(isbn('ISBN 7-5037-1744-0')).toBe('9787503717444');
    expect(isbn('978 7 5037 1744 4')).toBe('9787503717444');
    expect(isbn('7-5037-1744-1 0')).toBeUndefined();
    expect(isbn('38.00')).toBeUndefined();
  });

  it('knows no year where the record has none', () => {
    const year = (text: string, fixed = ''): number | undefined =>
      marc21(['245 10 $aA', `264 #1 $c${text}`], { '008': fixed }).year;
    expect(year('c2008.')).toBe(2008);
    expect(year('昭和 46-47 [1971-1972]')).toBe(1971);
    expect(year('[19--?]')).toBeUndefined();
    expect(year('民国二十年', fixedField('19uu', 'chi'))).toBeUndefined();
    expect(year('', fixedField('9999', 'chi'))).toBeUndefined();
    expect(year('1999', fixedField('2001', 'chi'))).toBe(2001);
  });

  it('takes the class of the Chinese Library Classification only from where it stands', () => {
    expect(marc21(['245 00 $aA', '050 ## $aQA76.6$b.C66']).clc).toBeUndefined();
    expect(marc21(['245 00 $aA', '084 ## $aK204$2bkl']).clc).toBeUndefined();
    expect(marc21(['245 00 $aA', '093 ## $aK204$25']).clcNumber).toBe('K204');
    expect(
      describeBib(record(['245 00 $aA', '905 ## $dI247$e55']), {
        format: 'marc21',
        clc: ['905$d'],
        callNumber: ['905$d/$e'],
        bibId: ['905$e'],
      }),
    ).toMatchObject({ clc: 'I', callNumber: 'I247/55', bibId: '55' });
  });

  it('invents nothing for an empty record', () => {
    expect(marc21([])).toEqual({ bibId: 'b1', title: '', authors: [], author: '', isbns: [], subjects: [] });
  });

  it('reads records of the Library of Congress', () => {
    const titles = [...readMarcFile(fixture('traject_test_data_utf8.mrc'))].map(
      (entry) => 'record' in entry && describeBib(entry.record, { format: 'marc21' }),
    );
    expect(titles).toHaveLength(30);
    expect(titles.every((bib) => bib && bib.title !== '' && bib.bibId !== '')).toBe(true);
    expect(titles[0]).toMatchObject({
      title: 'Fikr-i Ayāz',
      language: 'ur',
      year: 1998,
      publisher: 'Dāniyāl',
    });
  });
});

describe('UNIMARC and CNMARC', () => {
  it('reads CNMARC without its pinyin', () => {
    const [first, , third] = readMarcXml(fixture('dp2_sample_cnmarcxml.xml')).map((each) =>
      describeBib(each, { format: 'unimarc' }),
    );
    expect(first).toEqual({
      bibId: '990002180740203961',
      title: "'94中国发展报告",
      authors: ['叶震', '李强', '国家统计局'],
      author: '叶震，李强，国家统计局',
      publisher: '中国统计出版社',
      year: 1994,
      isbn13: '9787503717444',
      isbns: ['9787503717444'],
      language: 'zh',
      subjects: ['经济发展-概况-中国-1994'],
      clc: 'F',
      clcNumber: 'F124',
      callNumber: 'F124/26',
    });
    expect(third).toMatchObject({ title: "'96 中国发展报告", subtitle: '中国的“八五”' });
  });

  it('puts names together as their script wants it, and takes marks of sorting away', () => {
    expect(
      unimarc([
        '200 1# $a\u0098The \u009cart of war$fSunzi',
        '700 #1 $aWilson$bChris$f1969-',
        '701 #0 $a司馬$b遷',
      ]),
    ).toMatchObject({ title: 'The art of war', authors: ['Wilson, Chris', '司馬遷'] });
  });

  it('takes the publisher from 214, and neither its printer nor its distributor', () => {
    const publisher = (...fields: string[]): string | undefined =>
      unimarc(['200 1# $aA', ...fields]).publisher;
    const own = '214 #0 $aParis$cGallimard$d2021';
    expect(publisher(own, '214 #3 $a北京$c北京印刷厂', '214 #2 $c新华书店')).toBe('Gallimard');
    expect(publisher('214 #2 $c新华书店', own)).toBe('Gallimard');
    expect(publisher('214 #4 $dC2021', '214 #3 $c北京印刷厂')).toBeUndefined();
    expect(publisher('210 ## $a北京$c商务印书馆')).toBe('商务印书馆');
    expect(publisher('214 ## $c商务印书馆')).toBe('商务印书馆');
  });

  it('prefers the Chinese of repeated fields', () => {
    expect(
      unimarc(['200 1# $7ba$aHong lou meng', '200 1# $7ca$a红楼梦', '010 ## $a978-7-02-000220-7']),
    ).toMatchObject({ title: '红楼梦', isbn13: '9787020002207' });
  });
});

describe('languages', () => {
  it('are known by both codes of MARC', () => {
    expect(['chi', 'zho', 'ENG', 'jpn', 'fre', 'fra', 'scr'].map(languageOf)).toEqual([
      'zh',
      'zh',
      'en',
      'ja',
      'fr',
      'fr',
      'hr',
    ]);
    expect(['und', 'mul', 'zxx', '   ', 'gez', undefined].map(languageOf)).toEqual(
      Array<undefined>(6).fill(undefined),
    );
  });

  it('lead back to the code that MARC writes', () => {
    expect(['zh', 'en', 'fr', 'de', 'nl', 'sr'].map(marcLanguageOf)).toEqual([
      'chi',
      'eng',
      'fre',
      'ger',
      'dut',
      'srp',
    ]);
    for (const two of ['zh', 'ja', 'ko', 'ru', 'ar', 'cs', 'is'])
      expect(languageOf(marcLanguageOf(two))).toBe(two);
  });
});
