import type { ReportOverviewOutput } from '../../../contracts/report/actions';
import { requireBinding } from '../../readers/reader';
import type { Context } from '../../runtime/context';
import { eraseReports } from '../../stores/erase-reports';
import { countCall } from '../../stores/rates';
import { readerKeyOf } from '../../stores/reader-key';
import { describeOverview } from './describe-overview';

/** Erases the reports of all years, their versions, their links, and the loans from which they were made. */
export async function optOut(context: Context): Promise<ReportOverviewOutput> {
  const { openid } = context;
  const binding = await requireBinding(context);
  const now = context.now();
  await countCall(openid, 'report.write', now);
  await eraseReports(openid, readerKeyOf(context.desk().lookup, binding.patronRef), now);
  return describeOverview(context, binding);
}
