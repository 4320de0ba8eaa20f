import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { MarcError, decodeXml, readMarcXml } from '../../../library-systems/marc';
import type { MarcRecord } from '../../../library-systems/marc';
import { collectionOf, writeMarcXml } from '../../support/write-marcxml';
import { fixture } from './support';
import { startProcessorClock } from '../../support/processor-time';

const RECORD =
  '<record><leader>00000nam a2200000 a 4500</leader><controlfield tag="001">1</controlfield>' +
  '<datafield tag="245" ind1="1" ind2="0"><subfield code="a">算法导论</subfield></datafield></record>';

const errorOf = (xml: string | Uint8Array): unknown => {
  try {
    readMarcXml(xml);
    return undefined;
  } catch (error) {
    return error;
  }
};

describe('MARCXML', () => {
  it('reads records of any namespace, with the attributes in any order, in any envelope', () => {
    for (const name of ['dp2_sample_cnmarcxml.xml', 'dp2_sample_marcxml.xml', 'dp2_sample_unimarcxml.xml']) {
      const records = readMarcXml(fixture(name));
      expect(records).toHaveLength(10);
      for (const record of records) {
        expect(record.leader).toHaveLength(24);
        expect(record.control[0]).toMatchObject({ tag: '001', value: expect.stringMatching(/^\d+$/) });
        expect(record.data.every(({ tag, ind1, ind2 }) => /^\w{3}$/.test(tag) && ind1 + ind2 !== '')).toBe(
          true,
        );
        expect(record.problems).toEqual([]);
      }
    }
    const prefixed = RECORD.replace(/<(\/?)/g, '<$1marc:').replace('record>', 'record xmlns:marc="x">');
    expect(readMarcXml(prefixed)).toEqual(readMarcXml(RECORD));
    expect(readMarcXml(`<a><record><x/>${RECORD}</record></a>`)).toEqual(readMarcXml(RECORD));
  });

  it('gives back every record as it was written', () => {
    const text = fc
      .string({ unit: 'binary', maxLength: 20 })
      .filter((value) => !/[\p{Cc}\p{Cs}\ufffe\uffff]/u.test(value));
    const tag = fc.stringMatching(/^[0-9A-Za-z]{3}$/);
    const one = fc.stringMatching(/^[0-9a-zA-Z ]$/);
    const records: fc.Arbitrary<MarcRecord> = fc.record({
      leader: fc.stringMatching(/^[0-9a-z ]{24}$/),
      control: fc.array(fc.record({ tag, value: text }), { maxLength: 3 }),
      data: fc.array(
        fc.record({
          tag,
          ind1: one,
          ind2: one,
          subfields: fc.array(fc.record({ code: one, value: text }), { maxLength: 4 }),
        }),
        { maxLength: 5 },
      ),
      problems: fc.constant([]),
    });
    fc.assert(
      fc.property(fc.array(records, { maxLength: 3 }), (given) => {
        expect(readMarcXml(collectionOf(given.map(writeMarcXml)))).toEqual(given);
      }),
    );
  });

  it('keeps blanks, CDATA and characters written as numbers, and drops what XML forbids', () => {
    const [read] = readMarcXml(
      '<record><leader> x </leader><controlfield tag="008">  ^^ </controlfield><datafield tag="245" ind1=" " ind2="0">' +
        '<subfield code="a"> a<![CDATA[<b>]]>&#x6570;&amp;\u0000\u001b </subfield></datafield></record>',
    );
    expect(read).toMatchObject({
      leader: ' x ',
      control: [{ tag: '008', value: '  ^^ ' }],
      data: [{ subfields: [{ code: 'a', value: ' a<b>数& ' }] }],
    });
  });

  it('says of fields without a tag that they were passed over', () => {
    const [read] = readMarcXml(
      '<record><leader>x</leader><controlfield>1</controlfield><datafield tag="24"><subfield code="a">b</subfield></datafield></record>',
    );
    expect(read).toMatchObject({ control: [], data: [] });
    expect(read!.problems).toHaveLength(2);
  });
});

