import type { MakeCard } from '../material';
import type { KnownLoan } from '../prepare-loans';

const LEAST_TIMED = 10;

export const makePeakTime: MakeCard<'peakTime'> = ({ facts }) => {
  const timed = facts.loans.filter(({ second }) => second >= 0);
  if (timed.length === 0 || areDates(timed)) return 'noTimes';
  if (timed.length < LEAST_TIMED) return 'tooFew';
  const hours = new Array<number>(24).fill(0);
  const weekdays = new Array<number>(7).fill(0);
  for (const { day, second } of timed) {
    hours[Math.floor(second / 3_600)]!++;
    // 1970-01-01 was a Thursday
    weekdays[(day + 3) % 7]!++;
  }
  const [hourLoans, weekdayLoans] = [Math.max(...hours), Math.max(...weekdays)];
  return {
    kind: 'peakTime',
    hour: hours.indexOf(hourLoans),
    weekday: weekdays.indexOf(weekdayLoans) + 1,
    ...{ hourLoans, weekdayLoans, hours, weekdays },
    how: { timed: timed.length, loans: facts.loans.length },
  };
};

/** Days that a source wrote as times: all at midnight, or all on several days at the same second. */
function areDates(timed: readonly KnownLoan[]): boolean {
  const { day, second } = timed[0]!;
  if (timed.some((loan) => loan.second !== second)) return false;
  return second === 0 || timed.some((loan) => loan.day !== day);
}
