/** A wall clock's time; months and days count from 1. */
export interface WallTime {
  year: number;
  month: number;
  day: number;
  hour?: number;
  minute?: number;
  second?: number;
}

/** Before it zones had offsets that are no whole minutes; no library lends into the past. */
const FIRST_YEAR = 1970;
const LAST_YEAR = 9999;
const MINUTE_MS = 60_000;

const pad = (n: number, width = 2): string => String(n).padStart(width, '0');

/** Making one takes a hundred times as long as using it; dayjs makes one for every time that it converts. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockIn(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const two = '2-digit';
  const clock = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, hourCycle: 'h23', year: 'numeric' },
    ...{ month: two, day: two, hour: two, minute: two, second: two },
  });
  clocks.set(timeZone, clock);
  return clock;
}

/** What the clocks of a zone show. @param ms since the epoch */
export function wallTimeOf(ms: number, timeZone: string): Required<WallTime> {
  const parts = clockIn(timeZone).formatToParts(ms);
  const part = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((one) => one.type === type)!.value);
  return {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
    second: part('second'),
  };
}

const utcOf = ({ year, month, day, hour = 0, minute = 0, second = 0 }: WallTime): number =>
  Date.UTC(year, month - 1, day, hour, minute, second);

/** How far a zone's clocks are ahead of UTC, in minutes. @param ms since the epoch */
const offsetAt = (ms: number, timeZone: string): number =>
  Math.round((utcOf(wallTimeOf(ms, timeZone)) - Math.floor(ms / 1_000) * 1_000) / MINUTE_MS);

const dateText = ({ year, month, day }: WallTime): string => `${pad(year, 4)}-${pad(month)}-${pad(day)}`;

function stamp(wall: WallTime, offset: number): string {
  const { hour = 0, minute = 0, second = 0 } = wall;
  const away = Math.abs(offset);
  const zone = `${offset < 0 ? '-' : '+'}${pad(Math.floor(away / 60))}:${pad(away % 60)}`;
  return `${dateText(wall)}T${pad(hour)}:${pad(minute)}:${pad(second)}${zone}`;
}

/** `YYYY-MM-DD`, or `undefined` for a day that no calendar has, or that is before 1970. */
export function localDate(wall: WallTime): string | undefined {
  const { year, month, day } = wall;
  if (!Number.isInteger(year) || year < FIRST_YEAR || year > LAST_YEAR) return undefined;
  const real = new Date(Date.UTC(year, month - 1, day));
  return real.getUTCMonth() === month - 1 && real.getUTCDate() === day ? dateText(wall) : undefined;
}

/**
 * A wall clock's time with the offset that its zone has then, e.g.
 * `2026-11-28T23:59:00+08:00`; `undefined` for a time that no clock shows. A
 * time that is left out when clocks are put forward is read by the offset from before.
 */
export function zonedTimestamp(wall: WallTime, timeZone: string): string | undefined {
  const { hour = 0, minute = 0, second = 0 } = wall;
  if (localDate(wall) === undefined) return undefined;
  if (!(hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second <= 59))
    return undefined;
  const asUtc = utcOf(wall);
  const guess = offsetAt(asUtc, timeZone);
  const settled = offsetAt(asUtc - guess * MINUTE_MS, timeZone);
  return stamp(wall, settled);
}

/** The date in a time zone, `YYYY-MM-DD`. @param ms since the epoch */
export const localDateOf = (ms: number, timeZone: string): string => dateText(wallTimeOf(ms, timeZone));

/** A point in time, to the second, with the offset of a zone. @param ms since the epoch */
export const zonedTimestampOf = (ms: number, timeZone: string): string =>
  stamp(wallTimeOf(ms, timeZone), offsetAt(ms, timeZone));
