import { dayNumber } from '../engine/local-clock';
import { AppError } from '../../../runtime/app-error';
import type { Context } from '../../../runtime/context';
import { localDate, timestamp } from '../../../runtime/format-time';
import { writeAudit } from '../../../stores/audit';
import { findParts } from '../../../stores/report-imports';
import { changeSeason, type SeasonDocument } from '../../../stores/report-seasons';
import { spanOf } from '../season-span';
import { requireSeason, showProgress } from './show-progress';
import type { StaffInput, StaffOutput } from './staff-input';

/**
 * Takes the snapshot; the job begins with the next beat. Before the window has ended is allowed: what comes after the
 * snapshot is not in it.
 * @throws {AppError} LIBRARY_UNREACHABLE: its time zone is not known
 */
export async function startYear(
  context: Context,
  { by, season: id, asOf: wanted }: StaffInput<'report.start'>,
): Promise<StaffOutput<'report.start'>> {
  const season = await requireSeason(id);
  const now = context.now();
  const asOf = wanted === undefined ? now : Date.parse(wanted);
  if (asOf > now) throw new AppError('BAD_REQUEST', 'asOf: expected a moment that has passed');
  const { timeZone } = await context.library();
  if (dayOf(asOf, timeZone) < spanOf(id).fromDay)
    throw new AppError('BAD_REQUEST', 'asOf: expected a moment within the year or after it');
  await requireImport(season, now);
  await writeAudit({ by, action: 'report.start', details: { season: id, asOf: timestamp(asOf) } }, now);
  const start = { stage: 'gathering', asOf, startedAt: now, movedAt: now, timeZone } as const;
  if (!(await changeSeason(id, ['open'], start)))
    throw new AppError('BAD_REQUEST', 'season: expected one that has not been started');
  return showProgress(context, id);
}

function dayOf(at: number, timeZone: string): number {
  const [year, month, day] = localDate(at, timeZone).split('-').map(Number);
  return dayNumber(year!, month!, day!);
}

/** Loans that nobody counted go after a while; a part of an import must not be taken for the whole of it. */
async function requireImport({ _id, import: main }: SeasonDocument, now: number): Promise<void> {
  if (!main) return;
  const parts = (await findParts(_id, now)).filter((part) => part.import === main.id);
  const loans = parts.reduce((sum, part) => sum + part.loans, 0);
  if (loans < main.loans || parts.length === 0)
    throw new AppError('BAD_REQUEST', 'import: expected one of the last eight weeks; put it in again');
}
