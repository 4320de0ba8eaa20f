import type { Context } from '../../../runtime/context';
import { timestamp } from '../../../runtime/format-time';
import { countPlans } from '../../../stores/message-plans';
import { readMessageSettings } from '../../../stores/message-settings';
import { findPause } from '../../../stores/message-work';
import { countDeliveries } from '../../../stores/messages';
import type { StaffInput, StaffOutput } from './staff-input';

const DAY_MS = 86_400_000;

/** How messages fare, in numbers. */
export async function showStatus(
  context: Context,
  { days }: StaffInput<'messages.status'>,
): Promise<StaffOutput<'messages.status'>> {
  const now = context.now();
  const [counts, settings, pause, { lastAskedAt, ...plans }] = await Promise.all([
    countDeliveries(now - days * DAY_MS),
    readMessageSettings(),
    findPause(now),
    countPlans(now),
  ]);
  return {
    asOf: timestamp(now),
    counts,
    set: settings.templates.flatMap(({ kinds }) => kinds),
    ...(pause.until !== undefined && { pausedUntil: timestamp(pause.until) }),
    ...plans,
    ...(lastAskedAt !== undefined && { lastAskedAt: timestamp(lastAskedAt) }),
  };
}
