import type * as v from 'valibot';
import type { ReportOptInInput, ReportOverviewOutput } from '../../../contracts/report/actions';
import { requireBinding } from '../../readers/reader';
import { AppError } from '../../runtime/app-error';
import type { Context } from '../../runtime/context';
import { requireFound } from '../../runtime/require';
import { eraseReport } from '../../stores/erase-reports';
import { countCall } from '../../stores/rates';
import { readerKeyOf } from '../../stores/reader-key';
import { currentSeasons, findSeason } from '../../stores/report-seasons';
import { addReport, KEPT_FOR, reportIdOf } from '../../stores/reports';
import { describeOverview, mainOf } from './describe-overview';

/** Asks for a report of a year that the library has opened; the job makes it. Asking again changes only what keywords may speak of. */
export async function optIn(
  context: Context,
  { season: wanted, sensitive }: v.InferOutput<typeof ReportOptInInput>,
): Promise<ReportOverviewOutput> {
  const { openid } = context;
  const binding = await requireBinding(context);
  const now = context.now();
  await countCall(openid, 'report.write', now);
  const seasons = await currentSeasons(now);
  const year = wanted === undefined ? mainOf(seasons) : seasons.find(({ _id }) => _id === wanted);
  const { _id: season } = requireFound(year, 'year of reports');
  const _id = reportIdOf(openid, season);
  const isBound = await addReport({
    _id,
    owner: openid,
    bindingId: binding.bindingId,
    patron: readerKeyOf(context.desk().lookup, binding.patronRef),
    ...{ season, since: now, sensitive },
    ...{ step: 'gather', due: now, tries: 0, state: 'waiting' },
    ...{ earlier: [], hidden: [], disputes: 0 },
    ...{ changedAt: now, expiresAt: now + KEPT_FOR },
  });
  if (!isBound) throw new AppError('CARD_NOT_BOUND', 'the binding has ended');
  // the year may have been closed since it was read
  if (!(await findSeason(season))) {
    await eraseReport(_id);
    throw new AppError('NOT_FOUND', 'the year of reports has been closed');
  }
  return describeOverview(context, binding);
}
