import type { AnswerInput, AnswerOutput, Answers } from '../../../contracts/onboarding';
import type * as v from 'valibot';
import type { Context } from '../../runtime/context';
import { timestamp } from '../../runtime/format-time';
import { requireFound } from '../../runtime/require';
import { findAttempt, keepAnswers, type AttemptDocument } from '../../stores/onboarding-attempts';
import { loadBank } from '../../stores/onboarding-banks';
import { checkAnswers } from './check-answers';
import { countAnswered } from './count-answered';
import { drawnOf } from './draw-paper';
import { differ } from './hand-in';
import { requireKey } from './open-record';

/** Keeps answers while the paper is open, by the time of the server. */
export async function saveAnswers(
  context: Context,
  { attemptId, answers }: AnswerInput,
): Promise<v.InferOutput<typeof AnswerOutput>> {
  const { readerKey } = await requireKey(context, 'write');
  const found = requireFound(await findAttempt(readerKey, attemptId), 'paper');
  const checked = checkAnswers(drawnOf(await loadBank(found.bank), found.items), answers);
  const now = context.now();
  const changed = isOpen(found, now) && (await keepAnswers(readerKey, attemptId, checked, now));
  if (changed) return answer(true, { ...found.answers, ...checked }, now);
  // nothing changed: it was handed in or is over, or these answers were there already
  const after = requireFound(await findAttempt(readerKey, attemptId), 'paper');
  return answer(isOpen(after, now) && !differ(checked, after.answers), after.answers, now);
}

const isOpen = ({ state, endsAt }: AttemptDocument, now: number): boolean => state === 'open' && endsAt > now;

const answer = (saved: boolean, answers: Answers, now: number) => ({
  saved,
  now: timestamp(now),
  answered: countAnswered(answers),
});
