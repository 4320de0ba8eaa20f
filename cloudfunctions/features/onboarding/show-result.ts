import type { ResultOutput } from '../../../contracts/onboarding';
import type { OnboardingSettings } from '../../../contracts/onboarding/settings';
import { AppError } from '../../runtime/app-error';
import type { Context } from '../../runtime/context';
import { timestamp } from '../../runtime/format-time';
import { requireFound } from '../../runtime/require';
import { findAttempt, type AttemptDocument } from '../../stores/onboarding-attempts';
import { loadBank } from '../../stores/onboarding-banks';
import type { OnboardingRecord } from '../../stores/onboarding-readers';
import { drawnOf } from './draw-paper';
import { markPaper } from './engine/mark-paper';
import { failuresOf, openRecord } from './open-record';
import { optionsOf, toWords } from './to-wire';

/** What came of a paper that was handed in. */
export async function showResult(
  context: Context,
  { attemptId }: { attemptId: string },
): Promise<ResultOutput> {
  const { readerKey, record, rules } = await openRecord(context, 'read');
  const attempt = requireFound(await findAttempt(readerKey, attemptId), 'paper');
  if (attempt.state === 'open') throw new AppError('NOT_FOUND', 'the paper was not handed in');
  return describeResult(attempt, record, rules.settings, context.now());
}

/** Tells what was wrong and why, of this paper; what is right is told of no item. */
export async function describeResult(
  attempt: AttemptDocument,
  record: OnboardingRecord,
  settings: OnboardingSettings,
  now: number,
): Promise<ResultOutput> {
  const { mark, passed, passMark, right, submittedAt } = attempt;
  if (mark === undefined || passed === undefined || passMark === undefined || !right || !submittedAt) {
    throw new Error('a paper that was handed in is not marked');
  }
  const drawn = drawnOf(await loadBank(attempt.bank), attempt.items);
  // the marks stand as they were given; the sums follow from the same items and answers
  const { mustKnowMissed, modules } = markPaper(drawn, attempt.answers, passMark);
  const { failures, pausedUntil } = failuresOf(record, settings, now);
  return {
    attemptId: attempt._id,
    passed,
    mark,
    passMark,
    right: right.filter(Boolean).length,
    total: right.length,
    mustKnowMissed,
    late: attempt.late === true,
    submittedAt: timestamp(submittedAt),
    modules: modules.map((one) => ({ ...one, again: !passed && one.right < one.total })),
    wrong: drawn.flatMap((one, place) => {
      if (right[place] === true) return [];
      const options = optionsOf(one);
      return {
        place,
        module: one.item.module,
        mustKnow: one.item.mustKnow !== undefined,
        stem: toWords(one.item.stem),
        chosen: (attempt.answers[place] ?? []).map((chosen) => options[chosen]!),
        explanation: toWords(one.item.explanation),
      };
    }),
    mustRead: settings.mustRead,
    failures,
    ...(pausedUntil !== undefined && { pausedUntil: timestamp(pausedUntil) }),
  };
}
