import { PAPER_ITEMS, type OverviewOutput } from '../../../contracts/onboarding';
import { isAskedOf } from '../../readers/onboarding-demand';
import { orderUnlock } from '../../readers/require-onboarding';
import type { Context } from '../../runtime/context';
import { timestamp } from '../../runtime/format-time';
import { inTime } from '../../runtime/in-time';
import { findAttempt } from '../../stores/onboarding-attempts';
import type { OnboardingRecord } from '../../stores/onboarding-readers';
import { findUnlock, type UnlockDocument } from '../../stores/onboarding-unlocks';
import { countAnswered } from './count-answered';
import { listModules } from './list-modules';
import { failuresOf, openRecord, type Learner } from './open-record';

/** How far the reader has come, what is asked of them and by what rules. */
export async function showOverview(context: Context): Promise<OverviewOutput> {
  const learner = await openRecord(context, 'read');
  const { record, readerKey, rules } = learner;
  const now = context.now();
  const standing = standingOf(learner);
  const isOpened = standing === 'passed' || standing === 'waived';
  if (isOpened) await catchUp(context, learner);
  const [library, open, unlock] = await Promise.all([
    inTime(context.library()),
    record.openAttempt === undefined ? undefined : findAttempt(readerKey, record.openAttempt),
    isOpened ? findUnlock(readerKey) : undefined,
  ]);
  const { failures, pausedUntil } = failuresOf(record, rules.settings, now);
  const { passMark, minutes, pauseAfter, pauseMinutes, mustRead, window } = rules.settings;
  return {
    now: timestamp(now),
    standing,
    locked: standing === 'required' ? rules.settings.services : [],
    readerCode: record.readerCode,
    modules: listModules(record),
    rules: {
      items: PAPER_ITEMS,
      passMark,
      minutes: minutes + (record.extraMinutes ?? 0),
      pauseAfter,
      pauseMinutes,
      mustRead,
      ...(window && { window }),
    },
    ...(record.campus !== undefined && { campus: record.campus }),
    ...(library && { campuses: [...library.branches] }),
    ...(open?.state === 'open' &&
      open.endsAt > now && {
        open: { attemptId: open._id, endsAt: timestamp(open.endsAt), answered: countAnswered(open.answers) },
      }),
    failures,
    ...(pausedUntil !== undefined && { pausedUntil: timestamp(pausedUntil) }),
    ...(record.lastAttempt !== undefined && { lastAttemptId: record.lastAttempt }),
    ...(record.pass && { pass: describePass(record.pass, unlock) }),
    ...(standing === 'waived' && unlock && { waiver: describeOpening(unlock) }),
  };
}

function standingOf({ record, binding, rules }: Learner): OverviewOutput['standing'] {
  if (record.pass) return 'passed';
  if (record.waivedAt !== undefined) return 'waived';
  // where the card's description cannot be read any more, what was known of it when the record was last seen to
  const known = binding.profile ?? { readerType: { code: record.readerType }, grade: record.grade };
  return isAskedOf(known, rules.settings) ? 'required' : 'exempt';
}

/** Orders what a pass or a waiver opens where that could not be done with the marking. */
async function catchUp(context: Context, { record, rules, readerKey, binding }: Learner): Promise<void> {
  if (!rules.settings.services.includes('borrowing')) return;
  const key = record.pass?.attemptId ?? `waiver-${readerKey}`;
  await orderUnlock(context, { readerKey, patronRef: binding.patronRef, key });
}

const describePass = (
  { at, mark }: NonNullable<OnboardingRecord['pass']>,
  unlock: UnlockDocument | undefined,
): OverviewOutput['pass'] => ({
  at: timestamp(at),
  mark,
  // nothing of the library's waits for it
  ...(unlock ? describeOpening(unlock) : { unlock: 'unlocked', libraryOpens: false }),
});

const describeOpening = ({
  state,
  opened,
  libraryText,
}: UnlockDocument): NonNullable<OverviewOutput['waiver']> => ({
  unlock: state,
  libraryOpens: opened !== false,
  ...(libraryText !== undefined && { libraryText }),
});
