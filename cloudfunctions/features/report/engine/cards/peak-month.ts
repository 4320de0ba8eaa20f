import type { MakeCard } from '../material';
import type { Reading } from '../prepare-loans';

/** A peak stands out from the mean by more than this many loans. */
const STANDS_OUT_BY = 2;

export const makePeakMonth: MakeCard<'peakMonth'> = ({ facts }) => {
  const { months, loans, reading } = facts;
  const most = Math.max(...months);
  const known = knownMonths(reading);
  if (most - loans.length / known <= STANDS_OUT_BY) return 'flat';
  return {
    kind: 'peakMonth',
    month: reading.span.monthNames[months.indexOf(most)]!,
    loans: most,
    how: { allLoans: loans.length, months: known },
  };
};

/** Months of the window that have begun by the snapshot, and of which the history knows at least a part. */
function knownMonths({ span, snapshot, sinceDay = span.fromDay }: Reading): number {
  const { monthStarts } = span;
  return monthStarts
    .slice(0, 12)
    .filter((start, i) => start <= snapshot.day && monthStarts[i + 1]! > sinceDay).length;
}
