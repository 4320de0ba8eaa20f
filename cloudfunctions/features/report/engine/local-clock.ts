import { wallTimeOf } from '../../../../library-systems/zoned-time';

export const DAY_SECONDS = 86_400;
/** Within this no zone puts its clocks forward and back again. */
const SPAN_SECONDS = 4 * DAY_SECONDS;
/** Forty years of them; nonsense dates must not fill the memory. */
const MOST_OFFSETS = 3_700;

/** A day, and a second of it where the source gives a time: local, without a zone. */
export interface Moment {
  /** Days since 1970-01-01. */
  day: number;
  /** Seconds since midnight, -1 where only the day is known. */
  second: number;
}

/**
 * A library's clocks: what they show at a point in time. A zone's offset is asked for once in four days
 * and kept, for asking takes a hundred times as long as the rest.
 */
export class LocalClock {
  readonly #offsets = new Map<number, number>();

  /** @param timeZone IANA name; @throws RangeError where there is no such zone */
  constructor(readonly timeZone: string) {
    this.#offset(0);
  }

  /** @param utcSeconds since the epoch */
  read(utcSeconds: number): Moment {
    const local = utcSeconds + this.#offset(utcSeconds);
    const day = Math.floor(local / DAY_SECONDS);
    return { day, second: Math.floor(local - day * DAY_SECONDS) };
  }

  /** Seconds ahead of UTC. */
  #offset(utcSeconds: number): number {
    const span = Math.floor(utcSeconds / SPAN_SECONDS);
    let offset = this.#offsets.get(span);
    if (offset === undefined) {
      offset = offsetIn(this.timeZone, span * SPAN_SECONDS);
      const after = offsetIn(this.timeZone, (span + 1) * SPAN_SECONDS);
      if (offset !== after) offset = Number.NaN;
      if (this.#offsets.size < MOST_OFFSETS) this.#offsets.set(span, offset);
    }
    // clocks are put forward or back within these days
    return Number.isNaN(offset) ? offsetIn(this.timeZone, utcSeconds) : offset;
  }
}

function offsetIn(timeZone: string, utcSeconds: number): number {
  const { year, month, day, hour, minute, second } = wallTimeOf(utcSeconds * 1_000, timeZone);
  const shown = Date.UTC(year, month - 1, day, hour, minute, second);
  return shown / 1_000 - Math.floor(utcSeconds);
}

/** The day of a date as its number since 1970-01-01; NaN where no calendar has it. */
export function dayNumber(year: number, month: number, day: number): number {
  if (month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) return Number.NaN;
  // Howard Hinnant's days_from_civil: years begin in March, so that the leap day is the last
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

const texts = new Map<number, string>();
const MOST_TEXTS = 4_000;

/** `YYYY-MM-DD`; the days of a few years recur in every report. */
export function dateText(day: number): string {
  let text = texts.get(day);
  if (text === undefined) {
    text = new Date(day * DAY_SECONDS * 1_000).toISOString().slice(0, 10);
    if (texts.size < MOST_TEXTS) texts.set(day, text);
  }
  return text;
}
