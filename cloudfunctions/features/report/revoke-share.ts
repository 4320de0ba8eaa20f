import type * as v from 'valibot';
import type { ReportRevokeInput } from '../../../contracts/report/actions';
import type { Context } from '../../runtime/context';
import { countCall } from '../../stores/rates';
import { changeShown } from '../../stores/report-shares';
import { reportIdOf } from '../../stores/reports';

/** Ends the link to a report for good, whatever has become of its year; none that is open is as well. */
export async function revokeShare(
  context: Context,
  { season }: v.InferOutput<typeof ReportRevokeInput>,
): Promise<Record<string, never>> {
  const now = context.now();
  await countCall(context.openid, 'report.write', now);
  await changeShown(context.desk(), reportIdOf(context.openid, season), ({ hidden }) => ({ hidden }), now);
  return {};
}
