import { localDate, localDateOf, wallTimeOf, zonedTimestamp, zonedTimestampOf } from '../zoned-time';

/** `YYYYMMDD`, then four characters of zone, then `HHMMSS` (SIP 2.00, "Date"). */
const STAMP = /^(\d{4})(\d\d)(\d\d)(.{4})(\d\d)(\d\d)(\d\d)$/;
/** No loan is older than this; before 1901 zones had offsets with seconds, which a timestamp cannot tell. */
const EARLIEST_YEAR = 1970;
/** What servers send instead: `2022-02-26`, `2022/2/26 23:59`, `20220226`, ISO 8601. */
const LOOSE =
  /^(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})(?:[T ]+(\d{1,2}):(\d\d)(?::(\d\d))?(?:\.\d{1,6})?(Z|[+-]\d\d:?\d\d)?)?$/;

/**
 * A date of the library, as the contract's `DueAt`: a date, or a time with the
 * library's offset. Unmarked times are in `sentIn`; those marked `Z` are UTC.
 * A zone that is not known leaves the date only. `undefined` for what is no date.
 * @param timeZone the library's, in which the result is told
 * @param sentIn the zone of times without a mark
 */
export function readDate(text: string, timeZone: string, sentIn: string): string | undefined {
  if (Number(text.trimStart().slice(0, 4)) < EARLIEST_YEAR) return undefined;
  const stamp = STAMP.exec(text.padEnd(18).slice(0, 18));
  if (stamp) {
    const [, year, month, day, zone, hour, minute, second] = stamp;
    const wall = {
      year: Number(year),
      month: Number(month),
      day: Number(day),
      hour: Number(hour),
      minute: Number(minute),
      second: Number(second),
    };
    const mark = zone!.trim();
    if (mark === '') return inZone(wall, sentIn, timeZone);
    return mark === 'Z' ? inZone(wall, 'UTC', timeZone) : localDate(wall);
  }
  const loose = LOOSE.exec(text.trim());
  if (!loose) return undefined;
  const [, year, separator, month, day, hour, minute, second = '0', offset] = loose;
  if (separator === '' && (month!.length !== 2 || day!.length !== 2)) return undefined;
  const date = { year: Number(year), month: Number(month), day: Number(day) };
  if (hour === undefined) return localDate(date);
  const wall = { ...date, hour: Number(hour), minute: Number(minute), second: Number(second) };
  if (offset === undefined) return inZone(wall, sentIn, timeZone);
  const utc = inZone(wall, 'UTC', 'UTC');
  return utc && zonedTimestampOf(Date.parse(utc) - minutesOf(offset) * 60_000, timeZone);
}

type Wall = Parameters<typeof zonedTimestamp>[0];

function inZone(wall: Wall, zone: string, timeZone: string): string | undefined {
  const stamp = zonedTimestamp(wall, zone);
  return stamp === undefined || zone === timeZone ? stamp : zonedTimestampOf(Date.parse(stamp), timeZone);
}

function minutesOf(offset: string): number {
  if (offset === 'Z') return 0;
  const digits = offset.replace(':', '');
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5));
  return digits.startsWith('-') ? -minutes : minutes;
}

/** Now as a message carries it: local time of the library, unmarked. @param now ms since the epoch */
export function writeStamp(now: number, timeZone: string): string {
  const { year, month, day, hour, minute, second } = wallTimeOf(now, timeZone);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${year}${two(month)}${two(day)}    ${two(hour)}${two(minute)}${two(second)}`;
}

/** Whether a due date is past. A date without time ends with its day. @param now ms since the epoch */
export const isOverdue = (dueAt: string, now: number, timeZone: string): boolean =>
  dueAt.length === 10 ? localDateOf(now, timeZone) > dueAt : now > Date.parse(dueAt);
