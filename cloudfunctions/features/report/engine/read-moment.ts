import { DAY_SECONDS, dayNumber, type LocalClock, type Moment } from './local-clock';

const ZERO = 48;
const PLUS = 43;
const DASH = 45;
const COLON = 58;

/** Two digits at a place; NaN where there are none. */
function two(text: string, at: number): number {
  const tens = text.charCodeAt(at) - ZERO;
  const ones = text.charCodeAt(at + 1) - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

const OFFSET = /^(?:\.\d{1,9})?(Z|([+-])([01]\d|2[0-3]):?([0-5]\d))?$/;

/**
 * What a source wrote as a date or time, as the library's clocks show it: `2026-03-01`,
 * `2026-03-01T10:00`, with seconds, fractions of them, and an offset or none. No regular expression
 * looks at the common forms, for a million loans come through here.
 * @returns undefined for anything else, and for days and times that do not exist
 */
export function readMoment(text: string | undefined, clock: LocalClock): Moment | undefined {
  if (text === undefined || text.length < 10) return undefined;
  if (text.charCodeAt(4) !== DASH || text.charCodeAt(7) !== DASH) return undefined;
  const day = dayNumber(two(text, 0) * 100 + two(text, 2), two(text, 5), two(text, 8));
  if (Number.isNaN(day)) return undefined;
  if (text.length === 10) return { day, second: -1 };
  const between = text.charAt(10);
  if ((between !== 'T' && between !== ' ') || text.charCodeAt(13) !== COLON) return undefined;
  const withSeconds = text.charCodeAt(16) === COLON;
  const hour = two(text, 11);
  const minute = two(text, 14);
  const seconds = withSeconds ? two(text, 17) : 0;
  if (!(hour <= 23 && minute <= 59 && seconds <= 59)) return undefined;
  const second = hour * 3_600 + minute * 60 + seconds;
  const end = withSeconds ? 19 : 16;
  if (text.length === end) return { day, second };
  const offset = readOffset(text, end);
  if (offset === undefined) return undefined;
  return offset === LOCAL ? { day, second } : clock.read(day * DAY_SECONDS + second - offset);
}

const LOCAL = Number.POSITIVE_INFINITY;

/** Seconds ahead of UTC; `LOCAL` where the text has none. */
function readOffset(text: string, at: number): number | undefined {
  if (text.length === at + 1 && text.endsWith('Z')) return 0;
  if (text.length === at + 6 && text.charCodeAt(at) === PLUS && text.charCodeAt(at + 3) === COLON) {
    const hours = two(text, at + 1);
    const minutes = two(text, at + 4);
    return hours <= 23 && minutes <= 59 ? hours * 3_600 + minutes * 60 : undefined;
  }
  const found = OFFSET.exec(text.slice(at));
  if (!found) return undefined;
  const [, offset, sign, hours, minutes] = found;
  if (offset === undefined) return LOCAL;
  if (offset === 'Z') return 0;
  const seconds = Number(hours) * 3_600 + Number(minutes) * 60;
  return sign === '-' ? -seconds : seconds;
}
