import type { Context } from '../../../runtime/context';
import { requireFound } from '../../../runtime/require';
import { writeAudit } from '../../../stores/audit';
import { findByCode, keepWaiver } from '../../../stores/onboarding-readers';
import { dropFailedUnlock } from '../../../stores/onboarding-unlocks';
import type { StaffInput } from './staff-input';

/** Lets a reader off, or takes that back. What the library would not open before is asked of it anew. */
export async function waiveReader(
  context: Context,
  { by, reason, reader, on }: StaffInput<'onboarding.waive'>,
): Promise<Record<string, never>> {
  const { _id } = requireFound(await findByCode(reader), 'reader');
  const now = context.now();
  await writeAudit({ by, action: 'onboarding.waive', reader, details: { on, reason } }, now);
  await keepWaiver(_id, on ? now : undefined, now);
  if (on) await dropFailedUnlock(_id);
  return {};
}
