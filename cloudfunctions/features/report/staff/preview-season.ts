import type { Context } from '../../../runtime/context';
import { writeAudit } from '../../../stores/audit';
import { sampleReports } from '../../../stores/report-steps';
import { readYear } from '../job/figures';
import { requireSeason } from './show-progress';
import type { StaffInput, StaffOutput } from './staff-input';

/** How many reports are looked through, and how many of a tier are shown. */
const LOOKED_AT = 60;
const OF_A_TIER = 3;

/** The library's figures and some reports, whose nobody can tell, to be looked at before publication. */
export async function previewYear(
  context: Context,
  { by, season: id }: StaffInput<'report.preview'>,
): Promise<StaffOutput<'report.preview'>> {
  const season = await requireSeason(id);
  await writeAudit({ by, action: 'report.preview', details: { season: id } }, context.now());
  const [year, reports] = await Promise.all([readYear(season), sampleReports(context.desk(), id, LOOKED_AT)]);
  const shown = new Map<string, number>();
  const samples = reports.flatMap(({ tier, cards }) => {
    const count = (shown.get(tier) ?? 0) + 1;
    shown.set(tier, count);
    return count > OF_A_TIER ? [] : [{ tier, cards }];
  });
  return { ...(year && { year }), samples };
}
