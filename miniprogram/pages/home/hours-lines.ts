import type { HoursOutput } from '../../../contracts/library';
import { fill, type Language, type Texts } from '../../i18n/index';
import { daysUntil, relativeDay, dayText } from '../../lib/dates';

/** Today at one branch, in a line. */
export interface HoursLine {
  code: string;
  name: string;
  open: boolean;
  words: string;
  /** The library's own remark on the day */
  note: string;
}

type BranchHours = HoursOutput['branches'][number];

export function hoursLines(hours: HoursOutput, t: Texts['home'], language: Language): HoursLine[] {
  return hours.branches.map((branch) => ({
    code: branch.branch.code,
    name: branch.branch.name,
    open: branch.openNow,
    words: branch.openNow ? openWords(branch, t) : closedWords(branch, t, language),
    note: branch.days[0]?.note ?? '',
  }));
}

function openWords({ changesAt }: BranchHours, t: Texts['home']): string {
  return changesAt === undefined ? t.open : fill(t.openUntil, { time: changesAt });
}

function closedWords({ changesAt, days }: BranchHours, t: Texts['home'], language: Language): string {
  if (changesAt !== undefined) return fill(t.opensAt, { time: changesAt });
  const [firstDay, ...later] = days;
  const next = later.find((day) => day.intervals.length > 0);
  const time = next?.intervals[0]?.from;
  if (firstDay === undefined || next === undefined || time === undefined) return t.closed;
  const away = daysUntil(next.date, firstDay.date);
  const day =
    away === 1
      ? relativeDay(next.date, language, firstDay.date)
      : dayText(next.date, language, firstDay.date);
  return fill(t.opensOn, { day, time });
}
