import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import type { ItemStatus } from '../../../contracts/catalog';
import { LibraryFault } from '../../../library-systems/library-fault';
import { clcOf, isbn13In, publisherIn, splitTitle } from '../../../library-systems/web-session/bib-fields';
import { captchaPicture } from '../../../library-systems/web-session/captcha-picture';
import { countCopies } from '../../../library-systems/count-copies';
import { decodePage } from '../../../library-systems/web-session/decode-page';
import { itemStatus } from '../../../library-systems/web-session/item-status';
import { parsePage, textOf, textOfHtml } from '../../../library-systems/web-session/parse-page';
import { dateIn, dueAtIn, lastDateIn, yearIn } from '../../../library-systems/web-session/read-date';
import { readTable, wordsIn } from '../../../library-systems/web-session/read-table';
import { PNG } from '../../support/html';
import { startProcessorClock } from '../../support/processor-time';

const COLUMNS = { barcode: /^条码号?/u, title: /^题名/u, dueAt: /^应还日期/u };
type Name = keyof typeof COLUMNS;
const HEADINGS: Record<Name, string> = { barcode: '条码号', title: '题名/责任者', dueAt: '应还日期' };

const read = (html: string) =>
  readTable<Name>(parsePage(html), COLUMNS, ['barcode', 'title', 'dueAt'])?.map((line) => [
    wordsIn(line.barcode),
    wordsIn(line.title),
    wordsIn(line.dueAt),
  ]);
const faultOf = (act: () => unknown): LibraryFault => {
  try {
    act();
  } catch (error) {
    if (error instanceof LibraryFault) return error;
    throw error;
  }
  throw new Error('it did not fail');
};
/** Bits of pages, put together in every wrong way. */
const scraps = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '<table>',
        '</table>',
        '<tr>',
        '<td>',
        '<TD class=x',
        '</td',
        '<th>',
        '<script>',
        '<!--',
        '-->',
      ),
      fc.constantFrom(
        '条码号',
        '题名',
        '应还日期',
        '<a href="',
        '"',
        '<b>',
        '</b>',
        '<p>',
        '<svg>',
        '<template>',
        '&#x5e94;',
      ),
      fc.string({ unit: 'binary', maxLength: 12 }),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));

