import type { OnboardingSettings } from '../../../contracts/onboarding/settings';
import { requireBinding } from '../../readers/reader';
import { AppError } from '../../runtime/app-error';
import type { Context } from '../../runtime/context';
import { isStillBound, type OpenBinding } from '../../stores/bindings';
import {
  addRecord,
  findRecord,
  keepBelonging,
  removeRecord,
  type Belonging,
  type OnboardingRecord,
} from '../../stores/onboarding-readers';
import { currentRules, type OnboardingRules } from '../../stores/onboarding-settings';
import { countOften } from '../../stores/rates';
import { readerKeyOf } from '../../stores/reader-key';

/** What is counted together: looking, saving, and beginning or handing in a paper. */
type Kind = 'read' | 'write' | 'sit';

/** A caller with a bound card, how far its owner has come, and by what rules. */
export interface Learner {
  binding: OpenBinding;
  readerKey: string;
  record: OnboardingRecord;
  rules: OnboardingRules;
}

/** Who asks, without the record. @throws {AppError} CARD_NOT_BOUND, BUSY */
export async function requireKey(
  context: Context,
  kind: Kind,
): Promise<{ binding: OpenBinding; readerKey: string }> {
  const binding = await requireBinding(context);
  await countOften(context.openid, `onboarding.${kind}`, context.now());
  return { binding, readerKey: readerKeyOf(context.desk().lookup, binding.patronRef) };
}

/**
 * The record of the card that the caller has bound; made at the first call.
 * @throws {AppError} CARD_NOT_BOUND, BUSY
 */
export async function openRecord(context: Context, kind: Kind): Promise<Learner> {
  const { binding, readerKey } = await requireKey(context, kind);
  const [record, rules] = await Promise.all([
    findOrMake(context, binding, readerKey),
    currentRules(context.now()),
  ]);
  return { binding, readerKey, record, rules };
}

async function findOrMake(
  context: Context,
  binding: OpenBinding,
  readerKey: string,
): Promise<OnboardingRecord> {
  const belonging = belongingOf(binding);
  const found = await findRecord(readerKey);
  if (found) {
    const fields = ['readerType', 'college', 'grade'] as const;
    if (belonging && fields.some((field) => found[field] !== belonging[field])) {
      await keepBelonging(found, belonging, context.now());
    }
    return { ...found, ...belonging };
  }
  const added = await addRecord(
    readerKey,
    belonging ?? { readerType: '', college: '', grade: '' },
    context.now(),
  );
  // a call that was on its way while all was erased must leave nothing behind
  if (added && !(await isStillBound(binding))) {
    await removeRecord(readerKey);
    throw new AppError('CARD_NOT_BOUND', 'the binding has ended');
  }
  const made = await findRecord(readerKey);
  if (!made) throw new AppError('CARD_NOT_BOUND', 'the record was erased');
  return made;
}

/** Undefined when the card's description cannot be read any more: what was known stays. */
const belongingOf = ({ profile }: OpenBinding): Belonging | undefined =>
  profile && {
    readerType: profile.readerType.code,
    college: profile.department ?? '',
    grade: profile.grade ?? '',
  };

/** Failures that count now, and until when there is a pause because of them, ms. */
export function failuresOf(
  { failures, failedAt }: OnboardingRecord,
  { pauseAfter, pauseMinutes }: OnboardingSettings,
  now: number,
): { failures: number; pausedUntil?: number } {
  if (failures < pauseAfter || failedAt === undefined) return { failures };
  const until = failedAt + pauseMinutes * 60_000;
  // after the pause the run begins anew
  return until > now ? { failures, pausedUntil: until } : { failures: 0 };
}
