import { requestFailed, unsupported } from '../wire-error';
import { localTime, zoneOffset } from './time-zone';

const DAY_MS = 86_400_000;

const startOfYear = (year: number): number => new Date(0).setUTCFullYear(year, 0, 1);

/** 1 to 366. All dates here read in UTC as the clocks in the wanted zone do. */
export const dayOfYear = (local: Date): number =>
  Math.floor((local.getTime() - startOfYear(local.getUTCFullYear())) / DAY_MS) + 1;

/** 0 to 53: weeks begin on Sunday, days before the first Sunday are in week 0. */
export const weekOfYear = (local: Date): number => Math.floor((dayOfYear(local) + 6 - local.getUTCDay()) / 7);

/** The year to which the ISO week belongs: that of its Thursday. */
export function isoWeekYear(local: Date): number {
  return new Date(local.getTime() + (4 - (local.getUTCDay() || 7)) * DAY_MS).getUTCFullYear();
}

export function isoWeek(local: Date): number {
  const thursday = new Date(local.getTime() + (4 - (local.getUTCDay() || 7)) * DAY_MS);
  return Math.floor((dayOfYear(thursday) - 1) / 7) + 1;
}

const pad = (value: number, digits: number): string => String(value).padStart(digits, '0');

function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60), 2)}${pad(size % 60, 2)}`;
}

function directive(letter: string, local: Date, offsetMinutes: number): string {
  switch (letter) {
    case 'Y':
      return pad(local.getUTCFullYear(), 4);
    case 'm':
      return pad(local.getUTCMonth() + 1, 2);
    case 'd':
      return pad(local.getUTCDate(), 2);
    case 'H':
      return pad(local.getUTCHours(), 2);
    case 'M':
      return pad(local.getUTCMinutes(), 2);
    case 'S':
      return pad(local.getUTCSeconds(), 2);
    case 'L':
      return pad(local.getUTCMilliseconds(), 3);
    case 'j':
      return pad(dayOfYear(local), 3);
    case 'w':
      return String(local.getUTCDay() + 1);
    case 'u':
      return String(local.getUTCDay() || 7);
    case 'U':
      return pad(weekOfYear(local), 2);
    case 'V':
      return pad(isoWeek(local), 2);
    case 'G':
      return pad(isoWeekYear(local), 4);
    case 'z':
      return offsetText(offsetMinutes);
    case 'Z':
      return String(offsetMinutes);
    case '%':
      return '%';
    default:
      throw unsupported(`%${letter} in the format of $dateToString`);
  }
}

export function formatDate(date: Date, format: string, zone: string): string {
  if (format.replace(/%./gs, '').includes('%')) throw requestFailed("Unmatched '%' at end of format string");
  const local = localTime(date, zone);
  const offsetMinutes = Math.round(zoneOffset(zone, date.getTime()) / 60_000);
  return format.replace(/%(.)/gs, (_, letter: string) => directive(letter, local, offsetMinutes));
}
