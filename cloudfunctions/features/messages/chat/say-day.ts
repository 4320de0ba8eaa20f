import { HOME_TIME_ZONE, localDate } from '../../../runtime/format-time';
import type { Language } from './words';

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/**
 * A day as people say it; the year only when it is another one.
 * @param day begins with `YYYY-MM-DD`: a date, or what is due
 * @param now ms since the epoch
 */
export function sayDay(day: string, language: Language, now: number): string {
  const [year = 0, month = 1, date = 1] = day.slice(0, 10).split('-').map(Number);
  const same = localDate(now, HOME_TIME_ZONE).startsWith(String(year));
  if (language === 'zh') return `${same ? '' : `${year}年`}${month}月${date}日`;
  return `${date} ${MONTHS[month - 1] ?? ''}${same ? '' : ` ${year}`}`;
}

/** A moment, to the minute. @param timestamp ISO 8601 */
export function sayMoment(timestamp: string, language: Language, now: number): string {
  const at = Date.parse(timestamp);
  const [day = '', time = ''] = new Intl.DateTimeFormat('sv-SE', {
    timeZone: HOME_TIME_ZONE,
    dateStyle: 'short',
    timeStyle: 'short',
  })
    .format(at)
    .split(' ');
  return `${sayDay(day, language, now)} ${time}`;
}
