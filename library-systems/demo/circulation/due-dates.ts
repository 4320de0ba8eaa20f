import { addDays } from '../local-date';
import { isOpenOn, vacationOn } from '../opening-hours';

/** Far beyond the longest vacation: a branch that never opens must not be waited for without end. */
const MAX_PUSH_DAYS = 120;

const known = new Map<string, boolean>();

/** The same days are looked up over and over. */
export function isOpen(branch: string, date: string): boolean {
  const key = `${branch} ${date}`;
  let open = known.get(key);
  if (open === undefined) known.set(key, (open = isOpenOn(branch, date)));
  return open;
}

/** The first day from `date` on, `date` included, on which the branch is open. */
export function nextOpenDay(branch: string, date: string): string {
  for (let i = 0, day = date; i <= MAX_PUSH_DAYS; i++, day = addDays(day, 1)) {
    if (isOpen(branch, day)) return day;
  }
  return date;
}

/** The nth open day after `date`; 0 gives `date` itself. */
export function addOpenDays(branch: string, date: string, count: number): string {
  let day = date;
  for (let i = 0; i < count; i++) day = nextOpenDay(branch, addDays(day, 1));
  return day;
}

/** Number of days since 1970. */
const dayNumber = (date: string): number => Date.parse(date) / 86_400_000;
const dayOf = (number: number): string => new Date(number * 86_400_000).toISOString().slice(0, 10);

/** Nobody asks for more; it also bounds the work when the clock jumps by centuries. */
const MAX_SPAN_DAYS = 400;
/** Running counts of open days by branch, from a day long before every loan. */
const COUNTED_FROM = dayNumber('2015-01-01');
const COUNTED_UNTIL = dayNumber('2050-01-01');
const counts = new Map<string, number[]>();

function countUntil(branch: string, day: number): number {
  let counted = counts.get(branch);
  if (!counted) counts.set(branch, (counted = [0]));
  for (let i = counted.length; i <= day - COUNTED_FROM; i++) {
    counted.push(counted[i - 1]! + (isOpenOn(branch, dayOf(COUNTED_FROM + i)) ? 1 : 0));
  }
  return counted[day - COUNTED_FROM]!;
}

/** How many open days lie after `from` up to and including `to`; days beyond 400 are not counted. */
export function openDaysBetween(branch: string, from: string, to: string): number {
  const first = dayNumber(from);
  const last = Math.min(dayNumber(to), first + MAX_SPAN_DAYS);
  if (last <= first) return 0;
  if (first >= COUNTED_FROM && last < COUNTED_UNTIL)
    return countUntil(branch, last) - countUntil(branch, first);
  let count = 0;
  for (let day = first + 1; day <= last; day++) if (isOpenOn(branch, dayOf(day))) count++;
  return count;
}

/**
 * When a book lent or renewed is due: what would be due in a vacation is due
 * after it, what would be due on a closed day on the next open one; never
 * later than the card is valid.
 */
export function dueDate(branch: string, from: string, days: number, expiresAt?: string): string {
  let due = addDays(from, days);
  for (let i = 0; i <= MAX_PUSH_DAYS && (vacationOn(due) !== undefined || !isOpen(branch, due)); i++) {
    due = addDays(due, 1);
  }
  return expiresAt !== undefined && expiresAt < due ? expiresAt : due;
}
