/** How many readers are remembered at most: those who asked last. */
const MAX_READERS = 20_000;
const MINUTE_MS = 60_000;

/** How often each reader may have the library asked, a minute. */
export class ReaderRate {
  /** Reader → what is left of his share, and when that was so; in order of the last call. */
  readonly #left = new Map<string, { reads: number; at: number }>();

  /** @param now milliseconds of a clock that only goes forward */
  constructor(
    readonly readsPerMinute: () => number,
    readonly now: () => number = () => performance.now(),
  ) {}

  get size(): number {
    return this.#left.size;
  }

  /** Whether this reader may ask once more; his share comes back evenly over a minute. */
  take(reader: string): boolean {
    const limit = this.readsPerMinute();
    const now = this.now();
    const before = this.#left.get(reader) ?? { reads: limit, at: now };
    const reads = Math.min(limit, before.reads + ((now - before.at) * limit) / MINUTE_MS);
    const taken = reads >= 1;
    this.#left.delete(reader);
    this.#left.set(reader, { reads: taken ? reads - 1 : reads, at: now });
    if (this.#left.size > MAX_READERS) {
      const [oldest] = this.#left.keys();
      if (oldest !== undefined) this.#left.delete(oldest);
    }
    return taken;
  }
}
