import type * as v from 'valibot';
import type { ReportDisputeInput, ReportDisputeOutput } from '../../../contracts/report/actions';
import type { Context } from '../../runtime/context';
import { requireFound } from '../../runtime/require';
import { countCall } from '../../stores/rates';
import { askAgain, findReportHead } from '../../stores/reports';
import { findPublished } from './find-published';

/** Has the caller's report computed once more by the job, from what is found then. */
export async function disputeReport(
  context: Context,
  { season }: v.InferOutput<typeof ReportDisputeInput>,
): Promise<v.InferOutput<typeof ReportDisputeOutput>> {
  const now = context.now();
  await countCall(context.openid, 'report.write', now);
  const head = requireFound(await findReportHead(context.openid, season), 'report');
  // nobody has seen a report whose year is not published
  if (head.state === 'made') await findPublished(now, season);
  return askAgain(head, now);
}
