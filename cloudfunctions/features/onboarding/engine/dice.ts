import { createHash } from 'node:crypto';

export interface Dice {
  /** A whole number from 0 to n - 1, each as likely. @throws RangeError unless n is a whole number from 1 to 2^32 */
  below(n: number): number;
  /** The list in another order, each order as likely; the list itself stays as it is. */
  shuffle<T>(list: readonly T[]): T[];
}

const WORDS = 2 ** 32;

/**
 * Dice that fall the same way for the same seed, on every machine: SHA-256 over the seed and a counter. Nobody who sees
 * some of the throws can tell the others without the seed.
 */
export function createDice(seed: Uint8Array | string): Dice {
  const key = typeof seed === 'string' ? Buffer.from(seed, 'utf8') : Uint8Array.from(seed);
  let block = Buffer.alloc(0);
  let at = 0;
  let counter = 0;

  const word = (): number => {
    if (at >= block.length) {
      const number = Buffer.alloc(4);
      number.writeUInt32BE(counter++);
      block = createHash('sha256').update(key).update(number).digest();
      at = 0;
    }
    at += 4;
    return block.readUInt32BE(at - 4);
  };

  const below = (n: number): number => {
    if (!Number.isInteger(n) || n < 1 || n > WORDS) throw new RangeError(`No dice with ${n} sides`);
    // What lies beyond the last whole multiple of n would make the small numbers likelier.
    const end = WORDS - (WORDS % n);
    for (;;) {
      const thrown = word();
      if (thrown < end) return thrown % n;
    }
  };

  return {
    below,
    shuffle: (list) => {
      const shuffled = [...list];
      for (let left = shuffled.length; left > 1; left--) {
        const [taken] = shuffled.splice(below(left), 1);
        shuffled.push(taken!);
      }
      return shuffled;
    },
  };
}
