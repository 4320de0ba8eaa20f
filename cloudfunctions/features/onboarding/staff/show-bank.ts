import type { Context } from '../../../runtime/context';
import { requireFound } from '../../../runtime/require';
import { writeAudit } from '../../../stores/audit';
import { findPublished } from '../../../stores/onboarding-banks';
import { readRules } from '../../../stores/onboarding-settings';
import type { StaffInput, StaffOutput } from './staff-input';

/** A part of a bank with its keys, for whoever keeps it; each bank that was ever published is still there. */
export async function showBank(
  context: Context,
  { by, version: wanted, slice }: StaffInput<'onboarding.bank'>,
): Promise<StaffOutput<'onboarding.bank'>> {
  const version = wanted ?? requireFound((await readRules()).bank, 'bank').version;
  const [items, next] = await Promise.all([findPublished(version, slice), findPublished(version, slice + 1)]);
  const found = requireFound(items, 'bank');
  // once for the whole of it
  if (slice === 0) await writeAudit({ by, action: 'onboarding.bank', details: { version } }, context.now());
  return { version, items: found, last: next === undefined };
}
