import { randomBytes } from 'node:crypto';
import { readDeskConfig } from '../../cloudfunctions/runtime/config';

const key = randomBytes(32).toString('base64');
const complete = { SHUTONG_DATA_KEYS: `k2:${key},k1:${key}`, SHUTONG_LOOKUP_KEY: key };

describe('readDeskConfig', () => {
  it('reads the keys, the current one first, and how cards are scanned', () => {
    const result = readDeskConfig({ ...complete, SHUTONG_CARD_SYMBOLOGY: 'code39' });
    if (!result.ok) throw new Error(result.problems.join());
    expect(result.config.dataKeys.map(({ id }) => id)).toEqual(['k2', 'k1']);
    expect(result.config.lookupKey).toEqual(Buffer.from(key, 'base64'));
    expect(result.config.cardSymbology).toBe('code39');
    expect(readDeskConfig(complete)).toMatchObject({ ok: true, config: { cardSymbology: 'code128' } });
  });

  it.each([
    ['SHUTONG_DATA_KEYS', undefined],
    ['SHUTONG_DATA_KEYS', key],
    ['SHUTONG_DATA_KEYS', `k1:${key.slice(8)}`],
    ['SHUTONG_LOOKUP_KEY', undefined],
    ['SHUTONG_LOOKUP_KEY', 'secret'],
    ['SHUTONG_CARD_SYMBOLOGY', 'ean13'],
  ])('names %s when it is %s, never repeats the value, and says how to make one', (name, value) => {
    const result = readDeskConfig({ ...complete, [name]: value });
    if (result.ok) throw new Error('accepted');
    expect(result.problems).toHaveLength(1);
    expect(result.problems[0]).toContain(`set ${name}: `);
    if (value) expect(result.problems[0]).not.toContain(value);
    if (name.endsWith('KEY') || name.endsWith('KEYS'))
      expect(result.problems[0]).toContain('randomBytes(32)');
  });
});
