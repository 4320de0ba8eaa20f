import type { Answers, Choice } from '../../../contracts/onboarding';
import type { ItemType } from '../../../contracts/onboarding/bank';
import { AppError } from '../../runtime/app-error';
import type { DrawnItem } from './engine/build-paper';

const TAKES_ONE: readonly ItemType[] = ['single', 'true-false', 'locate'];

/** Answers as they are kept: a set of options ascending. @throws {AppError} BAD_REQUEST when they do not fit the paper */
export function checkAnswers(paper: readonly DrawnItem[], answers: Answers): Answers {
  return Object.fromEntries<Choice>(
    Object.entries(answers).map(([place, choice]) => [place, checkChoice(paper[Number(place)], choice)]),
  );
}

function checkChoice(drawn: DrawnItem | undefined, choice: Choice): Choice {
  if (!drawn) throw new AppError('BAD_REQUEST', 'answers: expected places of the paper');
  const { item, order } = drawn;
  if (choice.some((place) => place >= order.length)) {
    throw new AppError('BAD_REQUEST', 'answers: expected options of the item');
  }
  if (choice.length > 1 && TAKES_ONE.includes(item.type)) {
    throw new AppError('BAD_REQUEST', 'answers: expected one option');
  }
  return item.type === 'order' ? choice : [...choice].sort((a, b) => a - b);
}
