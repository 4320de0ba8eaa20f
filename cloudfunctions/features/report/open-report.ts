import type * as v from 'valibot';
import type { ReportOpenInput, ReportOpenOutput } from '../../../contracts/report/actions';
import { MOST_DISPUTES } from '../../../contracts/report/inputs';
import type { Context } from '../../runtime/context';
import { timestamp } from '../../runtime/format-time';
import { requireFound } from '../../runtime/require';
import { tokenOf } from '../../stores/report-shares';
import { findReport, type ReportDocument } from '../../stores/reports';
import { posterOf } from './engine/show-to-others';
import { findPublished, listPublished } from './find-published';
import { requireReport } from './require-report';

/** A report of the caller's, of the year named or else of the newest that they have one of: one read. */
export async function openReport(
  context: Context,
  { season }: v.InferOutput<typeof ReportOpenInput>,
): Promise<ReportOpenOutput> {
  const desk = context.desk();
  const document = requireFound(await findDocument(context, season), 'report');
  const report = requireReport(desk, document);
  const token = tokenOf(desk, document);
  const { hidden, link, earlier } = document;
  return {
    season: document.season,
    report,
    earlier: [...earlier]
      .sort((a, b) => b.version - a.version)
      .map(({ version, asOf, madeAt }) => ({ version, asOf: timestamp(asOf), madeAt: timestamp(madeAt) })),
    madeAt: timestamp(requireFound(document.madeAt, 'time of the report')),
    hidden,
    poster: posterOf(report, hidden),
    ...(link && token !== undefined && { link: { token, cards: link.cards, since: timestamp(link.since) } }),
    disputed: document.step !== 'done',
    disputesLeft: Math.max(0, MOST_DISPUTES - document.disputes),
  };
}

async function findDocument(
  context: Context,
  season: string | undefined,
): Promise<ReportDocument | undefined> {
  const { openid } = context;
  const now = context.now();
  if (season !== undefined) return findReport(openid, (await findPublished(now, season))._id);
  for (const { _id } of await listPublished(now)) {
    const found = await findReport(openid, _id);
    if (found?.report !== undefined) return found;
  }
  return undefined;
}
