import type { BankItem } from '../../../../contracts/onboarding/bank';
import type { Module, Topic } from '../../../../contracts/onboarding/words';
import type { Dice } from './dice';

/** Most generated items of a module on one paper: the library's own questions come first. */
export const MOST_GENERATED = 1;

export interface Pools {
  /** Takes one item of a must-know topic. */
  takeTopic(topic: Topic): BankItem | undefined;
  /** How many items of a module can still be taken that belong to no topic. */
  free(module: Module): number;
  takeFree(module: Module): BankItem | undefined;
}

interface Ranked {
  item: BankItem;
  /** How often it was asked, and when last: the place in the list of what was seen. */
  times: number;
  last: number;
}

const earlier = (a: Ranked, b: Ranked): number => a.times - b.times || a.last - b.last;

/**
 * Items to be drawn from, each at most once: those never seen first, in an order of the dice; then those seen least
 * often, of these the one whose last time is longest ago.
 */
export function createPools(given: {
  items: readonly BankItem[];
  generated: readonly BankItem[];
  seen: readonly string[];
  dice: Dice;
}): Pools {
  const { dice } = given;
  const times = new Map<string, number>();
  const last = new Map<string, number>();
  given.seen.forEach((id, place) => {
    times.set(id, (times.get(id) ?? 0) + 1);
    last.set(id, place);
  });
  const taken = new Set<string>();

  const rank = (items: readonly BankItem[]): Ranked[] => {
    // By id first, so that the order in which items are stored decides nothing.
    const once = [...new Map(items.map((item) => [item.id, item])).values()];
    const byId = once.sort((a, b) => (a.id < b.id ? -1 : 1));
    const ranked = dice
      .shuffle(byId)
      .map((item) => ({ item, times: times.get(item.id) ?? 0, last: last.get(item.id) ?? -1 }));
    return ranked.sort(earlier);
  };
  const bank = rank(given.items);
  const inBank = new Set(given.items.map(({ id }) => id));
  const own = rank(given.generated.filter(({ id }) => !inBank.has(id)));
  const generatedTaken = new Map<Module, number>();

  const freeOf = (list: readonly Ranked[], module: Module): Ranked[] =>
    list.filter(({ item }) => item.module === module && item.mustKnow === undefined && !taken.has(item.id));
  const generatedLeft = (module: Module): number => MOST_GENERATED - (generatedTaken.get(module) ?? 0);
  const take = (ranked: Ranked | undefined): BankItem | undefined => {
    if (ranked) taken.add(ranked.item.id);
    return ranked?.item;
  };

  return {
    takeTopic: (topic) => take(bank.find(({ item }) => item.mustKnow === topic && !taken.has(item.id))),
    free: (module) =>
      freeOf(bank, module).length + Math.min(generatedLeft(module), freeOf(own, module).length),
    takeFree: (module) => {
      const [fromBank] = freeOf(bank, module);
      const [fromOwn] = generatedLeft(module) > 0 ? freeOf(own, module) : [];
      const either = dice.below(2) === 0;
      const generated =
        fromOwn !== undefined &&
        (fromBank === undefined ||
          (fromOwn.times === fromBank.times ? either : fromOwn.times < fromBank.times));
      if (!generated) return take(fromBank);
      generatedTaken.set(module, (generatedTaken.get(module) ?? 0) + 1);
      return take(fromOwn);
    },
  };
}
