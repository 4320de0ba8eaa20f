import type { OpeningDay } from '../../contracts/library';
import { addDays, weekday } from './local-date';

type Intervals = OpeningDay['intervals'];

const span = (from: string, to: string): Intervals => [{ from, to }];
const LONG = span('08:00', '22:30');
const SHORT = span('09:00', '16:30');
const CLOSED: Intervals = [];

/** Monday to Sunday in term. */
const TERM: Readonly<Record<string, readonly Intervals[]>> = {
  MAIN: [LONG, LONG, LONG, LONG, LONG, LONG, LONG],
  EAST: [...Array<Intervals>(5).fill(span('08:30', '22:00')), span('09:00', '17:00'), CLOSED],
  MED: [
    ...Array<Intervals>(4).fill(span('08:00', '21:30')),
    [...span('08:00', '12:00'), ...span('18:00', '21:30')],
    span('09:00', '17:00'),
    span('13:00', '21:30'),
  ],
};

/** Monday to Sunday in vacations. */
const VACATION: Readonly<Record<string, readonly Intervals[]>> = {
  MAIN: [SHORT, SHORT, SHORT, SHORT, SHORT, CLOSED, CLOSED],
  EAST: [CLOSED, SHORT, CLOSED, SHORT, CLOSED, CLOSED, CLOSED],
  MED: [CLOSED, CLOSED, SHORT, CLOSED, CLOSED, CLOSED, CLOSED],
};

/** Month and day of the vacations, both ends included; the same each year in the demo. */
const VACATIONS = [
  { from: '01-18', to: '02-26', name: '寒假' },
  { from: '07-13', to: '08-30', name: '暑假' },
] as const;

/** What the library says of the half-closed Fridays of the medical branch. */
const FRIDAY_NOTE = '周五下午业务学习，12:00–18:00 闭馆';

/** Opening of one branch for each day from `from` to `to`; empty for an unknown branch. */
export function openingHours(branch: string, from: string, to: string): OpeningDay[] {
  const days: OpeningDay[] = [];
  if (!Object.hasOwn(TERM, branch)) return days;
  for (let date = from; date <= to; date = addDays(date, 1)) days.push(openingDay(branch, date));
  return days;
}

export const isOpenOn = (branch: string, date: string): boolean =>
  openingHours(branch, date, date).some(({ intervals }) => intervals.length > 0);

/** The name of the vacation that a date lies in, if it does. */
export const vacationOn = (date: string): string | undefined =>
  VACATIONS.find((v) => date.slice(5) >= v.from && date.slice(5) <= v.to)?.name;

function openingDay(branch: string, date: string): OpeningDay {
  const holiday = holidayOn(date);
  if (holiday) {
    const open = branch === 'MAIN' && holiday !== '春节';
    return { date, intervals: open ? SHORT : CLOSED, note: `${holiday}${open ? '' : '闭馆'}` };
  }
  const vacation = vacationOn(date);
  const intervals = (vacation ? VACATION : TERM)[branch]?.[weekday(date) - 1] ?? CLOSED;
  if (vacation) return { date, intervals, note: vacation };
  return { date, intervals, ...(branch === 'MED' && weekday(date) === 5 && { note: FRIDAY_NOTE }) };
}

/**
 * Festivals of the lunar calendar as dates. A table, because the calendar that
 * comes with the runtime puts the new year of 2027 a day late (its new moon
 * falls four minutes before midnight). Other years have none in the demo.
 */
const SPRING_FESTIVAL = ['2025-01-29', '2026-02-17', '2027-02-06', '2028-01-26', '2029-02-13', '2030-02-03'];
const DRAGON_BOAT = ['2025-05-31', '2026-06-19', '2027-06-09', '2028-05-28', '2029-06-16', '2030-06-05'];
const MID_AUTUMN = ['2025-10-06', '2026-09-25', '2027-09-15', '2028-10-03', '2029-09-22', '2030-09-12'];

/** The national holiday of a date; compensating working weekends are announced each year and left out. */
function holidayOn(date: string): string | undefined {
  const monthDay = date.slice(5);
  // From the eve to the seventh day.
  if (SPRING_FESTIVAL.some((day) => date >= addDays(day, -1) && date <= addDays(day, 6))) return '春节';
  if (monthDay === '01-01') return '元旦';
  if (monthDay === `04-0${qingming(Number(date.slice(0, 4)))}`) return '清明节';
  if (monthDay >= '05-01' && monthDay <= '05-05') return '劳动节';
  if (DRAGON_BOAT.includes(date)) return '端午节';
  if (MID_AUTUMN.includes(date)) return '中秋节';
  return monthDay >= '10-01' && monthDay <= '10-07' ? '国庆节' : undefined;
}

/** Day in April of the solar term Qingming, for 2000–2099. */
const qingming = (year: number): number =>
  Math.floor((year % 100) * 0.2422 + 4.81) - Math.floor((year % 100) / 4);
