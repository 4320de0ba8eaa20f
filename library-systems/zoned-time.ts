import dayjs from 'dayjs';
import timezone from 'dayjs/plugin/timezone';
import utc from 'dayjs/plugin/utc';

dayjs.extend(utc);
dayjs.extend(timezone);

/** A wall clock's time; months and days count from 1. */
export interface WallTime {
  year: number;
  month: number;
  day: number;
  hour?: number;
  minute?: number;
  second?: number;
}

const pad = (n: number, width = 2): string => String(n).padStart(width, '0');

/** `YYYY-MM-DD`, or `undefined` for a day that no calendar has. */
export function localDate({ year, month, day }: WallTime): string | undefined {
  const date = `${pad(year, 4)}-${pad(month)}-${pad(day)}`;
  const real = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(real.getTime()) && real.toISOString().startsWith(date) ? date : undefined;
}

/**
 * A wall clock's time with the offset that its zone has then, e.g.
 * `2026-11-28T23:59:00+08:00`; `undefined` for a time that no clock shows.
 */
export function zonedTimestamp(wall: WallTime, timeZone: string): string | undefined {
  const date = localDate(wall);
  const { hour = 0, minute = 0, second = 0 } = wall;
  if (date === undefined || hour > 23 || minute > 59 || second > 59) return undefined;
  return dayjs.tz(`${date}T${pad(hour)}:${pad(minute)}:${pad(second)}`, timeZone).format();
}

/** The date in a time zone, `YYYY-MM-DD`. @param ms since the epoch */
export const localDateOf = (ms: number, timeZone: string): string =>
  dayjs(ms).tz(timeZone).format('YYYY-MM-DD');

/** A point in time with the offset of a zone. @param ms since the epoch */
export const zonedTimestampOf = (ms: number, timeZone: string): string => dayjs(ms).tz(timeZone).format();
