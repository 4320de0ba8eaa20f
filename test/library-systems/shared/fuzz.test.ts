import { describe, expect, it } from '@jest/globals';
import { fuzz } from '../../fuzz/fuzz';
import { targets } from '../../fuzz/targets';

/** As many as CI has time for; `npm run fuzz` takes a million. */
const CASES = 5_000;

describe('parsers of what comes from libraries', () => {
  it.each(targets.map((target) => [target.name, target] as const))(
    `%s reads ${CASES} damaged inputs without a throw, a hang or growing memory`,
    async (_, target) => {
      expect(await fuzz(target, CASES, 20_261_121)).toMatchObject({ cases: CASES });
    },
    120_000,
  );

  it('tells the input that a parser failed on', async () => {
    const target = {
      name: 'picky',
      corpus: [Buffer.from('good')],
      feed: (input: Buffer) => {
        if (input.includes(0)) throw new Error('a zero');
      },
    };
    await expect(fuzz(target, 10_000, 1)).rejects.toThrow(/^picky: case \d+ of seed 1 threw on /);
    const slow = { ...target, feed: () => new Promise<void>((resolve) => setTimeout(resolve, 1_100)) };
    await expect(fuzz(slow, 2, 1)).rejects.toThrow('took');
  });
});
