import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { toCsv } from '../../cloudfunctions/features/history/to-csv';
import { createLookup } from '../../cloudfunctions/runtime/lookup';
import { maskCardNumber, maskName } from '../../cloudfunctions/runtime/mask';
import { BrokenSeal, createSealer, parseKeyRing, type DataKey } from '../../cloudfunctions/runtime/sealed';

const newKey = (id: string): DataKey => ({ id, key: randomBytes(32) });
const ring = [newKey('k2'), newKey('k1')];
const sealer = createSealer(ring);
const seal = { owner: 'o-1', purpose: 'bindings.profile' };

describe('a sealed value', () => {
  it('opens for its owner and purpose to what it was, and looks different each time', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), fc.string(), (value, owner, purpose) => {
        const one = sealer.seal(value, { owner, purpose });
        expect(sealer.open(one, { owner, purpose })).toEqual(JSON.parse(JSON.stringify(value)));
        expect(sealer.seal(value, { owner, purpose })).not.toBe(one);
      }),
    );
  });

  it('opens for no other owner and no other purpose', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (owner, purpose, owner2, purpose2) => {
        fc.pre(owner !== owner2 || purpose !== purpose2);
        const sealed = sealer.seal('x', { owner, purpose });
        expect(() => sealer.open(sealed, { owner: owner2, purpose: purpose2 })).toThrow(BrokenSeal);
      }),
    );
  });

  it('does not open when any character was changed, taken away or added', () => {
    const sealed = sealer.seal({ title: '红楼梦' }, seal);
    for (let at = 0; at < sealed.length; at++) {
      const other = sealed[at] === 'A' ? 'B' : 'A';
      for (const broken of [
        sealed.slice(0, at) + other + sealed.slice(at + 1),
        sealed.slice(0, at),
        sealed.slice(0, at) + sealed.slice(at + 1),
      ]) {
        expect(() => sealer.open(broken, seal)).toThrow(BrokenSeal);
      }
    }
    for (const broken of [
      `${sealed}A`,
      `${sealed}.A`,
      '',
      'v1',
      'v1.k2',
      'v1.k2.',
      '{"a":1}',
      'v2' + sealed.slice(2),
    ]) {
      expect(() => sealer.open(broken, seal)).toThrow(BrokenSeal);
    }
  });

  it('opens while its key is in the ring, whatever key is current', () => {
    const old = createSealer([ring[1]!]).seal('old', seal);
    expect(sealer.open(old, seal)).toBe('old');
    expect(sealer.seal('new', seal)).toMatch(/^v1\.k2\./);
    expect(() => createSealer([ring[0]!]).open(old, seal)).toThrow(BrokenSeal);
    // a key under a wrong id opens nothing
    expect(() => createSealer([{ id: 'k1', key: ring[0]!.key }]).open(old, seal)).toThrow(BrokenSeal);
  });
});

describe('a key ring', () => {
  const key = randomBytes(32).toString('base64');

  it('is read with the current key first', () => {
    expect(parseKeyRing(`k2:${key}, k1:${key}`)?.map(({ id }) => id)).toEqual(['k2', 'k1']);
  });

  it.each([
    '',
    'k1',
    key,
    `k1:${key.slice(4)}`,
    `k1:${key},`,
    `k1:${key},k1:${key}`,
    `k 1:${key}`,
    `k1:${key}x`,
    `.:${key}`,
  ])('is not read from %j', (text) => expect(parseKeyRing(text)).toBeUndefined());
});

it('a lookup is equal for equal texts of one kind under one key, and for no others', () => {
  const lookup = createLookup(randomBytes(32));
  expect(lookup('card', '2023')).toBe(lookup('card', '2023'));
  const others = [
    lookup('card', '2024'),
    lookup('identity', '2023'),
    createLookup(randomBytes(32))('card', '2023'),
    lookup('car', 'd2023'),
  ];
  expect(new Set([...others, lookup('card', '2023')]).size).toBe(5);
  expect(lookup('card', '2023')).not.toContain('2023');
});

describe('masks', () => {
  it.each([
    ['20230017', '****0017'],
    ['2024110020', '******0020'],
    ['D00012', '****'],
    ['1234567', '****'],
    ['', '****'],
    ['9'.repeat(40), '************9999'],
  ])('show of the card number %s only %s', (number, masked) => expect(maskCardNumber(number)).toBe(masked));

  it.each([
    ['张三', '张＊'],
    ['欧阳修文', '欧＊'],
    ['𠮷田太郎', '𠮷＊'],
    ['John Smith', 'J＊'],
    ['👩‍👩‍👧某', '👩‍👩‍👧＊'],
    ['王', '＊'],
    ['', '＊'],
    ['  ', '＊'],
  ])('show of the name %s only %s', (name, masked) => expect(maskName(name)).toBe(masked));

  it('never show more than four characters of a number, and never all of a number or a name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
        const shown = maskCardNumber(text).replace(/^\*+/, '');
        expect([...shown].length).toBeLessThanOrEqual(4);
        expect(maskCardNumber(text)).not.toBe(text);
      }),
    );
  });
});

describe('CSV', () => {
  /** An independent reading of RFC 4180. */
  function parse(csv: string): string[][] {
    const rows: string[][] = [];
    let row: string[] = [];
    let rest = csv;
    while (rest !== '') {
      const cell = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/.exec(rest);
      if (!cell) throw new Error(`not RFC 4180: ${JSON.stringify(rest.slice(0, 40))}`);
      row.push(cell[1] === undefined ? cell[2]! : cell[1].replaceAll('""', '"'));
      if (cell[3] === '\r\n') {
        rows.push(row);
        row = [];
      }
      rest = rest.slice(cell[0].length);
    }
    return rows;
  }
  const cells = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('"', ',', '\r\n', '=1+1', '+86', '-1', '@a', '\t=1', ' =1', '＝1', '', 'a "b"'),
  );

  it('is read back as it was, but for cells that would run, which are read as text', () => {
    fc.assert(
      fc.property(fc.array(fc.array(cells, { minLength: 2, maxLength: 4 }), { minLength: 1 }), (rows) => {
        const csv = toCsv(rows);
        expect(csv.startsWith('\ufeff')).toBe(true);
        const read = parse(csv.slice(1));
        expect(read.map((row) => row.map((cell) => cell.replace(/^'/, '')))).toEqual(
          rows.map((row) => row.map((cell) => cell.replace(/^'/, ''))),
        );
        for (const cell of read.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
      }),
    );
  });
});
