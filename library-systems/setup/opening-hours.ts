import * as v from 'valibot';
import { LocalDate } from '../../contracts/fields';
import type { OpeningDay } from '../../contracts/library';
import type { Policy } from '../library-system';

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const DAY_MS = 86_400_000;

/** `08:00-22:00`; `24:00` is midnight at the end of the day. */
const Interval = v.pipe(
  v.string(),
  v.regex(/^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be written as 08:00-22:00'),
  v.check((text) => text.slice(0, 5) < text.slice(6), 'must end after it begins'),
);
const Intervals = v.pipe(
  v.array(Interval),
  v.maxLength(6),
  v.check(
    (intervals) => intervals.every((text, i) => i === 0 || intervals[i - 1]!.slice(6) <= text.slice(0, 5)),
    'must stand in order, without overlapping',
  ),
);

/** When one branch is open: by day of the week (a day left out is closed), and on single days otherwise. */
const BranchHours = v.strictObject({
  week: v.strictObject(
    Object.fromEntries(DAYS.map((day) => [day, v.optional(Intervals, [])])) as Record<
      (typeof DAYS)[number],
      v.OptionalSchema<typeof Intervals, []>
    >,
  ),
  days: v.optional(
    v.record(LocalDate, v.strictObject({ intervals: Intervals, note: v.optional(v.string()) })),
    {},
  ),
});

/** Opening hours by the code of the branch, for library systems that know none. */
export const OpeningHours = v.record(v.string(), BranchHours);
export type OpeningHours = v.InferOutput<typeof OpeningHours>;

/** Opening hours as they were configured; of a branch that was not, nothing is said. */
export function configuredHours(hours: OpeningHours): Policy {
  return {
    openingHours: async (branchCode, from, to) => {
      const branch = Object.hasOwn(hours, branchCode) ? hours[branchCode] : undefined;
      if (!branch) return [];
      const days: OpeningDay[] = [];
      for (let time = Date.parse(from); time <= Date.parse(to); time += DAY_MS) {
        const date = new Date(time).toISOString().slice(0, 10);
        const special = branch.days[date];
        const intervals = special?.intervals ?? branch.week[DAYS[new Date(time).getUTCDay()]!];
        days.push({
          date,
          intervals: intervals.map((text) => ({ from: text.slice(0, 5), to: text.slice(6) })),
          ...(special?.note !== undefined && { note: special.note }),
        });
      }
      return days;
    },
  };
}
