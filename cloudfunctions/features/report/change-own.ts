import type { Report } from '../../../contracts/report/report';
import type { Context } from '../../runtime/context';
import { requireFound } from '../../runtime/require';
import { countCall } from '../../stores/rates';
import { changeShown } from '../../stores/report-shares';
import { reportIdOf, type ReportDocument } from '../../stores/reports';
import { findPublished } from './find-published';
import { requireReport } from './require-report';

type Decide = Parameters<typeof changeShown>[2];

/**
 * Changes what the caller's own report of a published year shows, to them and by its link.
 * @param decide by the report as it is; may run again
 * @throws {AppError} NOT_FOUND, BUSY
 */
export async function changeOwn<S extends ReturnType<Decide>>(
  context: Context,
  season: string,
  decide: (document: ReportDocument, report: Report) => S,
): Promise<{ shown: S; token?: string }> {
  const { openid } = context;
  const now = context.now();
  await countCall(openid, 'report.write', now);
  await findPublished(now, season);
  const desk = context.desk();
  const changed = await changeShown(
    desk,
    reportIdOf(openid, season),
    (document) => decide(document, requireReport(desk, document)),
    now,
  );
  return requireFound(changed, 'report');
}
