import type { Context } from '../../../runtime/context';
import { findParts } from '../../../stores/report-imports';
import { requireSeason } from './show-progress';
import type { StaffInput, StaffOutput } from './staff-input';

/** Which parts of an import are there, so that one that was cut off goes on. */
export async function listParts(
  context: Context,
  { season, import: id }: StaffInput<'report.importParts'>,
): Promise<StaffOutput<'report.importParts'>> {
  await requireSeason(season);
  const parts = await findParts(season, context.now());
  const mine = parts.filter((one) => one.import === id).map(({ part }) => part);
  return { parts: mine.sort((a, b) => a - b) };
}