describe('a page', () => {
  it('is read as browsers read it: cells and rows may stay open, and order does not count', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(Object.keys(HEADINGS) as Name[], { minLength: 3 }),
        fc.nat(3),
        (order, extra) => {
          const cells = { barcode: 'C01', title: '史记 / 司马迁著', dueAt: '2026-11-28' };
          const more = Array.from({ length: extra }, (_, i) => `<td>附件${i}`).join('');
          const head = order.map((name) => `<td><strong> ${HEADINGS[name]} </strong>`).join('');
          const line = order.map((name) => `<td>${cells[name]}`).join('');
          const html = `<table><tr>${more}${head}<tr>${more}${line}<tr><td colspan=8>共 1 本</table>`;
          expect(read(html)).toEqual([['C01', '史记 / 司马迁著', '2026-11-28']]);
        },
      ),
    );
  });

  it('holds no table in its scripts, comments and attributes', () => {
    const table = '<table><tr><td>条码号<td>题名<td>应还日期<tr><td>X<td>Y<td>2026-01-01</table>';
    expect(read(`<script>var t = '${table}';</script>`)).toBeUndefined();
    expect(read(`<!-- ${table} -->`)).toBeUndefined();
    expect(read(`<p title="${table}">`)).toBeUndefined();
    expect(textOf(parsePage(`<p>在<script>alert(1)</script>架`))).toBe('在架');
    expect(textOfHtml('<a href="x">C&#43;&#43; &lt;b&gt;入门&lt;/b&gt;</a>')).toBe('C++ <b>入门</b>');
  });

  it('is refused when it is nested deeper or larger than any page of a library, and soon', () => {
    const spent = startProcessorClock();
    const bombs = [
      '<div>'.repeat(200_000),
      '<b>'.repeat(100_000),
      '<table><tr><td>'.repeat(50_000),
      '<p>'.repeat(200_000),
      `${Array.from({ length: 200 }, (_, i) => `<i a=${i}>`).join('')}${'<p>x</p>'.repeat(100_000)}`,
      'x'.repeat(4_000_001),
    ];
    for (const bomb of bombs) expect(faultOf(() => parsePage(bomb))).toMatchObject({ code: 'GARBLED' });
    expect(spent()).toBeLessThan(10_000);
  });

  it('never throws anything but a fault, whatever stands in it', () => {
    fc.assert(
      fc.property(scraps, (html) => {
        try {
          for (const line of read(html) ?? []) expect(line).toHaveLength(3);
        } catch (error) {
          expect(error).toBeInstanceOf(LibraryFault);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('the character set of a page', () => {
  const text = '江苏汇文软件有限公司：東方紅，質量，接觸；当前借阅与借阅历史';

  it('is the one that is configured, double bytes with 0x7C among them', () => {
    expect(decodePage(iconv.encode(text, 'gb18030'), 'gb18030')).toBe(text);
    expect(decodePage(Buffer.from(text), 'utf-8')).toBe(text);
  });

  it('is told to be another one when it is', () => {
    const wrong: [Buffer, 'utf-8' | 'gb18030'][] = [
      [iconv.encode(text, 'gb18030'), 'utf-8'],
      [Buffer.from(text), 'gb18030'],
    ];
    for (const [bytes, charset] of wrong) {
      expect(faultOf(() => decodePage(bytes, charset))).toMatchObject({ code: 'GARBLED', reason: 'charset' });
    }
  });

  it('may be broken in a few places', () => {
    const page = Buffer.concat([Buffer.from(text.repeat(20)), Buffer.from([0xb6, 0xab])]);
    expect(decodePage(page, 'utf-8')).toContain('当前借阅');
  });
});

describe('a captcha', () => {
  it('is what its bytes say, and no larger than a captcha', () => {
    expect(captchaPicture(PNG)).toBe(`data:image/png;base64,${PNG.toString('base64')}`);
    expect(captchaPicture(Buffer.from('GIF89a…'))).toMatch(/^data:image\/gif;base64,/);
    for (const no of [Buffer.from('<svg onload="alert(1)">'), Buffer.from('<html>'), Buffer.alloc(0)]) {
      expect(faultOf(() => captchaPicture(no))).toMatchObject({ code: 'GARBLED' });
    }
    expect(faultOf(() => captchaPicture(Buffer.concat([PNG, Buffer.alloc(70_000)])))).toMatchObject({
      code: 'GARBLED',
    });
  });
});

describe('words of Chinese systems', () => {
  it.each([
    ['在架', 'available'],
    ['可借', 'available'],
    ['在馆', 'available'],
    ['借出-应还日期:2025-10-10', 'onLoan'],
    ['借出-应还日期：2026-11-28', 'onLoan'],
    ['本馆归还: 正在上架', 'processing'],
    ['编目', 'processing'],
    ['阅览', 'referenceOnly'],
    ['闭架', 'referenceOnly'],
    ['丢失', 'missing'],
    ['剔除', 'missing'],
    ['预约到书', 'onHoldShelf'],
    ['运回中', 'inTransit'],
    ['不可借', 'referenceOnly'],
    ['非可借', 'referenceOnly'],
    ['借出,可预约', 'onLoan'],
    ['可预约', 'unknown'],
    ['预约', 'onHoldShelf'],
    ['', 'unknown'],
    ['状态未明', 'unknown'],
  ])('%s is %s', (words, status) => expect(itemStatus(words)).toBe(status));

  it('are counted only where each copy’s is known', () => {
    const branch = { code: 'MAIN', name: '主馆' };
    const copy = (status: ItemStatus) => ({
      itemId: status,
      barcode: status,
      branch,
      location: branch,
      status,
    });
    expect(countCopies([copy('available'), copy('missing')])).toEqual({
      totalCopies: 2,
      availableCopies: 1,
      availableAt: ['主馆'],
    });
    expect(countCopies([copy('onLoan'), copy('unknown')])).toEqual({});
    expect(countCopies([])).toMatchObject({ totalCopies: 0, availableCopies: 0 });
  });

  it('read days as they are written, and times only where they are some', () => {
    expect(dueAtIn('借出-应还日期：2026-11-28', 'Asia/Shanghai')).toBe('2026-11-28');
    expect(dueAtIn('2026/1/5 00:00:00', 'Asia/Shanghai')).toBe('2026-01-05');
    expect(dueAtIn('2026年1月5日', 'Asia/Shanghai')).toBe('2026-01-05');
    expect(dueAtIn('2026-11-28 23:59:00', 'Asia/Shanghai')).toBe('2026-11-28T23:59:00+08:00');
    expect(dueAtIn('2026-02-30', 'Asia/Shanghai')).toBeUndefined();
    expect(lastDateIn('2022.09.19-2026.06.30')).toBe('2026-06-30');
    expect(yearIn('重庆,2016.6')).toBe(2016);
    expect(yearIn('c12345')).toBeUndefined();
  });

  it('read titles, publishers and numbers as catalogues write them', () => {
    expect(splitTitle('TCP/IP详解 / 史蒂文斯著')).toEqual({ title: 'TCP/IP详解', author: '史蒂文斯著' });
    expect(splitTitle('TCP/IP详解/范建华译')).toEqual({ title: 'TCP/IP详解', author: '范建华译' });
    expect(splitTitle('AC/DC')).toEqual({ title: 'AC/DC', author: '' });
    expect(publisherIn('北京:中国人民大学出版社,2022')).toBe('中国人民大学出版社');
    expect(publisherIn('重庆,2016.6')).toBeUndefined();
    expect(isbn13In('/271.00 (8册)')).toBeUndefined();
    expect(isbn13In('978-7-229-10062-9/271.00 (8册)')).toBe('9787229100629');
    expect(isbn13In('7-302-12260-1 :')).toBe('9787302122609');
    expect(clcOf('TP312/C1')).toBe('T');
    expect(clcOf('DF529/C1')).toBe('D');
    // Two letters but for these are of the Library of Congress.
    expect(clcOf('QA76.9/C1')).toBeUndefined();
    expect(clcOf('73.8083/I-61')).toBeUndefined();
  });

  it('never throw, whatever stands there', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        itemStatus(text);
        const due = dueAtIn(text, 'Asia/Shanghai');
        if (due !== undefined) expect(due).toMatch(/^\d{4}-\d\d-\d\d/);
        dateIn(text);
        lastDateIn(text);
        const { title, author } = splitTitle(text);
        expect(`${title}${author}`.length).toBeLessThanOrEqual(text.length);
        publisherIn(text);
        expect(isbn13In(text) ?? '9780000000000').toMatch(/^\d{13}$/);
      }),
      { numRuns: 2_000 },
    );
  });
});
