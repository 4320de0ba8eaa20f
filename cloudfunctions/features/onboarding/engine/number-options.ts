import type { BankOption } from '../../../../contracts/onboarding/bank';
import type { Words } from '../../../../contracts/onboarding/words';
import type * as v from 'valibot';
import { createDice } from './dice';
import { OPTION_IDS } from './item-id';

/** How far from the right number the others may lie, in steps of the ladder. */
const REACH = 4;
const WRONG = 3;

/**
 * Four numbers of which one is right. The wrong ones are numbers that such a rule could have, some below and some
 * above, and the right one is as often the least or the greatest as in between, as far as there are numbers.
 * @param ladder numbers that are usual for such a rule
 * @param seed decides which; the same question keeps its options
 */
export function numberOptions(
  right: number,
  ladder: readonly number[],
  words: (number: number) => Words,
  seed: string,
): { options: v.InferOutput<typeof BankOption>[]; answer: string[] } {
  const dice = createDice(seed);
  const steps = [...new Set(ladder)].sort((a, b) => a - b);
  const below = dice.shuffle(steps.filter((step) => step < right).slice(-REACH));
  const above = dice.shuffle(steps.filter((step) => step > right).slice(0, REACH));
  const least = Math.max(0, WRONG - above.length);
  const most = Math.min(WRONG, below.length);
  const fromBelow = least + dice.below(most - least + 1);
  const numbers = [right, ...below.slice(0, fromBelow), ...above.slice(0, WRONG - fromBelow)];
  const options = numbers
    .sort((a, b) => a - b)
    .map((number, place) => ({ id: OPTION_IDS[place]!, ...words(number) }));
  return { options, answer: [OPTION_IDS[numbers.indexOf(right)]!] };
}
