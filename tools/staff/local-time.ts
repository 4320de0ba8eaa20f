import { HOME_TIME_ZONE, localDate } from '../../cloudfunctions/runtime/format-time';

/** The library's date, whatever zone this machine is in, `YYYY-MM-DD`. @param now ms since the epoch */
export const dateAtHome = (now: number): string => localDate(now, HOME_TIME_ZONE);

/** China has one time and changes no clocks. */
const OFFSET = '+08:00';
const FORMAT = new Intl.DateTimeFormat('sv-SE', {
  timeZone: HOME_TIME_ZONE,
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** The library's time with its offset, e.g. `2026-11-21 10:00:00 +08:00`. @param time as the contract gives it */
export const timeAtHome = (time: string): string => `${FORMAT.format(new Date(time))} ${OFFSET}`;
