import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'isbn3';
import { hasEanCheckDigit, parseIsbn } from '../../miniprogram/lib/isbn';

describe('parseIsbn', () => {
  it.each([
    ['9787020002207', '9787020002207'],
    ['978-7-02-000220-7', '9787020002207'],
    ['978 7 02 000220 7', '9787020002207'],
    ['ISBN 978-7-02-000220-7', '9787020002207'],
    ['isbn-13: 9787020002207', '9787020002207'],
    ['ISBN:7-02-000220-X', '9787020002207'],
    ['urn:isbn:9787020002207', '9787020002207'],
    ['9787020002207', '9787020002207'],
    ['978-7-02-000220-7', '9787020002207'],
    ['978–7—02‐000220−7', '9787020002207'],
    ['702000220X', '9787020002207'],
    ['702000220x', '9787020002207'],
    ['７０２０００２２０Ｘ', '9787020002207'],
    [' 0-306-40615-2\n', '9780306406157'],
    ['979-10-90636-07-1', '9791090636071'],
  ])('reads %j', (text, isbn13) => {
    expect(parseIsbn(text)).toEqual({ isbn13 });
  });

  it.each([
    '',
    '9787020002208',
    '7020002200',
    '977167124700X',
    '6901234567892',
    'X020002207',
    '97870200022',
    '978702000220７８',
    '红楼梦',
    '9'.repeat(10_000),
  ])('refuses %j', (text) => {
    expect(parseIsbn(text)).toBeUndefined();
  });

  const digits = (n: number) => fc.array(fc.integer({ min: 0, max: 9 }), { minLength: n, maxLength: n });

  it('agrees with isbn3 on every number that isbn3 can place', () => {
    fc.assert(
      fc.property(digits(9), fc.constantFrom('0', '1', '2', '5', '8', 'X'), (body, last) => {
        const text = body.join('') + last;
        const reference = parse(text);
        if (reference?.isbn13) expect(parseIsbn(text)).toEqual({ isbn13: reference.isbn13 });
      }),
    );
  });

  it('finds exactly one check digit for each 978 number, and hyphens anywhere change nothing', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('978', '979'),
        digits(9),
        fc.integer({ min: 0, max: 12 }),
        (prefix, body, at) => {
          const all = [...'0123456789'].map((last) => prefix + body.join('') + last);
          const valid = all.filter((text) => parseIsbn(text));
          expect(valid).toHaveLength(1);
          const isbn = valid[0] ?? '';
          expect(parseIsbn(`${isbn.slice(0, at)}-${isbn.slice(at)}`)).toEqual({ isbn13: isbn });
        },
      ),
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseIsbn(text)));
  });
});

describe('hasEanCheckDigit', () => {
  it.each(['96385074', '036000291452', '6901028075763', '9787020002207'])('accepts %s', (code) => {
    expect(hasEanCheckDigit(code)).toBe(true);
  });
  it.each(['96385075', '036000291453', '6901028075764'])('refuses %s', (code) => {
    expect(hasEanCheckDigit(code)).toBe(false);
  });
});
