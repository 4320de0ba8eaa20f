import type { Report } from '../../contracts/report/report';
import { command, table } from '../cloud/database';
import type { Sealer } from '../runtime/sealed';
import {
  COLLECTION,
  openReport,
  reportIdOf,
  type ReportDocument,
  type ReportHead,
  type ReportState,
  type Step,
} from './reports';

/*
 * Reports of a year by what is to be done for them, many at a time.
 */

const HEAD: readonly (keyof ReportHead)[] = [
  ...(['owner', 'bindingId', 'patron', 'season', 'sensitive', 'step', 'tries', 'state'] as const),
  ...(['version', 'disputes', 'changedAt'] as const),
];
/** What the job knows of a report. */
export type DueReport = Pick<
  ReportDocument,
  | ('_id' | 'owner' | 'bindingId' | 'patron' | 'season' | 'sensitive' | 'step' | 'tries' | 'state')
  | ('version' | 'disputes' | 'changedAt')
>;

/** What is to be done now in a step, the longest waiting first. */
export async function listDue(season: string, step: Step, now: number, limit: number): Promise<DueReport[]> {
  const where = { season, step, due: command().lte(now) };
  const found = await table<ReportDocument>(COLLECTION).findPage({ where, by: 'due', limit, fields: HEAD });
  return found as DueReport[];
}

/** How many reports of a year are in some steps. @param due by then; whenever, if left out */
export const countInSteps = (season: string, steps: readonly Step[], due?: number): Promise<number> =>
  table(COLLECTION).count({
    season,
    step: command().in(steps),
    ...(due !== undefined && { due: command().lte(due) }),
  });

export const countInState = (season: string, state: ReportState): Promise<number> =>
  table(COLLECTION).count({ season, state });

/** Has reports computed whose loans are there. */
export async function letBeMade(ids: readonly string[], now: number): Promise<void> {
  const change = { step: 'make', due: now, tries: 0, changedAt: now };
  await table(COLLECTION).updateWhere({ _id: command().in(ids), step: 'gather' }, change);
}

/** Those that are not made yet, in the order of their ids. */
export async function listUnmade(
  season: string,
  after: string | undefined,
  limit: number,
): Promise<Pick<ReportDocument, '_id' | 'patron'>[]> {
  const where = { season, state: command().neq('made') };
  const page = { where, by: '_id', after, limit, fields: ['patron'] } as const;
  return (await table<ReportDocument>(COLLECTION).findPage(page)) as ReportDocument[];
}

/** Has reports computed that were given up or still wait, for an import tells of their readers now. */
export async function takeUpAgain(ids: readonly string[], now: number): Promise<void> {
  const { neq, remove } = command();
  await table(COLLECTION).updateWhere(
    { _id: command().in(ids), state: neq('made') },
    {
      ...{ step: 'make', due: now, tries: 0, state: 'waiting', changedAt: now },
      libraryText: remove(),
    },
  );
}

/** Which of these readers have opted in for a year, and how far their reports are. */
export async function findOptedIn(
  season: string,
  patrons: readonly string[],
): Promise<Map<string, ReportState>> {
  const found = await table<ReportDocument>(COLLECTION).findPage({
    where: { season, patron: command().in(patrons) },
    ...{ by: '_id', limit: 1_000, fields: ['patron', 'state'] },
  });
  return new Map(found.map(({ patron, state }) => [patron!, state!]));
}

/** Of these readers, who has a report of a year that is made, and under which binding. */
export async function findMade(
  season: string,
  openids: readonly string[],
): Promise<Pick<ReportDocument, 'owner' | 'bindingId'>[]> {
  const found = await table<ReportDocument>(COLLECTION).findPage({
    where: { _id: command().in(openids.map((openid) => reportIdOf(openid, season))), state: 'made' },
    ...{ by: '_id', limit: 1_000, fields: ['owner', 'bindingId'] },
  });
  return found as ReportDocument[];
}

/** Some reports that are made, without whose they are. @returns at most so many; those that do not open are left out */
export async function sampleReports(sealer: Sealer, season: string, limit: number): Promise<Report[]> {
  const found = (await table<ReportDocument>(COLLECTION).findPage({
    ...{ where: { season, state: 'made' }, by: '_id', limit, fields: ['report'] },
  })) as ReportDocument[];
  return found.flatMap((one) => openReport(sealer, one) ?? []);
}
