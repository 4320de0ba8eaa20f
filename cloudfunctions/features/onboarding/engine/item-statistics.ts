import { MODULES, type Module } from '../../../../contracts/onboarding/words';

export interface MarkedAttempt {
  items: readonly { id: string; version: number; module: Module }[];
  /** By place, as `items`. */
  right: readonly boolean[];
}

export interface ItemStatistic {
  id: string;
  version: number;
  module: Module;
  asked: number;
  /** Share of right answers, 0 to 1: the higher, the easier. */
  difficulty: number;
  /** Correlation of this item with the rest of the paper, -1 to 1; absent where it cannot be told. */
  discrimination?: number;
}

/** Running means and sums of squares (Welford): no difference of large sums, so what never varies stays exactly 0. */
class Correlation {
  #n = 0;
  #meanX = 0;
  #meanY = 0;
  #squaresX = 0;
  #squaresY = 0;
  #products = 0;

  add(x: number, y: number): void {
    this.#n++;
    const fromX = x - this.#meanX;
    const fromY = y - this.#meanY;
    this.#meanX += fromX / this.#n;
    this.#meanY += fromY / this.#n;
    this.#squaresX += fromX * (x - this.#meanX);
    this.#squaresY += fromY * (y - this.#meanY);
    this.#products += fromX * (y - this.#meanY);
  }

  /** Undefined where one of the two never varied. */
  get value(): number | undefined {
    const spread = Math.sqrt(this.#squaresX * this.#squaresY);
    if (spread === 0) return undefined;
    return Math.min(1, Math.max(-1, this.#products / spread));
  }
}

interface Tally {
  module: Module;
  id: string;
  version: number;
  asked: number;
  right: number;
  withRest: Correlation;
}

/**
 * How hard each item was and how well it tells those who know from those who do not: the point-biserial correlation
 * of the item with the share of the *other* items answered rightly (corrected: an item does not vouch for itself).
 * Versions of an item are counted apart. One pass; nothing of an attempt is kept.
 * @throws RangeError when an attempt has not as many marks as items
 */
export function itemStatistics(attempts: Iterable<MarkedAttempt>): ItemStatistic[] {
  const tallies = new Map<string, Tally>();
  for (const { items, right } of attempts) {
    if (items.length !== right.length) throw new RangeError('An attempt has not as many marks as items');
    const total = right.filter(Boolean).length;
    items.forEach(({ id, version, module }, place) => {
      const key = `${id}@${version}`;
      let tally = tallies.get(key);
      if (!tally)
        tallies.set(key, (tally = { id, version, module, asked: 0, right: 0, withRest: new Correlation() }));
      const own = right[place] ? 1 : 0;
      tally.asked++;
      tally.right += own;
      if (items.length > 1) tally.withRest.add(own, (total - own) / (items.length - 1));
    });
  }
  return [...tallies.values()]
    .sort(
      (a, b) =>
        MODULES.indexOf(a.module) - MODULES.indexOf(b.module) ||
        (a.id < b.id ? -1 : a.id > b.id ? 1 : a.version - b.version),
    )
    .map(({ id, version, module, asked, right, withRest }) => {
      const discrimination = withRest.value;
      return {
        ...{ id, version, module, asked, difficulty: right / asked },
        ...(discrimination !== undefined && { discrimination }),
      };
    });
}
