import type { Context } from '../../../runtime/context';
import { writeAudit } from '../../../stores/audit';
import { keepMessageSettings, readMessageSettings } from '../../../stores/message-settings';
import type { StaffInput, StaffOutput } from './staff-input';

/** Shows the library's templates, or puts them in; they count everywhere within half a minute. */
export async function changeTemplates(
  context: Context,
  { by, settings }: StaffInput<'messages.templates'>,
): Promise<StaffOutput<'messages.templates'>> {
  if (!settings) return { settings: await readMessageSettings() };
  const now = context.now();
  await writeAudit({ by, action: 'messages.templates', details: { settings } }, now);
  await keepMessageSettings(settings, now);
  return { settings };
}
