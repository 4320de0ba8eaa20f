import dayjs from 'dayjs';
import timezone from 'dayjs/plugin/timezone';
import utc from 'dayjs/plugin/utc';
import type { HoursOutput, OpeningDay } from '../../../contracts/library';
import type { Context } from '../../runtime/context';
import { requireCapability } from '../../runtime/require';

dayjs.extend(utc);
dayjs.extend(timezone);

/** Opening hours of every branch for today and the six days after, in the library's time zone. */
export async function showHours(context: Context): Promise<HoursOutput> {
  const library = await context.library();
  const policy = requireCapability(library.policy, 'opening hours');
  const now = dayjs(context.now()).tz(library.timeZone);
  const [today, lastDay, time] = [
    now.format('YYYY-MM-DD'),
    now.add(6, 'day').format('YYYY-MM-DD'),
    now.format('HH:mm'),
  ];
  const branches = await Promise.all(
    library.branches.map(async (branch) => {
      const days = await policy.openingHours(branch.code, today, lastDay);
      return {
        branch,
        days,
        ...stateAt(
          time,
          days.find((day) => day.date === today),
        ),
      };
    }),
  );
  return { asOf: now.format(), branches };
}

/** Whether a day's intervals hold `time` (HH:mm), and when that changes next on the same day. */
export function stateAt(time: string, day: OpeningDay | undefined): { openNow: boolean; changesAt?: string } {
  const intervals = day?.intervals ?? [];
  const current = intervals.find(({ from, to }) => from <= time && time < to);
  if (current) return { openNow: true, changesAt: current.to };
  const next = intervals
    .map(({ from }) => from)
    .filter((from) => from > time)
    .sort()[0];
  return next === undefined ? { openNow: false } : { openNow: false, changesAt: next };
}
