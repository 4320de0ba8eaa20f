import { wallTimeOf, zonedTimestamp, type WallTime } from '../../../../library-systems/zoned-time';

/** Hours of the library's clocks between which nothing is sent. */
export const QUIET = { from: 22, until: 8 } as const;
const DAY_MS = 86_400_000;

/** How the day of a library stands. Times in ms since the epoch. */
export interface Hours {
  /** Whether messages may be sent now. */
  isDay: boolean;
  /** Local date, `YYYY-MM-DD`, of the day in which sending is allowed: the one that is, or comes next. */
  day: string;
  /** Between which moments it may be done on that day. */
  opensAt: number;
  closesAt: number;
  /** When the night before that day began. */
  nightAt: number;
}

/** @param now ms since the epoch @param timeZone IANA name */
export function hoursAt(now: number, timeZone: string): Hours {
  const wall = wallTimeOf(now, timeZone);
  const isEvening = wall.hour >= QUIET.from;
  const today = { year: wall.year, month: wall.month, day: wall.day };
  const of = isEvening ? addDays(today, 1) : today;
  const opensAt = momentOf(of, QUIET.until, timeZone);
  return {
    isDay: !isEvening && wall.hour >= QUIET.until,
    day: `${pad(of.year, 4)}-${pad(of.month)}-${pad(of.day)}`,
    opensAt,
    closesAt: momentOf(of, QUIET.from, timeZone),
    nightAt: momentOf(addDays(of, -1), QUIET.from, timeZone),
  };
}

type Day = Pick<WallTime, 'year' | 'month' | 'day'>;
const pad = (n: number, width = 2): string => String(n).padStart(width, '0');

function addDays({ year, month, day }: Day, days: number): Day {
  const date = new Date(Date.UTC(year, month - 1, day) + days * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

const momentOf = (day: Day, hour: number, timeZone: string): number =>
  Date.parse(zonedTimestamp({ ...day, hour }, timeZone)!);
