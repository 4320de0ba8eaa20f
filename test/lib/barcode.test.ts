import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { classifyScan } from '../../miniprogram/lib/barcode';

describe('classifyScan', () => {
  it.each([
    ['9787020002207', '9787020002207'],
    ['978-7-02-000220-7', '9787020002207'],
    ['https://lib.example.edu.cn/book?isbn=9787020002207&from=qr', '9787020002207'],
    ['7-02-000220-X', '9787020002207'],
  ])('%j is a title', (text, isbn13) => {
    expect(classifyScan(text)).toEqual({ kind: 'isbn', isbn13, barcodes: [] });
  });

  it('ten bare digits may be a copy as well as a title', () => {
    expect(classifyScan('0306406152')).toEqual({
      kind: 'isbn',
      isbn13: '9780306406157',
      barcodes: ['0306406152'],
    });
  });

  it.each([
    ['301234567', ['301234567']],
    ['A00123456789B', ['00123456789', 'A00123456789B']],
    ['a0012-3456d', ['0012-3456', 'A0012-3456D', 'a0012-3456d']],
    ['*GT0012345*', ['GT0012345']],
    ['TB 000 123', ['TB000123', 'TB 000 123']],
    ['TJ-2026/0001', ['TJ-2026/0001']],
    ['３０１２３４５６７', ['301234567']],
    ['http://lib.example.cn/q?barcode=TB000123', ['TB000123']],
  ])('%j may be a copy: %j', (text, barcodes) => {
    expect(classifyScan(text)).toEqual({ kind: 'item', barcodes, otherwise: 'no-such-item' });
  });

  it('looks up 13-digit accession numbers, whatever they resemble', () => {
    expect(classifyScan('2014000012345')).toMatchObject({ kind: 'item', barcodes: ['2014000012345'] });
    expect(classifyScan('9787020002208')).toEqual({
      kind: 'item',
      barcodes: ['9787020002208'],
      otherwise: 'bad-check-digit',
    });
  });

  it.each(['6901028075763', '036000291452', '96385074'])('%s is a grocery unless a copy bears it', (text) => {
    expect(classifyScan(text)).toEqual({ kind: 'item', barcodes: [text], otherwise: 'not-a-book-barcode' });
  });

  it.each([
    ['', 'empty'],
    [' \u0000\u3000\n', 'empty'],
    ['https://example.com/', 'web-address'],
    ['https://example.com/book/9787020002207', 'web-address'],
    ['https://example.com/?barcode=', 'web-address'],
    ['https://example.com/?barcode=%E0%A4%A', 'web-address'],
    ['weixin://dl/business/?t=abc', 'web-address'],
    ['www.example.edu/x', 'web-address'],
    ['lib.example.edu.cn/x?id=1234567', 'web-address'],
    ['978-7-02-000220-8', 'bad-check-digit'],
    ['ISBN 7020002201', 'bad-check-digit'],
    ['红楼梦', 'not-a-barcode'],
    ['HELLO', 'not-a-barcode'],
    ['{"a":123456}', 'not-a-barcode'],
    ['1'.repeat(41), 'not-a-barcode'],
  ])('%j is nothing of ours: %s', (text, reason) => {
    expect(classifyScan(text)).toEqual({ kind: 'unknown', reason });
  });

  it('answers any text, and every candidate is a bounded, printable barcode', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string()), (text) => {
        const result = classifyScan(text);
        if (result.kind !== 'item') return;
        expect(result.barcodes.length).toBeGreaterThan(0);
        for (const code of result.barcodes) expect(code).toMatch(/^[0-9A-Za-z\-.$/+% _:]{4,40}$/);
      }),
    );
  });

  it('stays quick on a megabyte', () => {
    expect(classifyScan('9'.repeat(1_000_000)).kind).toBe('unknown');
    expect(classifyScan(`${'a.'.repeat(500_000)}com`).kind).toBe('unknown');
  });
});
