/**
 * How well a record answers a query: the lower the better. Below `soundsAlike`
 * the record holds everything that was asked; from there on its title or author
 * as a whole differs by a slip; from `loose` on it holds most of what was
 * asked; from `fuzzyPart` on a part of it differs by a slip.
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
  soundsAlike: 12,
  fuzzyTitle: 13,
  fuzzyAuthor: 14,
  /** Plus the number of missing words. */
  loose: 16,
  fuzzyPart: 90,
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

  /** 0 everything that was asked, 1 a slip away from it, 2 most of it, 3 a slip away in a part. */
  level(doc: number): number {
    const tier = this.tier(doc);
    if (tier < TIER.soundsAlike) return 0;
    if (tier < TIER.loose) return 1;
    return tier < TIER.fuzzyPart ? 2 : 3;
  }

  clear(): void {
    for (const doc of this.#docs) this.#tiers[doc] = UNMATCHED;
    this.#docs = [];
  }
}
