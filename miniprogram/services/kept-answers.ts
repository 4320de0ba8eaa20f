import type { Answers } from '../../contracts/onboarding/index';
import { isRecord, readStored, removeStored, store } from './storage';

const KEY = 'onboarding-answers';

/**
 * Answers of a paper that have not reached the server yet; they stand on this phone only until they have.
 * An empty record forgets them.
 */
export function keepAnswers(attemptId: string, answers: Answers): void {
  if (Object.keys(answers).length === 0) forgetAnswers();
  else store(KEY, { attemptId, answers });
}

/** What is kept of a paper; empty for any other paper. */
export function keptAnswers(attemptId: string): Answers {
  const kept = readStored(KEY);
  if (!isRecord(kept) || kept['attemptId'] !== attemptId || !isRecord(kept['answers'])) return {};
  return Object.fromEntries(
    Object.entries(kept['answers']).filter((entry): entry is [string, number[]] => isChoice(entry[1])),
  );
}

export function forgetAnswers(): void {
  removeStored(KEY);
}

function isChoice(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((place) => Number.isInteger(place));
}
