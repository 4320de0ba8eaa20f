import { PAPER_ITEMS } from '../../../../contracts/onboarding';
import type { BankItem } from '../../../../contracts/onboarding/bank';
import { MODULES, TOPICS, type Module } from '../../../../contracts/onboarding/words';
import { createDice, type Dice } from './dice';
import { createPools, type Pools } from './item-pools';

export interface DrawnItem {
  item: BankItem;
  /** Ids of its options as they are shown. */
  order: readonly string[];
}

export interface PaperRequest {
  items: readonly BankItem[];
  /** Items made for this reader; at most MOST_GENERATED of them in a module. */
  generated: readonly BankItem[];
  /** Ids of items asked before, oldest first; those asked again stand in it again. */
  seen: readonly string[];
  /** Where the reader said to be; without it nothing is asked that is about one branch. */
  campus?: string | undefined;
  /** Local date, YYYY-MM-DD. */
  date: string;
  seed: Uint8Array;
}

const LEAST_OF_MODULE = 2;

/**
 * A paper of PAPER_ITEMS items: each must-know topic once, two or more items of each module, items not yet seen before
 * seen ones. The same request gives the same paper, in whatever order the items come.
 * @returns undefined when there are not enough items, or none of a must-know topic
 */
export function buildPaper({
  items,
  generated,
  seen,
  campus,
  date,
  seed,
}: PaperRequest): DrawnItem[] | undefined {
  const dice = createDice(seed);
  const fits = (item: BankItem): boolean =>
    (item.campus === undefined || item.campus === campus) &&
    (item.validFrom === undefined || item.validFrom <= date) &&
    (item.validTo === undefined || date <= item.validTo);
  const pools = createPools({ items: items.filter(fits), generated: generated.filter(fits), seen, dice });

  const paper: BankItem[] = [];
  for (const topic of TOPICS) {
    const item = pools.takeTopic(topic);
    if (!item) return undefined;
    paper.push(item);
  }
  for (const [module, share] of shareOut(paper, pools, dice)) {
    for (let taken = 0; taken < share; taken++) paper.push(pools.takeFree(module)!);
  }
  if (paper.length < PAPER_ITEMS) return undefined;
  return dice.shuffle(paper).map((item) => ({ item, order: orderOptions(item, dice) }));
}

/** How many items each module gives beside the must-know ones: first the least of each, then one more in turn. */
function shareOut(mustKnow: readonly BankItem[], pools: Pools, dice: Dice): Map<Module, number> {
  const shares = new Map<Module, number>();
  let left = PAPER_ITEMS - mustKnow.length;
  const give = (module: Module, wanted: number): void => {
    const had = shares.get(module) ?? 0;
    const given = Math.min(wanted, left, pools.free(module) - had);
    shares.set(module, had + Math.max(0, given));
    left -= Math.max(0, given);
  };
  for (const module of MODULES) {
    give(module, LEAST_OF_MODULE - mustKnow.filter((item) => item.module === module).length);
  }
  // A module that has no more to give is made up for by others, a round at a time.
  for (let before = -1; left > 0 && left !== before;) {
    before = left;
    for (const module of dice.shuffle(MODULES)) give(module, 1);
  }
  return shares;
}

function orderOptions({ type, options }: BankItem, dice: Dice): string[] {
  const ids = options.map(({ id }) => id);
  return type === 'true-false' ? ids : dice.shuffle(ids);
}
