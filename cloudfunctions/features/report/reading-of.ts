import type { GatheredLoans } from '../../stores/report-loans';
import type { SeasonDocument } from '../../stores/report-seasons';
import { LocalClock } from './engine/local-clock';
import type { Reading } from './engine/prepare-loans';
import { readMoment } from './engine/read-moment';
import { spanOf } from './span-of';

/** Of a year of reports, what its loans are read by. */
export type ReadSeason = Pick<SeasonDocument, '_id' | 'importSince' | 'returnsKnown'> & { timeZone: string };

/**
 * How the loans of a reader are read for a year: the same for the report and for the list of its books.
 * @param loans where they come from; an import alone may not tell of returns
 * @param asOf the snapshot, ms
 * @param clock of the season's time zone, where many readers share one
 */
export function readingOf(
  { _id, timeZone, returnsKnown, importSince }: ReadSeason,
  { source, from }: Pick<GatheredLoans, 'source' | 'from'>,
  asOf: number,
  clock: LocalClock = new LocalClock(timeZone),
): Reading {
  const since = source === 'import' ? importSince : from;
  return {
    span: spanOf(_id),
    clock,
    snapshot: clock.read(asOf / 1_000),
    returnsKnown: source !== 'import' || returnsKnown,
    sinceDay: readMoment(since, clock)?.day,
  };
}
