import type { ReportOverviewOutput } from '../../../contracts/report/actions';
import { requireBinding } from '../../readers/reader';
import type { Context } from '../../runtime/context';
import { countOften } from '../../stores/rates';
import { describeOverview } from './describe-overview';

/** Which year collects or can be seen, how far the caller's own report is, and which others they have. */
export async function showOverview(context: Context): Promise<ReportOverviewOutput> {
  const binding = await requireBinding(context);
  await countOften(context.openid, 'report.read', context.now());
  return describeOverview(context, binding);
}
