import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { fromId, toId } from '../../../library-systems/text-ids';
import { toCents } from '../../../library-systems/sip2/money';
import { isOverdue, readDate, writeStamp } from '../../../library-systems/sip2/times';
import { CHARSETS } from '../../../library-systems/sip2/wire/charset';
import { canSend, encodeRequest } from '../../../library-systems/sip2/wire/encode-request';
import { FrameReader, MAX_MESSAGE } from '../../../library-systems/sip2/wire/frames';
import { openEnvelope, parseAnswer } from '../../../library-systems/sip2/wire/parse-answer';
import { LibraryFault } from '../../../library-systems/library-fault';
import { checksum, parseRequest } from '../../support/sip2-server/parse-request';

const charset = fc.constantFrom(...CHARSETS);
/** Text with the characters that are dangerous in GBK, and some that it does not have. */
const value = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...'東質觸三体红楼梦AZ09 ^#é€𠮷'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
  ),
  maxLength: 20,
});
const STAMP = '20261121    204327';

describe('the codec of SIP2', () => {
  it('writes requests that a strict reader reads back as they were', () => {
    fc.assert(
      fc.property(
        charset,
        fc.nat(9),
        value,
        value,
        fc.boolean(),
        (set, sequence, barcode, place, detects) => {
          fc.pre(canSend(barcode, set) && canSend(place, set));
          const request = {
            code: '17',
            fixed: STAMP,
            fields: [
              ['AO', place],
              ['AB', barcode],
            ],
            answer: '18',
            kind: 'read',
          } as const;
          const bytes = encodeRequest(request, set, detects ? sequence : undefined);
          expect(parseRequest(bytes, set, detects)).toEqual({
            code: '17',
            fixed: { date: STAMP },
            fields: { AO: place, AB: barcode },
            ...(detects && { sequence }),
          });
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('sends no value that would be another message or other text than it is', () => {
    fc.assert(
      fc.property(charset, value, value, (set, text, more) => {
        for (const bad of ['|', '\r', '\n', '\u0000', '\ud800']) {
          expect(canSend(text + bad + more, set)).toBe(false);
          const request = {
            code: '17',
            fixed: STAMP,
            fields: [['AB', text + bad + more]],
            answer: '18',
            kind: 'read',
          } as const;
          expect(() => encodeRequest(request, set, 0)).toThrow(LibraryFault);
        }
      }),
      { numRuns: 500 },
    );
    expect(canSend('é𠮷', 'gbk')).toBe(false);
    expect(canSend('é𠮷', 'gb18030')).toBe(true);
  });

  it('reads what a server writes, whatever the texts, with or without the last |', () => {
    fc.assert(
      fc.property(
        charset,
        fc.nat(9),
        fc.array(value, { maxLength: 6 }),
        fc.boolean(),
        (set, sequence, texts, pipe) => {
          fc.pre(texts.every((text) => canSend(text, set)));
          const fields = texts.map((text) => `AF${text}|`).join('');
          const content = `18040201${STAMP}ABx|${fields}AJ東|`;
          const summed = iconv.encode(`${pipe ? content : content.slice(0, -1)}AY${sequence}AZ`, set);
          const envelope = openEnvelope(Buffer.concat([summed, Buffer.from(checksum(summed))]));
          expect(envelope).toMatchObject({ code: '18', sequence, checksum: 'right' });
          const answer = parseAnswer(envelope, set);
          expect(answer.fixed).toMatchObject({ circulationStatus: '04', date: STAMP });
          expect(answer.fields.get('AF') ?? []).toEqual(texts);
          expect(answer.fields.get('AJ')).toEqual(['東']);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('finds a message that was damaged anywhere', () => {
    const summed = Buffer.from(`18040201${STAMP}ABx|AJ三体|AY1AZ`);
    const whole = Buffer.concat([summed, Buffer.from(checksum(summed))]);
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: whole.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        (at, change) => {
          // Its sum is the same in small letters.
          fc.pre(at < whole.length - 4 || change !== 0x20);
          const damaged = Buffer.from(whole);
          damaged[at]! ^= change;
          expect(openEnvelope(damaged).checksum).not.toBe('right');
        },
      ),
    );
  });

  it('takes a stream apart the same however it is cut', () => {
    const line = fc
      .uint8Array({ minLength: 1, maxLength: 30 })
      .filter((bytes) => !bytes.includes(13) && !bytes.includes(10));
    const end = fc.constantFrom('\r', '\n', '\r\n');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(line, end), { maxLength: 8 }),
        fc.integer({ min: 1, max: 50 }),
        (lines, size) => {
          const stream = Buffer.concat(
            lines.flatMap(([bytes, ending]) => [Buffer.from(bytes), Buffer.from(ending)]),
          );
          const reader = new FrameReader();
          const frames: Buffer[] = [];
          for (let at = 0; at < stream.length; at += size)
            frames.push(...reader.push(stream.subarray(at, at + size)));
          expect(frames.map((frame) => [...frame])).toEqual(lines.map(([bytes]) => [...bytes]));
        },
      ),
    );
  });

  it('keeps no message without an end', () => {
    const reader = new FrameReader();
    reader.push(Buffer.alloc(MAX_MESSAGE, 0x41));
    expect(() => reader.push(Buffer.of(0x41))).toThrow(LibraryFault);
  });
});

describe('what stands in the fields', () => {
  it.each([
    ['20261217    235900', '2026-12-17T23:59:00+08:00'],
    ['20261217   Z235900', '2026-12-18T07:59:00+08:00'],
    ['20261217EST 235900', '2026-12-17'],
    ['2022-02-26', '2022-02-26'],
    ['2022/2/6', '2022-02-06'],
    ['20220226', '2022-02-26'],
    ['2022-02-26 23:59', '2022-02-26T23:59:00+08:00'],
    ['2022-02-26T23:59:00Z', '2022-02-27T07:59:00+08:00'],
    ['2022-02-26T23:59:00+0900', '2022-02-26T22:59:00+08:00'],
    ['20261331    235900', undefined],
    ['2022-02-30', undefined],
    ['12261205    202709', undefined],
    ['2022226', undefined],
    ['soon', undefined],
    ['', undefined],
  ])('the date %j is %s', (text, date) => {
    expect(readDate(text, 'Asia/Shanghai', 'Asia/Shanghai')).toBe(date);
  });

  it('reads its own stamp back, to the second', () => {
    fc.assert(
      fc.property(
        // From 1992: before, China had summer time, and an hour twice when it ended.
        fc.integer({ min: 700_000_000, max: 4e9 }),
        fc.constantFrom('Asia/Shanghai', 'UTC'),
        (seconds, zone) => {
          const read = readDate(writeStamp(seconds * 1_000, zone), 'Asia/Shanghai', zone)!;
          expect(Date.parse(read)).toBe(seconds * 1_000);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('lets a loan that is due on a day end with that day', () => {
    const noon = Date.parse('2026-11-21T12:00:00+08:00');
    expect(isOverdue('2026-11-21', noon, 'Asia/Shanghai')).toBe(false);
    expect(isOverdue('2026-11-20', noon, 'Asia/Shanghai')).toBe(true);
    expect(isOverdue('2026-11-21T11:59:59+08:00', noon, 'Asia/Shanghai')).toBe(true);
  });

  it.each([
    ['12.5', 1_250],
    ['12.50', 1_250],
    ['0.10', 10],
    ['.5', 50],
    ['¥1,234.50', 123_450],
    ['CNY 3', 300],
    ['12.50元', 1_250],
    ['12.5000', 1_250],
    ['-3.00', 0],
    ['12.505', undefined],
    ['12,50', undefined],
    ['1e3', undefined],
    ['', undefined],
    ['无', undefined],
  ])('the amount %j is %s cents', (text, cents) => {
    expect(toCents(text)).toBe(cents);
  });

  it('reads every amount that is written in yuan', () => {
    fc.assert(
      fc.property(fc.nat(99_999_999), (cents) => expect(toCents((cents / 100).toFixed(2))).toBe(cents)),
    );
  });

  it('makes an id of every barcode that is not too long, and the barcode of the id', () => {
    fc.assert(
      fc.property(fc.oneof(value, fc.string({ maxLength: 70 })), (text) => {
        const id = toId(text);
        if (id === undefined) return expect(text === '' || Buffer.byteLength(text) > 46).toBe(true);
        expect(id).toMatch(/^[\w.:~-]{1,64}$/);
        expect(fromId(id)).toBe(
          text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd'),
        );
      }),
      { numRuns: 1_000 },
    );
    expect(toId('~abc')).not.toBe('~abc');
    expect(toId('6692930001')).toBe('6692930001');
  });
});
