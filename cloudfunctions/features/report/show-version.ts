import type * as v from 'valibot';
import type { ReportVersionInput, ReportVersionOutput } from '../../../contracts/report/actions';
import type { Context } from '../../runtime/context';
import { timestamp } from '../../runtime/format-time';
import { requireFound } from '../../runtime/require';
import { countOften } from '../../stores/rates';
import { findVersion, reportIdOf } from '../../stores/reports';
import { findPublished } from './find-published';

/** A report of the caller's as it was before it was computed once more. */
export async function showVersion(
  context: Context,
  { season, version }: v.InferOutput<typeof ReportVersionInput>,
): Promise<v.InferOutput<typeof ReportVersionOutput>> {
  const { openid } = context;
  await countOften(openid, 'report.read', context.now());
  await findPublished(context.now(), season);
  const found = requireFound(
    await findVersion(context.desk(), reportIdOf(openid, season), version),
    'version of the report',
  );
  return { report: found.report, madeAt: timestamp(found.madeAt) };
}
