import { command, table } from '../cloud/database';
import { transaction, type Tables } from '../cloud/transaction';
import { readSeasons, readSeasonsIn, type SeasonDocument, type Stage } from './report-seasons';
import type { ReportDocument } from './reports';

// named here once more: the stores of reports come with all their schemas, and every start of a function needs this
const REPORTS = 'reports';
const VERSIONS = 'report_versions';
const SHARES = 'report_shares';
const LOANS = 'report_loans';

/**
 * From when on a year keeps imported loans of those only who opted in. Before, an import holds those of all readers,
 * until they are counted; who opts out, and in again, is in it as they were.
 */
const COUNTED: readonly Stage[] = ['discarding', 'computing', 'ready', 'published'];

/**
 * Erases every report of a reader with its versions, links and loans: who opts out leaves nothing.
 * @param patron key of the reader; an erasure that was cut off is done to its end by another one
 */
export async function eraseReports(openid: string, patron: string, now: number): Promise<void> {
  const patrons = await transaction(async (tables) => {
    // see addReport: who opts in at the same time is erased, or has opted in afterwards
    await tables('bindings').update(openid, { reportsAt: now });
    return eraseReportsIn(tables, openid);
  });
  await forgetImported([...patrons, patron]);
}

/** @returns whose imported loans are to be forgotten once this is done; see {@link forgetImported} */
export async function eraseReportsIn(tables: Tables, openid: string): Promise<string[]> {
  const reports = await tables<ReportDocument>(REPORTS).findAll({ owner: openid });
  const patrons = [...new Set(reports.map(({ patron }) => patron))];
  const { in: among } = command();
  const counted = patrons.length === 0 ? [] : countedOf(await readSeasonsIn(tables));
  for (const patron of patrons) {
    await removeAll(tables, LOANS, { patron, source: among(['library', 'seen']) });
    // in this step, for without the reports nobody would know of them
    if (counted.length > 0) await removeAll(tables, LOANS, { patron, season: among(counted) });
  }
  for (const name of [SHARES, VERSIONS, REPORTS]) await removeAll(tables, name, { owner: openid });
  return patrons;
}

/** Erases a reader's report of one year, if there is one. */
export function eraseReport(id: string): Promise<void> {
  return transaction(async (tables) => {
    const found = await tables<ReportDocument>(REPORTS).find(id);
    if (found) await eraseReportIn(tables, found);
  });
}

/** Erases one report with its versions, its link and the loans that it was made from. */
export async function eraseReportIn(
  tables: Tables,
  { _id, owner, season, patron, earlier }: ReportDocument,
): Promise<void> {
  await removeAll(tables, LOANS, { season, patron });
  await removeAll(tables, SHARES, { owner, season });
  for (const { version } of earlier) await tables(VERSIONS).remove(`${_id}:${version}`);
  await tables(REPORTS).remove(_id);
}

/**
 * Forgets what imports tell of readers who are opted in no more, once more after that was written: a year whose loans
 * began to be discarded meanwhile either finds them opted in no more, or is found here.
 */
export async function forgetImported(patrons: readonly string[]): Promise<void> {
  if (patrons.length === 0) return;
  const { in: among } = command();
  for (const season of countedOf(await readSeasons()))
    await table(LOANS).removeWhere({ season, patron: among(patrons) });
}

const countedOf = (seasons: readonly SeasonDocument[]): string[] =>
  seasons.flatMap(({ _id, stage }) => (COUNTED.includes(stage) ? [_id] : []));

async function removeAll(tables: Tables, name: string, where: Record<string, unknown>): Promise<void> {
  for (const id of await tables(name).findIds(where)) await tables(name).remove(id);
}
