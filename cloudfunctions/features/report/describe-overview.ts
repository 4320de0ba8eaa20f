import type { ReportOverviewOutput } from '../../../contracts/report/actions';
import type { LibrarySystem } from '../../../library-systems/library-system';
import type { Context } from '../../runtime/context';
import { timestamp } from '../../runtime/format-time';
import { inTime } from '../../runtime/in-time';
import type { OpenBinding } from '../../stores/bindings';
import { currentSeasons, type SeasonDocument } from '../../stores/report-seasons';
import { listReports, type ReportHead } from '../../stores/reports';
import { spanOf } from './season-span';

/** What a reader with a bound card is told of their reports. A library that is away keeps nobody from it. */
export async function describeOverview(
  context: Context,
  binding: OpenBinding,
): Promise<ReportOverviewOutput> {
  const [seasons, reports, library] = await Promise.all([
    currentSeasons(context.now()),
    listReports(context.openid),
    inTime(context.library()),
  ]);
  const main = mainOf(seasons);
  const next = seasons[0] === main ? undefined : seasons[0];
  const ofYear = (year: SeasonDocument | undefined): ReportHead | undefined =>
    reports.find(({ season }) => season === year?._id);
  const own = ofYear(main);
  return {
    ...(main && { season: describeSeason(main) }),
    sources: {
      ...(library && { library: tellsOfLoans(library, binding, main) }),
      seen: binding.historySince !== undefined,
    },
    ...(main && own && { own: describeOwn(own, main) }),
    ...(next && { next: describeNext(next, ofYear(next)) }),
    hasReports: reports.length > 0,
    past: seasons.flatMap(({ _id, stage }) => {
      const madeAt = reports.find(({ season }) => season === _id)?.madeAt;
      if (stage !== 'published' || madeAt === undefined) return [];
      return [{ season: _id, window: spanOf(_id).window, madeAt: timestamp(madeAt) }];
    }),
  };
}

/** The year that most can be done about: one that only collects must not hide one that can be read. */
export const mainOf = (seasons: readonly SeasonDocument[]): SeasonDocument | undefined =>
  seasons.find((season) => !collects(season)) ?? seasons[0];

function describeNext(
  { _id }: SeasonDocument,
  own: ReportHead | undefined,
): NonNullable<ReportOverviewOutput['next']> {
  return {
    ...{ id: _id, window: spanOf(_id).window },
    ...(own && { own: { since: timestamp(own.since) } }),
  };
}

function describeSeason(season: SeasonDocument): NonNullable<ReportOverviewOutput['season']> {
  const { _id, stage, publishAt } = season;
  return {
    id: _id,
    window: spanOf(_id).window,
    stage: stage === 'published' ? stage : collects(season) ? 'collecting' : 'making',
    ...(publishAt !== undefined && { publishAt: timestamp(publishAt) }),
  };
}

function describeOwn(
  { since, sensitive, state, failed, libraryText }: ReportHead,
  season: SeasonDocument,
): NonNullable<ReportOverviewOutput['own']> {
  const own = { since: timestamp(since), sensitive };
  if (collects(season)) return own;
  return {
    ...{ ...own, state },
    ...(failed !== undefined && { failed }),
    ...(libraryText !== undefined && { libraryText }),
  };
}

const collects = ({ stage }: SeasonDocument): boolean => stage === 'open' || stage === 'gathering';

/**
 * Whether the library, asked by the job and without the PIN, would tell what this reader has borrowed. A session is
 * over long before a year is, so it counts only where the job asks at once.
 */
function tellsOfLoans(
  { loans, afterBinding }: LibrarySystem,
  { session }: OpenBinding,
  year: SeasonDocument | undefined,
): boolean {
  if (!loans?.history) return false;
  if (afterBinding === 'trusted-terminal') return true;
  return afterBinding === 'session' && session !== undefined && year?.stage === 'published';
}
