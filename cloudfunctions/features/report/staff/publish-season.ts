import { AppError } from '../../../runtime/app-error';
import type { Context } from '../../../runtime/context';
import { writeAudit } from '../../../stores/audit';
import { changeSeason } from '../../../stores/report-seasons';
import { requireSeason, showProgress } from './show-progress';
import type { StaffInput, StaffOutput } from './staff-input';

export async function publishYear(
  context: Context,
  { by, season }: StaffInput<'report.publish'>,
): Promise<StaffOutput<'report.publish'>> {
  await requireSeason(season);
  const now = context.now();
  await writeAudit({ by, action: 'report.publish', details: { season } }, now);
  if (!(await changeSeason(season, ['ready'], { stage: 'published', publishedAt: now })))
    throw new AppError('BAD_REQUEST', 'season: expected one that is ready');
  return showProgress(context, season);
}

/** Takes a published year back; a time that was set for its publication would bring it back at once, so it goes too. */
export async function withdrawYear(
  context: Context,
  { by, season }: StaffInput<'report.withdraw'>,
): Promise<StaffOutput<'report.withdraw'>> {
  await requireSeason(season);
  await writeAudit({ by, action: 'report.withdraw', details: { season } }, context.now());
  const back = { stage: 'ready', publishAt: undefined, publishedAt: undefined } as const;
  if (!(await changeSeason(season, ['published'], back)))
    throw new AppError('BAD_REQUEST', 'season: expected one that is published');
  return showProgress(context, season);
}
