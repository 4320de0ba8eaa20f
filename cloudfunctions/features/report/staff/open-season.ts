import { AppError } from '../../../runtime/app-error';
import type { Context } from '../../../runtime/context';
import { writeAudit } from '../../../stores/audit';
import { changeSeason, openSeason } from '../../../stores/report-seasons';
import { spanOf } from '../season-span';
import { changeReading } from './change-reading';
import { showProgress } from './show-progress';
import type { StaffInput, StaffOutput } from './staff-input';

const BEFORE_COUNT = ['open', 'gathering'] as const;
const BEFORE_PUBLICATION = [...BEFORE_COUNT, 'counting', 'discarding', 'computing', 'ready'] as const;

const DAY = 86_400_000;
const MOST_DAYS_AHEAD = 370;
const MOST_DAYS_AGO = 5 * 365 + 1;

/** Opens a year for opting in, or changes when it is to be published and how its imports are to be read. */
export async function openYear(
  context: Context,
  order: StaffInput<'report.season'>,
): Promise<StaffOutput<'report.season'>> {
  const { by, season, publishAt, returnsKnown, importSince } = order;
  const now = context.now();
  requireNear(season, now);
  const reading = changeReading(order);
  const details = { season, publishAt, returnsKnown, importSince };
  await writeAudit({ by, action: 'report.season', details }, now);
  await openSeason(season, now);
  if (Object.keys(reading).length > 0 && !(await changeSeason(season, BEFORE_COUNT, reading)))
    throw new AppError('BAD_REQUEST', 'season: expected one whose loans have not been counted');
  const publication = { publishAt: publishAt ? Date.parse(publishAt) : undefined };
  if (publishAt !== undefined && !(await changeSeason(season, BEFORE_PUBLICATION, publication)))
    throw new AppError('BAD_REQUEST', 'season: expected one that is not published');
  return showProgress(context, season);
}

/** A slip of the finger must not open a year that would stand before all others. @throws {AppError} BAD_REQUEST */
function requireNear(season: string, now: number): void {
  const span = spanOf(season);
  const day = Math.floor(now / DAY);
  if (span.fromDay - day > MOST_DAYS_AHEAD || day - span.toDay > MOST_DAYS_AGO)
    throw new AppError(
      'BAD_REQUEST',
      'season: expected one that begins within 370 days or ended within 5 years',
    );
}
