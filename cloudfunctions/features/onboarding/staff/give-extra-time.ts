import type { Context } from '../../../runtime/context';
import { requireFound } from '../../../runtime/require';
import { writeAudit } from '../../../stores/audit';
import { changeTime } from '../../../stores/onboarding-papers';
import { findByCode } from '../../../stores/onboarding-readers';
import type { StaffInput } from './staff-input';

/** Gives a reader more time for each paper, the open one included. */
export async function giveExtraTime(
  context: Context,
  { by, reason, reader, minutes }: StaffInput<'onboarding.extraTime'>,
): Promise<Record<string, never>> {
  const { _id } = requireFound(await findByCode(reader), 'reader');
  const now = context.now();
  await writeAudit({ by, action: 'onboarding.extraTime', reader, details: { minutes, reason } }, now);
  requireFound((await changeTime(_id, minutes, now)) || undefined, 'reader');
  return {};
}
