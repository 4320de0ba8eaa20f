import { MODULES, type Module } from '../../../../contracts/onboarding/words';
import type { Answers, Choice } from '../../../../contracts/onboarding';
import type { DrawnItem } from './build-paper';

export interface Marked {
  /** By place on the paper. */
  right: boolean[];
  /** Of 100, rounded down. */
  mark: number;
  passed: boolean;
  mustKnowMissed: boolean;
  /** The modules that the paper asks about, in the order of reading. */
  modules: { module: Module; right: number; total: number }[];
}

/** Right is exactly what the key says: the same set, or for `order` the same sequence; a part of it is wrong. */
function isRight({ item, order }: DrawnItem, choice: Choice): boolean {
  const chosen = choice.map((place) => order[place]);
  if (chosen.length !== item.answer.length) return false;
  if (item.type === 'order') return item.answer.every((id, place) => chosen[place] === id);
  return item.answer.every((id) => chosen.includes(id));
}

/** Marks a paper; what was not answered is wrong, answers to places that the paper has not count for nothing. */
export function markPaper(paper: readonly DrawnItem[], answers: Answers, passMark: number): Marked {
  const right = paper.map((drawn, place) => isRight(drawn, answers[place] ?? []));
  const mark = paper.length === 0 ? 0 : Math.floor((100 * right.filter(Boolean).length) / paper.length);
  const mustKnowMissed = paper.some(({ item }, place) => item.mustKnow !== undefined && !right[place]);
  const modules = MODULES.map((module) => {
    const places = paper.flatMap(({ item }, place) => (item.module === module ? [place] : []));
    return { module, right: places.filter((place) => right[place]).length, total: places.length };
  }).filter(({ total }) => total > 0);
  return {
    right,
    mark,
    passed: paper.length > 0 && mark >= passMark && !mustKnowMissed,
    mustKnowMissed,
    modules,
  };
}
