import { HOME_TIME_ZONE } from '../../../cloudfunctions/runtime/format-time';
import { dateText, LocalClock } from '../../../cloudfunctions/features/report/engine/local-clock';
import { readMoment } from '../../../cloudfunctions/features/report/engine/read-moment';

/** What stands first in dates whose year is last. */
export type DateOrder = 'dmy' | 'mdy';

/** `ambiguous`: 03/04/2026 is in March or in April; `unreadable`: no date, or one that no calendar has. */
export type ReadDate = { text: string; day: number } | 'ambiguous' | 'unreadable';

const CLOCK = new LocalClock(HOME_TIME_ZONE);

const TIME =
  /^(上午|下午|[AP]M)?\s*(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?\s*([AP]M)?\s*(Z|[+-]\d\d:?\d\d)?$/iu;
const YEAR_FIRST =
  /^(?<year>\d{4})(?:[-/.]|年\s*)(?<month>\d{1,2})(?:[-/.]|月\s*)(?<day>\d{1,2})日?(?:(?:T|\s+)(?<time>.+))?$/iu;
const COMPACT = /^(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)(?:(?:T|\s*)(?<time>\d\d:?\d\d(?::?\d\d)?))?$/iu;
const YEAR_LAST = /^(?<first>\d{1,2})[-/.](?<second>\d{1,2})[-/.](?<year>\d{4})(?:(?:T|\s+)(?<time>.+))?$/iu;

/** Spreadsheets count days from 1899-12-30. */
const EPOCH_SERIAL = 25_569;
/** 2000-01-01 and 2100-12-31. */
const FIRST_SERIAL = 36_526;
const LAST_SERIAL = 73_415;
const DAY_SECONDS = 86_400;

/**
 * A date or time as library systems and spreadsheets write it, in the form of the contract of loans. A time of
 * exactly midnight is how databases write a day: it becomes the day, or readers would seem to borrow at midnight.
 * @returns `day`: days since 1970-01-01, local
 */
export function readDate(text: string, order?: DateOrder): ReadDate {
  // What is in form already, as nearly all are, is only looked at.
  const first = text.length === 10 || text.length === 19 ? inForm(text) : undefined;
  if (first) return first;
  const plain = text.normalize('NFKC').trim();
  if (/^\d{5}(\.\d+)?$/.test(plain)) return inForm(fromSerial(Number(plain))) ?? 'unreadable';
  const last = YEAR_LAST.exec(plain)?.groups;
  if (last && order === undefined) return 'ambiguous';
  const found = last ? inOrder(last, order) : (YEAR_FIRST.exec(plain) ?? COMPACT.exec(plain))?.groups;
  if (!found) return 'unreadable';
  const date = `${found['year']!}-${pad(found['month']!)}-${pad(found['day']!)}`;
  const time = found['time'] === undefined ? '' : toTime(found['time']);
  return (time === undefined ? undefined : inForm(date + time)) ?? 'unreadable';
}

/** `undefined` for what the engine would not read. */
function inForm(text: string): { text: string; day: number } | undefined {
  const moment = readMoment(text, CLOCK);
  if (!moment) return undefined;
  const { day, second } = moment;
  if (second <= 0) return { text: second === 0 ? dateText(day) : text, day };
  return { text: text.charAt(10) === ' ' ? text.replace(' ', 'T') : text, day };
}

const inOrder = (
  { first, second, year, time }: Record<string, string>,
  order: DateOrder | undefined,
): Record<string, string | undefined> =>
  order === 'mdy' ? { year, month: first, day: second, time } : { year, month: second, day: first, time };

const pad = (digits: string): string => digits.padStart(2, '0');

/** `T10:00:00` with the offset, if there is one. */
function toTime(text: string): string | undefined {
  const digits = /^(\d\d):?(\d\d)(?::?(\d\d))?$/.exec(text);
  if (digits) return `T${digits[1]!}:${digits[2]!}:${digits[3] ?? '00'}`;
  const [, before, hour, minute, second = '00', behind, offset = ''] = TIME.exec(text.trim()) ?? [];
  if (hour === undefined || minute === undefined) return undefined;
  const half = (before ?? behind)?.toUpperCase();
  const isMorning = half === '上午' || half === 'AM';
  const hours = Number(hour);
  if (half !== undefined && isMorning && hours > 12) return undefined;
  // 下午15:00 is written, too.
  const whole = half === undefined || hours > 12 ? hours : (hours % 12) + (isMorning ? 0 : 12);
  return `T${pad(String(whole))}:${minute}:${second}${offset.toUpperCase()}`;
}

/** The number that a spreadsheet shows for a date in a cell without a date's format. */
function fromSerial(serial: number): string {
  if (serial < FIRST_SERIAL || serial >= LAST_SERIAL + 1) return '';
  const seconds = Math.round((serial - EPOCH_SERIAL) * DAY_SECONDS);
  return new Date(seconds * 1_000).toISOString().slice(0, 19);
}
