import { AppError } from '../../../runtime/app-error';
import type { Context } from '../../../runtime/context';
import { writeAudit } from '../../../stores/audit';
import { changeSeason, openSeason, type SeasonChange } from '../../../stores/report-seasons';
import { spanOf } from '../season-span';
import { showProgress } from './show-progress';
import type { StaffInput, StaffOutput } from './staff-input';

const BEFORE_COUNT = ['open', 'gathering'] as const;
const BEFORE_PUBLICATION = [...BEFORE_COUNT, 'counting', 'discarding', 'computing', 'ready'] as const;

/** Opens a year for opting in, or changes when it is to be published and how its imports are to be read. */
export async function openYear(
  context: Context,
  { by, season, publishAt, returnsKnown, importSince }: StaffInput<'report.season'>,
): Promise<StaffOutput<'report.season'>> {
  spanOf(season);
  const now = context.now();
  const details = { season, publishAt, returnsKnown, importSince };
  await writeAudit({ by, action: 'report.season', details }, now);
  await openSeason(season, now);
  const reading: SeasonChange = {
    ...(returnsKnown !== undefined && { returnsKnown }),
    ...(importSince !== undefined && { importSince: importSince ?? undefined }),
  };
  if (Object.keys(reading).length > 0 && !(await changeSeason(season, BEFORE_COUNT, reading)))
    throw new AppError('BAD_REQUEST', 'season: expected one whose loans have not been counted');
  const publication = { publishAt: publishAt ? Date.parse(publishAt) : undefined };
  if (publishAt !== undefined && !(await changeSeason(season, BEFORE_PUBLICATION, publication)))
    throw new AppError('BAD_REQUEST', 'season: expected one that is not published');
  return showProgress(context, season);
}
