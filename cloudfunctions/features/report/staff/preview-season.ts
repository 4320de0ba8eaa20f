import { LEAST_READERS } from '../../../../contracts/report/fields';
import type { Context } from '../../../runtime/context';
import { writeAudit } from '../../../stores/audit';
import type { SeasonDocument } from '../../../stores/report-seasons';
import { countInState, sampleReports } from '../../../stores/report-steps';
import { sampleOf } from '../engine/show-to-others';
import { readYear } from '../job/figures';
import { requireSeason } from './show-progress';
import type { StaffInput, StaffOutput } from './staff-input';

/** How many reports are looked through, and how many of a tier are shown. */
const LOOKED_AT = 60;
const OF_A_TIER = 3;

type Preview = StaffOutput<'report.preview'>;

/** The library's figures and the counts of some reports, whose nobody can tell, to be looked at before publication. */
export async function previewYear(
  context: Context,
  { by, season: id }: StaffInput<'report.preview'>,
): Promise<Preview> {
  const season = await requireSeason(id);
  await writeAudit({ by, action: 'report.preview', details: { season: id } }, context.now());
  const [year, made] = await Promise.all([readYear(season), countInState(id, 'made')]);
  const samples = made < LEAST_READERS ? [] : await takeSamples(context, id);
  return { ...(year ? { year } : { withoutYear: whyNone(season) }), made, samples };
}

const whyNone = ({ figures, import: main }: SeasonDocument): NonNullable<Preview['withoutYear']> => {
  if (!figures) return 'notCounted';
  return main ? 'tooFew' : 'noImport';
};

async function takeSamples(context: Context, season: string): Promise<Preview['samples']> {
  const shown = new Map<string, number>();
  return (await sampleReports(context.desk(), season, LOOKED_AT)).flatMap((report) => {
    const count = (shown.get(report.tier) ?? 0) + 1;
    shown.set(report.tier, count);
    return count > OF_A_TIER ? [] : [{ tier: report.tier, cards: sampleOf(report) }];
  });
}
