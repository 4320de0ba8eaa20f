/**
 * How well a record answers a query: the lower the better. Up to `LOOSE` the
 * record holds everything that was asked; from `LOOSE` on most of it; from
 * `FUZZY` on something that differs by a slip of the finger.
 */
export const TIER = {
  exactTitle: 0,
  titleStart: 1,
  titlePhrase: 2,
  titleWords: 3,
  author: 4,
  readTitle: 5,
  readAuthor: 6,
  readPart: 7,
  acrossFields: 8,
  subject: 9,
  initials: 10,
  initialsStart: 11,
  /** Plus the number of missing words. */
  loose: 16,
  soundsAlike: 90,
  fuzzyTitle: 91,
  fuzzyAuthor: 92,
  fuzzyPart: 93,
} as const;

const UNMATCHED = 255;

/** The records that answer a query, each with its best tier. Used again for the next query after `clear`. */
export class MatchSet {
  readonly #tiers: Uint8Array;
  #docs: number[] = [];

  constructor(size: number) {
    this.#tiers = new Uint8Array(size).fill(UNMATCHED);
  }

  get docs(): readonly number[] {
    return this.#docs;
  }

  offer(doc: number, tier: number): void {
    const before = this.#tiers[doc]!;
    if (before === UNMATCHED) this.#docs.push(doc);
    if (tier < before) this.#tiers[doc] = tier;
  }

  tier(doc: number): number {
    return this.#tiers[doc]!;
  }

  /** 0 everything that was asked, 1 most of it, 2 something like it. */
  level(doc: number): number {
    const tier = this.tier(doc);
    return tier < TIER.loose ? 0 : tier < TIER.soundsAlike ? 1 : 2;
  }

  clear(): void {
    for (const doc of this.#docs) this.#tiers[doc] = UNMATCHED;
    this.#docs = [];
  }
}
