import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { eaccTable } from '../../../library-systems/marc/eacc-table';
import { itUnless } from '../../support/unless';
import { decodeMarc8 } from '../../../library-systems/marc/marc8';
import { startProcessorClock } from '../../support/processor-time';

const decode = (text: string) => decodeMarc8(Buffer.from(text, 'latin1'));

describe('MARC-8', () => {
  it('puts the marks of ANSEL behind their letters', () => {
    expect(decode('F\xe2elice, \xa5\xb1 \xe3\xe0o')).toEqual({
      text: 'Félice, Æł ổ'.normalize('NFC'),
      unreadable: 0,
    });
    // A ligature is written in two halves and is one mark in Unicode.
    expect(decode('\xebi\xeca').text).toBe('i\u0361a');
  });

  it('reads East Asian characters, and Latin after the way back', () => {
    expect(decode('\x1b$1!0!!0"\x1b(B (1982)')).toEqual({ text: '一丁 (1982)', unreadable: 0 });
    expect(decode('\x1b$)1\xa1\xb0\xa1').text).toBe('一');
  });

  it('reads Cyrillic, Greek, Hebrew, Arabic, sub- and superscripts', () => {
    expect(decode('\x1b(NrUSSKIJ\x1b(B').text).toBe('Русский');
    expect(decode('\x1b(Sabn\x1bs H\x1bb2\x1bsO x\x1bp2\x1bs').text).toBe('αβλ H₂O x²');
    expect(decode('\x1b(2`ab\x1b(B \x1b(3GA\x1b(B').text).toBe('אבג اء');
  });

  it('reads nothing of a run that has lost a byte, whose every character would be another', () => {
    expect(decode('\x1b$1!0!!0\x1b(B.')).toEqual({ text: '\ufffd.', unreadable: 1 });
    expect(decode('\x1b$1~~~\x1b(B')).toEqual({ text: '\ufffd', unreadable: 1 });
  });

  it('begins each subfield in ASCII, and counts what it does not know', () => {
    expect(decode('\x1b$1!0!\x1fcby')).toEqual({ text: '一\x1fcby', unreadable: 0 });
    expect(decode('\x1b%G\xff\x80')).toMatchObject({ unreadable: 3 });
  });

  it('holds the whole table of East Asian characters', () => {
    expect(eaccTable().size).toBe(15_677);
    expect(new Set([...eaccTable().values()].map((character) => [...character].length))).toEqual(
      new Set([1]),
    );
  });

  it('reads any bytes, in a time that grows with their number only', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const { text, unreadable } = decodeMarc8(bytes);
        expect(text.split('\ufffd')).toHaveLength(unreadable + 1);
      }),
    );
    const spent = startProcessorClock();
    decodeMarc8(Buffer.alloc(200_000, 0xe2));
    expect(spent()).toBeLessThan(2_000);
  });

  const missing =
    spawnSync('yaz-iconv', ['-V']).error === undefined ? undefined : 'no yaz-iconv (Debian: yaz)';
  itUnless(missing, 'MARC-8 beside YAZ')('agrees with YAZ on East Asian characters', () => {
    const triples = [...eaccTable()].filter((_, i) => i % 16 === 0);
    const bytes = Buffer.concat(
      triples.map(([at]) =>
        Buffer.from([
          0x1b,
          0x24,
          0x31,
          33 + Math.floor(at / 8_836),
          33 + (Math.floor(at / 94) % 94),
          33 + (at % 94),
          0x1b,
          0x28,
          0x42,
        ]),
      ),
    );
    const { stdout } = spawnSync('yaz-iconv', ['-f', 'MARC8', '-t', 'UTF-8'], { input: bytes });
    expect(stdout.toString('utf8')).toBe(triples.map(([, character]) => character).join(''));
    expect(decodeMarc8(bytes).text).toBe(stdout.toString('utf8').normalize('NFC'));
  });
});
