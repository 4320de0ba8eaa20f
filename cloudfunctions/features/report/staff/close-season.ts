import { AppError } from '../../../runtime/app-error';
import type { Context } from '../../../runtime/context';
import { writeAudit } from '../../../stores/audit';
import { forgetParts } from '../../../stores/report-imports';
import { addSeason, removeOpenSeason } from '../../../stores/report-seasons';
import { countInSteps } from '../../../stores/report-steps';
import { showProgress } from './show-progress';
import type { StaffInput } from './staff-input';

const STEPS = ['gather', 'make', 'done'] as const;

/** Removes a year that was opened by mistake, as long as nobody has anything in it. */
export async function closeYear(
  context: Context,
  { by, season }: StaffInput<'report.close'>,
): Promise<Record<string, never>> {
  const { optedIn } = await showProgress(context, season);
  if (optedIn > 0) throw inUse();
  await writeAudit({ by, action: 'report.close', details: { season } }, context.now());
  const removed = await removeOpenSeason(season);
  if (!removed) throw new AppError('BAD_REQUEST', 'season: expected an open one without an import');
  // who opts in looks for the year afterwards: of the two that come at once, one at least finds the other
  if ((await countInSteps(season, STEPS)) > 0) {
    await addSeason(removed);
    throw inUse();
  }
  // loans of an import that was cut off lapse by themselves
  await forgetParts(season);
  return {};
}

const inUse = (): AppError =>
  new AppError('BAD_REQUEST', 'season: expected one that nobody has opted in for');
