import { AppError } from '../../../runtime/app-error';
import type { Context } from '../../../runtime/context';
import { writeAudit } from '../../../stores/audit';
import { forgetParts } from '../../../stores/report-imports';
import { removeOpenSeason } from '../../../stores/report-seasons';
import { showProgress } from './show-progress';
import type { StaffInput } from './staff-input';

/** Removes a year that was opened by mistake, as long as nobody has anything in it. */
export async function closeYear(
  context: Context,
  { by, season }: StaffInput<'report.close'>,
): Promise<Record<string, never>> {
  const { optedIn } = await showProgress(context, season);
  if (optedIn > 0) throw new AppError('BAD_REQUEST', 'season: expected one that nobody has opted in for');
  await writeAudit({ by, action: 'report.close', details: { season } }, context.now());
  if (!(await removeOpenSeason(season)))
    throw new AppError('BAD_REQUEST', 'season: expected an open one without an import');
  // loans of an import that was cut off lapse by themselves
  await forgetParts(season);
  return {};
}
