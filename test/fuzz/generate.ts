/** Pseudo-random numbers (mulberry32): the same seed gives the same inputs. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Bytes that mean something to a parser of text, and those that break character sets. */
const TELLING = Buffer.from('\r\n|^<>&"\'[]{}()=:;%/\\ AYZ0\u0000\u001d\u001e\u001f', 'latin1');

/** Makes inputs: some of noise, most of real input with a few wounds. */
export class InputMaker {
  constructor(
    private readonly random: () => number,
    private readonly corpus: readonly Uint8Array[],
    private readonly maxBytes: number,
  ) {}

  next(): Buffer {
    if (this.corpus.length === 0 || this.random() < 0.15) return this.#noise(this.#below(this.maxBytes));
    let input: Buffer = Buffer.from(this.#pick(this.corpus));
    for (let wounds = this.#below(6); wounds > 0; wounds--) input = this.#wound(input);
    return input.subarray(0, this.maxBytes);
  }

  #wound(input: Buffer): Buffer {
    const [from, to] = [this.#below(input.length + 1), this.#below(input.length + 1)].sort(
      (a, b) => a - b,
    ) as [number, number];
    const [head, middle, tail] = [input.subarray(0, from), input.subarray(from, to), input.subarray(to)];
    switch (this.#below(6)) {
      case 0: // cut out
        return Buffer.concat([head, tail]);
      case 1: // repeat
        return Buffer.concat([head, middle, middle, tail]);
      case 2: // put noise in
        return Buffer.concat([head, this.#noise(this.#below(12)), tail]);
      case 3: {
        // graft a piece of another one
        const other = Buffer.from(this.#pick(this.corpus));
        const start = this.#below(other.length + 1);
        return Buffer.concat([head, other.subarray(start, start + this.#below(60)), tail]);
      }
      case 4: // put a telling byte in
        return Buffer.concat([head, Buffer.of(TELLING[this.#below(TELLING.length)]!), input.subarray(from)]);
      default: {
        const flipped = Buffer.from(input);
        if (flipped.length > 0) flipped[this.#below(flipped.length)]! ^= 1 << this.#below(8);
        return flipped;
      }
    }
  }

  #noise(length: number): Buffer {
    return Buffer.from(
      Array.from({ length }, () =>
        this.random() < 0.3 ? TELLING[this.#below(TELLING.length)]! : this.#below(256),
      ),
    );
  }

  #below(n: number): number {
    return Math.floor(this.random() * n);
  }

  #pick<T>(list: readonly T[]): T {
    return list[this.#below(list.length)]!;
  }
}
