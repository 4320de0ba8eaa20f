export type DateLanguage = 'zh-CN' | 'en';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAY_MS = 86_400_000;
/** So much earlier than in UTC a day begins where our libraries are, all year round. */
const HOME_AHEAD_MS = 8 * 3_600_000;

/** The calendar day on this phone, `YYYY-MM-DD`. */
export function today(now: Date = new Date()): string {
  return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
}

/**
 * The calendar day at the library, wherever the phone is, `YYYY-MM-DD`.
 * @param moment ms since the epoch, or a timestamp
 */
export function dayAtHome(moment: number | string): string {
  return new Date(new Date(moment).getTime() + HOME_AHEAD_MS).toISOString().slice(0, 10);
}

/**
 * "11 月 28 日" or "28 Nov", with the year when it is not this one.
 * @param date begins with `YYYY-MM-DD`; what follows is ignored, for it stands in the library's own time zone
 */
export function dayText(date: string, language: DateLanguage, from: string = today()): string {
  const [year, month, day] = parts(date);
  const sameYear = from.startsWith(`${pad(year, 4)}-`);
  if (language === 'zh-CN') return `${sameYear ? '' : `${year} 年 `}${month} 月 ${day} 日`;
  return `${day} ${MONTHS[month - 1] ?? ''}${sameYear ? '' : ` ${year}`}`;
}

/** The day so many days after `date`, `YYYY-MM-DD`. */
export function plusDays(date: string, days: number): string {
  return new Date(dayNumber(date) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Whole days from `from` to `date`, negative when it has passed. */
export function daysUntil(date: string, from: string = today()): number {
  return Math.round((dayNumber(date) - dayNumber(from)) / DAY_MS);
}

/** "今天", "明天", "3 天后", "2 天前". */
export function relativeDay(date: string, language: DateLanguage, from: string = today()): string {
  const days = daysUntil(date, from);
  const zh = language === 'zh-CN';
  if (days === 0) return zh ? '今天' : 'today';
  if (days === 1) return zh ? '明天' : 'tomorrow';
  if (days === -1) return zh ? '昨天' : 'yesterday';
  if (days > 0) return zh ? `${days} 天后` : `in ${days} days`;
  return zh ? `${-days} 天前` : `${-days} days ago`;
}

/** "14:32" for a moment of today, "11 月 20 日 14:32" for an earlier one; the phone's own time zone. */
export function momentText(
  timestamp: string | number,
  language: DateLanguage,
  now: Date = new Date(),
): string {
  const moment = new Date(timestamp);
  const time = `${pad(moment.getHours())}:${pad(moment.getMinutes())}`;
  const day = today(moment);
  return day === today(now) ? time : `${dayText(day, language, today(now))} ${time}`;
}

function parts(date: string): [number, number, number] {
  return [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))];
}

function dayNumber(date: string): number {
  const [year, month, day] = parts(date);
  return Date.UTC(year, month - 1, day);
}

function pad(n: number, width = 2): string {
  return String(n).padStart(width, '0');
}
