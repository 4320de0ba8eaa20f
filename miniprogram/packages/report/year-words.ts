import type { ReportWindow } from '../../../contracts/report/fields';
import type { Language } from '../../i18n/index';
import { dayText } from '../../lib/dates';
import { say, type ReportWords } from './words/index';

/** "2026 年", "2025–2026 学年". */
export function yearName({ kind, year }: ReportWindow, { cards: t }: ReportWords): string {
  return kind === 'calendar' ? say(t.calendarYear, { year }) : say(t.academicYear, { year, next: year + 1 });
}

/** A day of the year that a report is about: with its number only where it is another one. */
export function yearDay(day: string, { from }: ReportWindow, language: Language): string {
  return dayText(day, language, from);
}
