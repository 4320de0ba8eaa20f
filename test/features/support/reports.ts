import { jest } from '@jest/globals';
import type { ReportLoan } from '../../../contracts/report/loan';
import type { Report } from '../../../contracts/report/report';
import type { SharedReport } from '../../../contracts/report/shared';
import type { Result } from '../../../contracts/result';
import { createSealer, parseKeyRing } from '../../../cloudfunctions/runtime/sealed';
import type { SeasonDocument } from '../../../cloudfunctions/stores/report-seasons';
import type { ReportDocument, VersionDocument } from '../../../cloudfunctions/stores/reports';
import { pointSdksTo } from '../../emulator/database/serve';
import type { LocalCloud } from '../../support/local-cloud';
import { AS_OF, manyLoans, reportOf } from '../report-engine/support/setting';

export const SEASON = 'calendar-2026';
const YEARS = 3 * 365 * 86_400_000;
/** How long an instance goes by the years that it has read, and a bit. */
const SEASONS_HELD = 16_000;

/** Twelve loans, each of another title; the titles are unlike any of the demo library. */
export const LOANS: ReportLoan[] = manyLoans(12, (i) => ({
  title: `报告之书${i}`,
  author: `作者${i % 5}`,
  clc: i % 3 === 0 ? 'K2' : 'I247',
}));

/** The SDK reads its address when it is loaded. */
async function load(url: string) {
  jest.resetModules();
  pointSdksTo(url);
  const [database, loans, reports, seasons] = await Promise.all([
    import('../../../cloudfunctions/cloud/database'),
    import('../../../cloudfunctions/stores/report-loans'),
    import('../../../cloudfunctions/stores/reports'),
    import('../../../cloudfunctions/stores/report-seasons'),
  ]);
  return { database, loans, reports, seasons };
}

/** Leaves in a cloud's database what the job and the library's staff do. */
export async function openReports(cloud: LocalCloud) {
  const { database, loans, reports } = await load(cloud.url());
  const sealer = createSealer(parseKeyRing(cloud.dataKeys())!);
  const seasons = database.table<SeasonDocument>('report_seasons');
  const documents = database.table<ReportDocument>('reports');
  const versions = database.table<VersionDocument>('report_versions');

  const find = async (openid: string, season = SEASON): Promise<ReportDocument> => {
    const found = await reports.findReport(openid, season);
    if (!found) throw new Error(`${openid} has not opted in`);
    return found;
  };

  return {
    documents,
    loans: database.table<{ _id: string; patron: string; season: string }>('report_loans'),
    find,
    /** A year as it is from now on, everywhere. */
    async putSeason(season: Partial<SeasonDocument> = {}): Promise<void> {
      await seasons.put({
        ...{ _id: SEASON, stage: 'published', openedAt: Date.parse('2026-11-01T00:00:00Z') },
        ...{ returnsKnown: true, counted: 0, timeZone: 'Asia/Shanghai', asOf: Date.parse(AS_OF) },
        ...season,
      });
      cloud.clock.set(cloud.clock.now() + SEASONS_HELD);
    },
    removeSeason: (id: string) => seasons.remove(id),
    /** What an import of the staff, or the job, keeps of a reader. */
    async keepLoans(openid: string, rows: readonly ReportLoan[], more: Partial<Kept> = {}): Promise<void> {
      const { patron, season } = await find(openid, more.season);
      const kept = { season, patron, source: 'library' as const, loans: rows, ...more };
      await loans.keepLoans(sealer, [kept], cloud.clock.now(), YEARS);
    },
    /** A report that has been made, in the place of the one before. */
    async make(
      openid: string,
      rows: readonly ReportLoan[] = LOANS,
      made: Partial<Made> = {},
    ): Promise<Report> {
      const { season = SEASON, state = 'made' } = made;
      const document = await find(openid, season);
      const version = (document.version ?? 0) + 1;
      const report = { ...reportOf(rows, { year: Number(season.slice(-4)), ...made }), version };
      const now = cloud.clock.now();
      const before = reports.openReport(sealer, document);
      if (before) {
        const replaced = { report: before, madeAt: document.madeAt! };
        await versions.put(reports.describeVersion(sealer, document, replaced, now));
      }
      const { _id, earlier } = document;
      await reports.changeReport(document, {
        ...{
          step: 'done',
          due: database.command().remove(),
          state,
          version,
          madeAt: now,
          asOf: Date.parse(AS_OF),
        },
        report: reports.sealReport(sealer, _id, report),
        ...(before && {
          earlier: [
            ...earlier,
            { version: before.version, asOf: Date.parse(before.asOf), madeAt: document.madeAt },
          ],
        }),
      });
      return report;
    },
    /** What the job finds out where it makes none. */
    async end(openid: string, state: ReportDocument['state'], libraryText?: string): Promise<void> {
      const due = database.command().remove();
      const words = libraryText === undefined ? {} : { libraryText };
      await reports.changeReport(await find(openid), { step: 'done', due, state, ...words });
    },
  };
}

type Kept = Parameters<Awaited<ReturnType<typeof load>>['loans']['keepLoans']>[1][number];
interface Made {
  season: string;
  state: ReportDocument['state'];
  since: string;
}
export type Reports = Awaited<ReturnType<typeof openReports>>;

/** What whoever has a link is shown. */
export const look = (cloud: LocalCloud, token: unknown, openid = ''): Promise<Result<SharedReport>> =>
  cloud.send({ action: 'report.shared', input: { token } }, openid, 'public') as Promise<
    Result<SharedReport>
  >;
