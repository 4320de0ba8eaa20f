import { localDate } from '../local-date';
import { openDaysBetween } from './due-dates';
import { MAX_OVERDUE_FEN, OVERDUE_FEN_PER_OPEN_DAY } from './policy';

/**
 * What a book costs that is or was kept too long, in fen: by open day of its
 * branch after the day on which it was due, up to the cap.
 * @param until when it came back, or now; milliseconds since the epoch
 */
export function overdueFen(dueAt: string, branch: string, until: number): number {
  if (until <= Date.parse(dueAt)) return 0;
  const days = openDaysBetween(branch, dueAt.slice(0, 10), localDate(until));
  return Math.min(days * OVERDUE_FEN_PER_OPEN_DAY, MAX_OVERDUE_FEN);
}
