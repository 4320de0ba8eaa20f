import type { Context } from '../../../runtime/context';
import { writeAudit } from '../../../stores/audit';
import { keepSettings, readRules } from '../../../stores/onboarding-settings';
import type { StaffInput, StaffOutput } from './staff-input';

/** Shows how the library wants its onboarding, or changes it; a change holds everywhere within half a minute. */
export async function changeSettings(
  context: Context,
  { by, settings }: StaffInput<'onboarding.settings'>,
): Promise<StaffOutput<'onboarding.settings'>> {
  const { settings: current, bank } = await readRules();
  const kept = bank && { bank: { version: bank.version, items: bank.items } };
  if (!settings) return { settings: current, ...kept };
  const now = context.now();
  await writeAudit({ by, action: 'onboarding.settings', details: { settings } }, now);
  await keepSettings(settings, now);
  return { settings, ...kept };
}
