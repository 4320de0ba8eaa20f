import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { decodeValue, encodeValue } from '../../../local/emulator/database/ejson';
import { compareValues, keyOf, type Value } from '../../../local/emulator/database/values';
import { value } from './arbitraries';

/** Over the wire and back, so that what is compared is what the database holds. */
const values = fc
  .oneof(
    value,
    fc.double(),
    fc.string({ unit: 'binary' }),
    fc.array(fc.oneof(fc.constantFrom(null, 1, 10, 0, true, 'n', '1', 'z'), fc.string({ maxLength: 3 })), {
      maxLength: 4,
    }),
  )
  .map((it) => decodeValue(encodeValue(it as Value), 0, 'value'));

describe('values', () => {
  it('have the same key exactly if they are equal', () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        expect(keyOf(a) === keyOf(b)).toBe(compareValues(a, b) === 0);
        expect(keyOf([a, b]) === keyOf([b, a])).toBe(compareValues(a, b) === 0);
      }),
      { numRuns: 3000 },
    );
    expect(keyOf([1, null])).not.toBe(keyOf([10]));
    expect(keyOf([1, 0])).not.toBe(keyOf([10]));
  });

  it('are put in one order, whichever way they are compared', () => {
    fc.assert(
      fc.property(values, values, values, (a, b, c) => {
        expect(Math.sign(compareValues(a, b))).toBe(-Math.sign(compareValues(b, a)) + 0);
        if (compareValues(a, b) <= 0 && compareValues(b, c) <= 0)
          expect(compareValues(a, c)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 3000 },
    );
  });

  it('come back from extended JSON as they were', () => {
    fc.assert(
      fc.property(values, (it) => {
        expect(decodeValue(encodeValue(it), 0, 'value')).toEqual(it);
      }),
    );
  });
});
