import { DEMO_OFFSET } from './places';

const DAY_MS = 86_400_000;
const OFFSET_MS = 8 * 3_600_000;

/** The library's date at a point in time: `2026-11-21`. @param now milliseconds since the epoch */
export const localDate = (now: number): string => new Date(now + OFFSET_MS).toISOString().slice(0, 10);

export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);

/** 1 Monday … 7 Sunday. */
export const weekday = (date: string): number => new Date(date).getUTCDay() || 7;

/** Everything is due at the end of a day. */
export const dueOn = (date: string): string => `${date}T23:59:00${DEMO_OFFSET}`;
