import { localDate, zonedTimestamp } from '../zoned-time';

const DATE = /(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[\sT]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?/u;

/**
 * The first day in a text, as a due date: with its time where one other than midnight stands there, for
 * midnight is how these systems write "no time".
 */
export function dueAtIn(text: string, timeZone: string): string | undefined {
  const [, year, month, day, hour, minute, second] = DATE.exec(text.slice(0, 200)) ?? [];
  if (year === undefined) return undefined;
  const wall = {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour ?? 0),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
  };
  const midnight = wall.hour + wall.minute + wall.second === 0;
  return midnight ? localDate(wall) : (zonedTimestamp(wall, timeZone) ?? localDate(wall));
}

/** The first day in a text, `YYYY-MM-DD`. */
export const dateIn = (text: string): string | undefined => dueAtIn(text, 'UTC')?.slice(0, 10);

/** The last day in a text, such as the end of "2022.09.19-2026.06.30". */
export function lastDateIn(text: string): string | undefined {
  const dates = [...text.slice(0, 200).matchAll(new RegExp(DATE, 'gu'))];
  const last = dates.at(-1)?.[0];
  return last === undefined ? undefined : dateIn(last);
}

/** A year of publication that stands in a text such as "2016.6" or "重庆:重庆出版社,2008". */
export function yearIn(text: string): number | undefined {
  const years = text.match(/(?<!\d)(1[4-9]|20)\d{2}(?!\d)/gu);
  const last = years?.at(-1);
  return last === undefined ? undefined : Number(last);
}
