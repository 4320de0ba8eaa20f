import { dateText } from '../local-clock';
import type { MakeCard } from '../material';

/** Monday is the first day of a week, and 1970-01-01 was a Thursday. */
const weekOf = (day: number): number => Math.floor((day + 3) / 7);
const mondayOf = (week: number): number => week * 7 - 3;

export const makeLibraryDays: MakeCard<'libraryDays'> = ({ facts, gateDays }) => {
  const { span, snapshot, sinceDay = span.fromDay } = facts.reading;
  const first = Math.max(span.fromDay, sinceDay);
  const last = Math.min(span.toDay, snapshot.day);
  const isWithin = (day: number): boolean => day >= first && day <= last;

  const events = new Set<number>();
  for (const { day } of facts.loans) events.add(day);
  for (const { returnDay } of facts.all) if (isWithin(returnDay)) events.add(returnDay);
  const gate = new Set(gateDays?.filter(isWithin));
  const days = gate.size === 0 ? events : new Set([...gate, ...events]);
  if (days.size === 0) return 'none';
  const streak = longestRun([...days].map(weekOf));
  return {
    kind: 'libraryDays',
    days: days.size,
    streakWeeks: streak.length,
    streakFrom: dateText(mondayOf(streak.start)),
    streakTo: dateText(mondayOf(streak.start + streak.length) - 1),
    how: { gateDays: gate.size, eventDays: events.size, gates: gateDays !== undefined },
  };
};

/** The longest run of consecutive numbers, the earliest of several. */
function longestRun(numbers: number[]): { start: number; length: number } {
  const sorted = numbers.sort((a, b) => a - b);
  let [start, previous] = [sorted[0]!, sorted[0]!];
  let best = { start, length: 1 };
  for (const number of sorted) {
    if (number > previous + 1) start = number;
    previous = number;
    if (number - start + 1 > best.length) best = { start, length: number - start + 1 };
  }
  return best;
}
