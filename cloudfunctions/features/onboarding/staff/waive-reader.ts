import type { Context } from '../../../runtime/context';
import { requireFound } from '../../../runtime/require';
import { writeAudit } from '../../../stores/audit';
import { findByCode, keepWaiver } from '../../../stores/onboarding-readers';
import type { StaffInput } from './staff-input';

/** Lets a reader off, or takes that back. */
export async function waiveReader(
  context: Context,
  { by, reason, reader, on }: StaffInput<'onboarding.waive'>,
): Promise<Record<string, never>> {
  const { _id } = requireFound(await findByCode(reader), 'reader');
  const now = context.now();
  await writeAudit({ by, action: 'onboarding.waive', reader, details: { on, reason } }, now);
  await keepWaiver(_id, on ? now : undefined, now);
  return {};
}
