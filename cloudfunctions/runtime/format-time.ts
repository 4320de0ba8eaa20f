/** A point in time as the contract gives it. @param ms since the epoch */
export const timestamp = (ms: number): string => new Date(ms).toISOString();

/** The date in a time zone, `YYYY-MM-DD`. @param ms since the epoch */
export const localDate = (ms: number, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(ms);

/** Where our libraries are; for what must work while the library, which would tell, is out of reach. */
export const HOME_TIME_ZONE = 'Asia/Shanghai';
