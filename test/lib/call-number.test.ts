import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseCallNumber } from '../../miniprogram/lib/call-number';

describe('parseCallNumber', () => {
  it.each([
    ['I247.57/123', 'I247.57', '123', ''],
    ['TP312/L886', 'TP312', 'L886', ''],
    ['I242.4/C807-2', 'I242.4', 'C807-2', ''],
    ['K825.6=72/12', 'K825.6=72', '12', ''],
    ['TP311.561 / A935 : 2', 'TP311.561', 'A935', '2'],
    ['H319.4:I/88/V2', 'H319.4', 'I', '88 V2'],
    ['O13', 'O13', '', ''],
    ['D920.4 2021', 'D920.4', '2021', ''],
  ])('takes %j apart', (text, classNumber, bookNumber, extra) => {
    expect(parseCallNumber(text)).toEqual({ classNumber, bookNumber, extra });
  });

  it.each(['', '005.133/K39', '红/1', '/123'])('leaves %j alone', (text) => {
    expect(parseCallNumber(text)).toBeUndefined();
  });

  it('answers any text in bounded time', () => {
    fc.assert(fc.property(fc.string({ maxLength: 80 }), (text) => void parseCallNumber(text)));
    expect(parseCallNumber(`I${'1.'.repeat(5_000)}x`)).toBeDefined();
  });
});
