import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { Marc } from 'marcjs';
import { describeBib, readMarcFile, readMarcXml } from '../../../library-systems/marc';
import type { MarcFileEntry, MarcFileOptions, MarcRecord } from '../../../library-systems/marc';
import { writeIso2709 } from '../../support/write-iso2709';
import { fixture, record } from './support';

const read = (bytes: Uint8Array, options?: MarcFileOptions): MarcFileEntry[] => [
  ...readMarcFile(bytes, options),
];
const recordOf = (entry: MarcFileEntry | undefined): MarcRecord => {
  if (!entry || !('record' in entry)) throw new Error(entry ? entry.error.message : 'no record');
  return entry.record;
};
const errorOf = (entry: MarcFileEntry | undefined): string | undefined =>
  entry && 'error' in entry ? entry.error.message : undefined;

const RED_CHAMBER = record(['200 1# $a红楼梦$f曹雪芹著', '210 ## $c人民文学出版社$d1982']);

describe('a file of ISO 2709', () => {
  it('is read as marcjs reads it, where that can', () => {
    const bytes = fixture('traject_test_data_utf8.mrc');
    const entries = read(bytes);
    expect(entries).toHaveLength(30);
    let from = 0;
    for (const entry of entries) {
      const end = bytes.indexOf(0x1d, from) + 1;
      const { leader, fields } = Marc.parse(bytes.subarray(from, end), 'iso2709');
      const { control, data, problems, leader: ours } = recordOf(entry);
      expect(entry.byte).toBe(from);
      expect(ours).toBe(leader);
      expect(problems).toEqual([]);
      expect([
        ...control.map(({ tag, value }) => [tag, value]),
        ...data.map(({ tag, ind1, ind2, subfields }) => [
          tag,
          ind1 + ind2,
          ...subfields.flatMap(({ code, value }) => [code, value]),
        ]),
      ]).toEqual(fields);
      from = end;
    }
  });

  it('gives back what was written into it, in UTF-8 and in GB18030', () => {
    const records = readMarcXml(fixture('dp2_sample_cnmarcxml.xml'));
    for (const charset of ['utf-8', 'gb18030'] as const) {
      const file = Buffer.concat(
        records.map((each) => writeIso2709(each, (text) => iconv.encode(text, charset))),
      );
      const entries = read(file, { otherwise: 'gb18030' });
      expect(entries.map((entry) => recordOf(entry).data)).toEqual(records.map(({ data }) => data));
    }
  });

  it('is in GBK, Big5 or Latin-1 where the library says so and the bytes are not UTF-8', () => {
    const titleIn = (charset: 'gb18030' | 'big5' | 'latin1', title: string): string =>
      describeBib(
        recordOf(
          read(
            writeIso2709(record([`200 1# $a${title}`]), (text) => iconv.encode(text, charset)),
            { otherwise: charset },
          )[0],
        ),
        { format: 'unimarc' },
      ).title;
    // The second byte of 東 and 質 in GBK is the vertical bar of other protocols.
    expect(titleIn('gb18030', '東方質量')).toBe('東方質量');
    expect(titleIn('big5', '紅樓夢')).toBe('紅樓夢');
    expect(titleIn('latin1', 'Félicité')).toBe('Félicité');
  });

  it('never shows text of another character set silently', () => {
    const gbk = writeIso2709(RED_CHAMBER, (text) => iconv.encode(text, 'gb18030'));
    const wrong = recordOf(read(gbk, { charset: 'utf-8' })[0]);
    expect(wrong.problems.some((problem) => /^200: \d+ places are not of utf-8$/.test(problem))).toBe(true);
    expect(wrong.data[0]!.subfields[0]!.value).toContain('\ufffd');
  });

  it('is read on behind a record that cannot be, which is named by number and byte', () => {
    const good = writeIso2709(RED_CHAMBER);
    const bad = Buffer.from('00050nam  2200037   45000010005000000020\x1ebroken\x1e\x1d', 'latin1');
    const entries = read(Buffer.concat([good, Buffer.from('\r\n'), bad, good]));
    expect(entries.map((entry) => 'record' in entry)).toEqual([true, false, true]);
    expect(errorOf(entries[1])).toBe(
      `record 2 at byte ${good.length + 2}: a directory that is no row of entries of 12 bytes`,
    );
    expect(recordOf(entries[2])).toEqual(recordOf(entries[0]));
  });

  it('may have wrong lengths and places in leader and directory, which are mended and named', () => {
    const whole = recordOf(read(writeIso2709(RED_CHAMBER))[0]);
    const inCharacters = writeIso2709(RED_CHAMBER).toString('utf8');
    const wrongLeader = Buffer.from(
      inCharacters.replace(/^\d{5}/, '     ').replace(/(.{12})\d{5}/, '$1     '),
      'utf8',
    );
    expect(recordOf(read(wrongLeader)[0])).toEqual({
      ...whole,
      leader: expect.any(String),
      problems: ['leader: wrong base address', 'leader: wrong length of the record'],
    });
    // Lengths that were counted in characters: each entry of the directory is off by what its text is longer in bytes.
    const counted = writeIso2709(RED_CHAMBER, (text) =>
      Buffer.from(text.replace(/[^\x00-\x7f]/g, '?'), 'latin1'),
    );
    const base = counted.indexOf(0x1e) + 1;
    const shifted = Buffer.concat([counted.subarray(0, base), writeIso2709(RED_CHAMBER).subarray(base)]);
    const mended = recordOf(read(shifted)[0]);
    expect(mended.data).toEqual(whole.data);
    expect(mended.problems).toContain('directory: wrong places of fields, which were taken in their order');
  });

  it('says where it was cut', () => {
    const good = writeIso2709(RED_CHAMBER);
    const entries = read(Buffer.concat([good, good.subarray(0, good.length - 1)]));
    expect(recordOf(entries[1]).problems).toEqual(['the file ends within the record']);
    expect(errorOf(read(good.subarray(0, 30))[0])).toBe('record 1 at byte 0: no directory');
    expect(errorOf(read(good.subarray(0, 10))[0])).toBe('record 1 at byte 0: shorter than a leader');
    expect(read(Buffer.alloc(0))).toEqual([]);
    expect(errorOf(read(Buffer.alloc(120_000, 'x'))[0])).toMatch(/longer than 99999 bytes/);
  });

  it('of random or damaged bytes is read to its end without a throw, 20,000 times', () => {
    const good = writeIso2709(RED_CHAMBER);
    const damaged = fc
      .array(fc.tuple(fc.nat(good.length - 1), fc.constantFrom(0x1d, 0x1e, 0x1f, 0x1b, 0x20, 0x39, 0xff)), {
        maxLength: 4,
      })
      .map((changes) => {
        const bytes = Buffer.from(good);
        for (const [at, byte] of changes) bytes[at] = byte;
        return Buffer.concat([bytes, good]);
      });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 60 }), damaged), (bytes) => {
        let end = -1;
        for (const entry of readMarcFile(bytes)) {
          expect(entry.byte).toBeGreaterThan(end);
          end = entry.byte;
          if ('record' in entry) describeBib(entry.record, { format: 'unimarc' });
        }
      }),
      { numRuns: 20_000 },
    );
  });
});
