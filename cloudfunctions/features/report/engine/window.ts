import type { ReportWindow } from '../../../../contracts/report/fields';
import { dateText, dayNumber } from './local-clock';

/** A window with its days as numbers since 1970-01-01. */
export interface Span {
  window: ReportWindow;
  fromDay: number;
  toDay: number;
  /** The first days of its twelve months, and of the month after it. */
  monthStarts: readonly number[];
  /** `YYYY-MM` of each month. */
  monthNames: readonly string[];
}

/** @param year in which the window begins */
export function makeSpan(kind: ReportWindow['kind'], year: number): Span {
  const first = kind === 'calendar' ? 1 : 9;
  const monthStarts = Array.from({ length: 13 }, (_, i) => {
    const month = first - 1 + i;
    return dayNumber(year + Math.floor(month / 12), (month % 12) + 1, 1);
  });
  const fromDay = monthStarts[0]!;
  const toDay = monthStarts[12]! - 1;
  return {
    window: { kind, year, from: dateText(fromDay), to: dateText(toDay) },
    fromDay,
    toDay,
    monthStarts,
    monthNames: monthStarts.slice(0, 12).map((day) => dateText(day).slice(0, 7)),
  };
}

/** Which of the twelve months a day of the window is in, from 0. */
export function monthOf({ fromDay, monthStarts }: Span, day: number): number {
  // no month is longer than 31 days, so the guess is never too late, and at most one too early
  const guess = Math.floor((day - fromDay) / 31);
  return day >= monthStarts[guess + 1]! ? guess + 1 : guess;
}
