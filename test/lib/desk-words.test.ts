import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { clock } from '../../miniprogram/lib/countdown';
import { cleanCardNumber, toHalfWidth } from '../../miniprogram/lib/half-width';
import { yuan } from '../../miniprogram/lib/money';

describe('money', () => {
  it.each([
    [0, '¥0.00'],
    [5, '¥0.05'],
    [60, '¥0.60'],
    [4500, '¥45.00'],
    [123456789, '¥1234567.89'],
  ])('%i fen is %s', (cents, words) => {
    expect(yuan(cents)).toBe(words);
  });
});

describe('a countdown', () => {
  it.each([
    [-5, '0:00'],
    [0, '0:00'],
    [1, '0:01'],
    [59_001, '1:00'],
    [754_000, '12:34'],
    [3_600_000, '1:00:00'],
    [3_723_000, '1:02:03'],
  ])('%i ms is %s', (ms, words) => {
    expect(clock(ms)).toBe(words);
  });
});

describe('full-width digits', () => {
  it('become those that a library system knows', () => {
    expect(cleanCardNumber(' Ｂ２０２６　０７－１ ')).toBe('B202607-1');
    expect(toHalfWidth('密码１２３！')).toBe('密码123!');
  });

  it('leave everything else as it was, in the same length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const half = toHalfWidth(text);
        expect(half).toHaveLength(text.length);
        if (!/[\uff01-\uff5e\u3000]/.test(text)) expect(half).toBe(text);
      }),
    );
  });
});
