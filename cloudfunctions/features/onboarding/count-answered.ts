import type { Answers } from '../../../contracts/onboarding';

/** How many items have an answer; an empty choice is none. */
export const countAnswered = (answers: Answers): number =>
  Object.values(answers).filter((choice) => choice.length > 0).length;