describe('hostile XML', () => {
  const bomb =
    '<!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><record><leader>&b;</leader></record>';
  const external =
    '<!DOCTYPE record [<!ENTITY x SYSTEM "file:///etc/passwd">]><record><leader>&x;</leader></record>';

  it('opens no document type, so that no entity is ever defined or fetched', () => {
    for (const xml of [bomb, external, `<!DOCTYPE record SYSTEM "http://127.0.0.1:1/x.dtd">${RECORD}`]) {
      expect(errorOf(xml)).toMatchObject({ name: 'MarcError', code: 'DOCTYPE' });
    }
    expect(errorOf('<record><leader>&unknown;</leader></record>')).toMatchObject({ code: 'XML' });
  });

  it('refuses fifty megabytes before it has read them, and a million open elements', () => {
    const before = process.memoryUsage().heapUsed;
    const spent = startProcessorClock();
    expect(errorOf('<record>'.padEnd(50 * 1024 * 1024, 'x'))).toMatchObject({ code: 'TOO_LARGE' });
    expect(errorOf('<a>'.repeat(1_000_000))).toMatchObject({ code: 'TOO_DEEP' });
    expect(spent()).toBeLessThan(1_000);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(200 * 1024 * 1024);
  });

  it('never takes an answer that was cut for a whole one', () => {
    for (let length = 1; length < RECORD.length; length += 7) {
      expect(errorOf(RECORD.slice(0, length))).toMatchObject({ code: 'XML' });
    }
    expect(errorOf('')).toMatchObject({ code: 'XML' });
  });

  it('throws nothing but MarcError at 20,000 random and damaged documents', () => {
    const parts = RECORD.split(/(?=<)/);
    const damaged = fc
      .array(
        fc.oneof(
          fc.constantFrom(...parts),
          fc.string({ unit: 'binary', maxLength: 8 }),
          fc.constantFrom('&', '<', ']]>', '<!--'),
        ),
        {
          maxLength: 12,
        },
      )
      .map((some) => some.join(''));
    fc.assert(
      fc.property(fc.oneof(damaged, fc.string({ unit: 'binary' }), fc.uint8Array()), (xml) => {
        const error = errorOf(xml);
        if (error !== undefined) expect(error).toBeInstanceOf(MarcError);
      }),
      { numRuns: 20_000 },
    );
  });
});

describe('the character set of a document', () => {
  const text = `<?xml version="1.0" encoding="GBK"?>${RECORD}`;

  it('is read off the mark, the configuration, the declaration and the header, in this order', () => {
    expect(decodeXml(iconv.encode(text, 'gb18030'))).toBe(text);
    expect(decodeXml(Buffer.from(text, 'utf8'), { configured: 'utf-8' })).toBe(text);
    expect(decodeXml(Buffer.from(`\ufeff${text}`, 'utf8'))).toBe(text);
    expect(
      decodeXml(iconv.encode('<a>演算法</a>', 'big5'), { contentType: 'text/xml; charset="Big5"' }),
    ).toBe('<a>演算法</a>');
    expect(decodeXml(iconv.encode(RECORD, 'utf-16le', { addBOM: true }))).toBe(RECORD);
    expect(decodeXml(Buffer.from(RECORD, 'utf8'))).toBe(RECORD);
  });

  it('is an error where the bytes are of another, but not where damage done long ago stands in the text', () => {
    expect(() => decodeXml(iconv.encode(RECORD, 'gb18030'))).toThrow(/bytes that are not of utf-8/);
    expect(() => decodeXml(Buffer.from('<?xml version="1.0" encoding="x-none"?><a/>'))).toThrow(MarcError);
    expect(decodeXml(Buffer.from('<a>\ufffd</a>', 'utf8'))).toBe('<a>\ufffd</a>');
  });
});
