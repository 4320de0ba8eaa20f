import { addDays } from '../local-date';
import { isOpenOn, vacationOn } from '../opening-hours';

/** Far beyond the longest vacation: a branch that never opens must not be waited for without end. */
const MAX_PUSH_DAYS = 120;

const known = new Map<string, boolean>();

/** Looked up for the same days over and over. */
function isOpen(branch: string, date: string): boolean {
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

/** How many open days lie after `from` up to and including `to`. */
export function openDaysBetween(branch: string, from: string, to: string): number {
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isOpen(branch, day)) count++;
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
