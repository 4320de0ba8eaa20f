import { timestamp } from '../../runtime/format-time';
import type { GatheredLoans } from '../../stores/report-loans';
import type { SeasonDocument } from '../../stores/report-seasons';
import { LocalClock } from './engine/local-clock';
import type { Reading } from './engine/prepare-loans';
import { readMoment } from './engine/read-moment';
import { spanOf } from './season-span';

/** How loans of a year are read, by where they come from. The year must have been started. */
export function readingsOf(
  season: SeasonDocument,
): (loans: Pick<GatheredLoans, 'source' | 'from'>) => Reading {
  const clock = new LocalClock(season.timeZone!);
  const span = spanOf(season._id);
  const snapshot = readMoment(timestamp(season.asOf!), clock)!;
  const known = new Map<string, Reading>();
  return ({ source, from }) => {
    const since = source === 'import' ? season.importSince : from;
    const returnsKnown = source === 'import' ? season.returnsKnown : true;
    const key = `${since}:${returnsKnown}`;
    let reading = known.get(key);
    if (!reading) {
      reading = { span, clock, snapshot, returnsKnown, sinceDay: readMoment(since, clock)?.day };
      known.set(key, reading);
    }
    return reading;
  };
}
