import type { MatchSet } from './match-set';
import type { IndexRecord } from './record';

export type IndexSort = 'relevance' | 'newest' | 'mostBorrowed';

/** All records in one order, and the place of each in it. */
interface Ranking {
  docs: Uint32Array;
  place: Uint32Array;
}

/** The orders that do not depend on a query, worked out once. */
export class Order {
  readonly #rankings: Readonly<Record<IndexSort, Ranking>>;
  /** Newest acquisition first. */
  readonly byAcquisition: Uint32Array;

  constructor(records: readonly IndexRecord[]) {
    const rank = (compare: (a: IndexRecord, b: IndexRecord) => number): Ranking => {
      const docs = Uint32Array.from(records.keys()).sort(
        (a, b) => compare(records[a]!, records[b]!) || a - b,
      );
      const place = new Uint32Array(records.length);
      docs.forEach((doc, at) => (place[doc] = at));
      return { docs, place };
    };
    const year = (record: IndexRecord): number => record.year ?? 0;
    this.#rankings = {
      relevance: rank((a, b) => worth(b) - worth(a)),
      newest: rank((a, b) => year(b) - year(a) || b.addedAt - a.addedAt),
      mostBorrowed: rank((a, b) => b.loans - a.loans || year(b) - year(a)),
    };
    this.byAcquisition = rank((a, b) => b.addedAt - a.addedAt).docs;
  }

  get byLoans(): Uint32Array {
    return this.#rankings.mostBorrowed.docs;
  }

  /** Puts matches in order: by how well they match, or what matches fully first and then by the chosen order. */
  sort(docs: readonly number[], matches: MatchSet, by: IndexSort): number[] {
    const { docs: ranked, place } = this.#rankings[by];
    const size = ranked.length;
    const keys = Float64Array.from(docs, (doc) => {
      const group = by === 'relevance' ? matches.tier(doc) : matches.level(doc);
      return group * size + place[doc]!;
    }).sort();
    return Array.from(keys, (key) => ranked[key % size]!);
  }
}

/** What decides between equally good matches: how often it is borrowed, and a little how new it is. */
const worth = ({ loans, year }: IndexRecord): number =>
  Math.log2(1 + loans) + (year === undefined ? 0 : (year - 1990) / 20);
