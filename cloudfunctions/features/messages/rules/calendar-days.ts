const DAY_MS = 86_400_000;

/**
 * The calendar day of a date or time of the library's, as its number since 1970-01-01: the first ten characters are
 * its local date. NaN for what no calendar has.
 */
export const dayOf = (localDate: string): number =>
  Date.parse(`${localDate.slice(0, 10)}T00:00:00Z`) / DAY_MS;

/** `YYYY-MM-DD` of such a number. */
export const dateOfDay = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
