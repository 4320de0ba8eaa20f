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
  const record = requireFound(await findByCode(reader), 'reader');
  const now = context.now();
  await writeAudit({ by, action: 'onboarding.waive', reader, details: { on, reason } }, now);
  await keepWaiver(record, on ? now : undefined, now);
  if (on) await dropFailedUnlock(record._id);
  return {};
}
