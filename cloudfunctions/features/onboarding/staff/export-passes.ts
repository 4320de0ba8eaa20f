import type { Context } from '../../../runtime/context';
import { timestamp } from '../../../runtime/format-time';
import { writeAudit } from '../../../stores/audit';
import { listPassed, type OnboardingRecord } from '../../../stores/onboarding-readers';
import { findUnlockStates } from '../../../stores/onboarding-unlocks';
import type { StaffInput, StaffOutput } from './staff-input';

const PAGE = 200;

/** Who has passed, in the order of their codes: each reader stands in it once, also when others pass meanwhile. */
export async function exportPasses(
  context: Context,
  { by, reason, after }: StaffInput<'onboarding.export'>,
): Promise<StaffOutput<'onboarding.export'>> {
  await writeAudit(
    { by, action: 'onboarding.export', details: { reason, first: after === undefined } },
    context.now(),
  );
  const found = (await listPassed(after, PAGE)) as Pick<
    OnboardingRecord,
    '_id' | 'readerCode' | 'readerType' | 'college' | 'grade' | 'pass'
  >[];
  const unlocks = await findUnlockStates(found.map(({ _id }) => _id));
  const next = found.length === PAGE ? found.at(-1)?.readerCode : undefined;
  return {
    rows: found.map(({ _id, readerCode, readerType, college, grade, pass }) => ({
      readerCode,
      readerType,
      college,
      grade,
      passedAt: timestamp(pass!.at),
      mark: pass!.mark,
      unlock: unlocks.get(_id) ?? 'unlocked',
    })),
    ...(next !== undefined && { next }),
  };
}
