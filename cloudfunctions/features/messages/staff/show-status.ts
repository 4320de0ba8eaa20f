import type { Context } from '../../../runtime/context';
import { timestamp } from '../../../runtime/format-time';
import { countDeliveries, countLate } from '../../../stores/message-counts';
import { countPlans } from '../../../stores/message-plans';
import { readMessageSettings } from '../../../stores/message-settings';
import { countPushes } from '../../../stores/message-pushes';
import { findLibraryFacts, findPause } from '../../../stores/message-work';
import { hoursAt } from '../job/hours';
import type { StaffInput, StaffOutput } from './staff-input';

const DAY_MS = 86_400_000;
/** What is due is sent within a minute, unless many have to be told on one morning. */
const LATE_MS = 30 * 60_000;

/** How messages fare, in numbers. */
export async function showStatus(
  context: Context,
  { days }: StaffInput<'messages.status'>,
): Promise<StaffOutput<'messages.status'>> {
  const now = context.now();
  const [counts, settings, pause, { lastAskedAt, ...plans }, late, pushes] = await Promise.all([
    countDeliveries(now - days * DAY_MS),
    readMessageSettings(),
    findPause(now),
    countPlans(now),
    findLate(now),
    countPushes(now),
  ]);
  return {
    asOf: timestamp(now),
    counts,
    set: settings.templates.flatMap(({ kinds }) => kinds),
    ...(pause.until !== undefined && { pausedUntil: timestamp(pause.until) }),
    ...plans,
    ...(lastAskedAt !== undefined && { lastAskedAt: timestamp(lastAskedAt) }),
    ...(late !== undefined && { late }),
    pushes,
  };
}

/** @returns undefined at night, in the first half hour of a day, and where the job has never run */
async function findLate(now: number): Promise<number | undefined> {
  const facts = await findLibraryFacts();
  if (!facts) return undefined;
  const { isDay, opensAt } = hoursAt(now, facts.timeZone);
  return isDay && now - LATE_MS >= opensAt ? countLate(now - LATE_MS) : undefined;
}
