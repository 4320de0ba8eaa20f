import type { ResultOutput, SubmitInput } from '../../../contracts/onboarding';
import type { Context } from '../../runtime/context';
import { requireFound } from '../../runtime/require';
import { currentRules } from '../../stores/onboarding-settings';
import { handIn } from './hand-in';
import { openBorrowingInTime } from './open-borrowing';
import { requireKey } from './open-record';
import { describeResult } from './show-result';

/** Hands a paper in, once: the same again gets the same result. */
export async function submitPaper(
  context: Context,
  { attemptId, answers }: SubmitInput,
): Promise<ResultOutput> {
  const { readerKey } = await requireKey(context, 'write');
  const handed = requireFound(await handIn(context, readerKey, { attemptId, answers, early: true }), 'paper');
  const { attempt, record, marked, late } = handed;
  if (marked && attempt.passed === true) await openBorrowingInTime(context, readerKey);
  const { settings } = await currentRules(context.now());
  return { ...(await describeResult(attempt, record, settings, context.now())), late };
}
