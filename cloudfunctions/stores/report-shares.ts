import { createHash, randomBytes } from 'node:crypto';
import * as v from 'valibot';
import type { CardKind } from '../../contracts/report/cards';
import type { SharedReport } from '../../contracts/report/shared';
import { command, table } from '../cloud/database';
import { transaction, type Tables } from '../cloud/transaction';
import type { Sealer } from '../runtime/sealed';
import { openSealed } from './open-sealed';
import { COLLECTION as REPORTS, KEPT_FOR, type ReportDocument } from './reports';

const COLLECTION = 'report_shares';
const TOKEN = `${REPORTS}.token`;

/** What a link shows; whoever has its token finds it. In the open, for the `public` function has no keys. */
interface ShareDocument {
  _id: string;
  owner: string;
  season: string;
  shared: SharedReport;
  /** ms */
  expiresAt: number;
}

/** A token is 128 random bits; what the database holds does not lead back to it. */
const digestOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** @returns undefined when no such link is open */
export async function findShared(
  token: string,
): Promise<{ season: string; shared: SharedReport } | undefined> {
  const found = await table<ShareDocument>(COLLECTION).find(digestOf(token));
  return found && { season: found.season, shared: found.shared };
}

/** @returns undefined when no link is open, or its token does not open any more */
export const tokenOf = (sealer: Sealer, { _id, token }: ReportDocument): string | undefined =>
  openSealed(sealer, v.string(), token, { owner: _id, purpose: TOKEN });

/**
 * Opens a link to a report, or changes what the open one shows.
 * @param choose decides by the report as it is; `undefined` ends the link
 * @returns the token; undefined when there is no such report any more, or no link now
 */
export async function putShare(
  sealer: Sealer,
  reportId: string,
  choose: (report: ReportDocument) => { cards: CardKind[]; shared: SharedReport } | undefined,
  now: number,
): Promise<string | undefined> {
  return transaction(async (tables) => {
    const reports = tables<ReportDocument>(REPORTS);
    const report = await reports.find(reportId);
    if (!report) return undefined;
    const chosen = choose(report);
    const open = tokenOf(sealer, report);
    const shares = tables<ShareDocument>(COLLECTION);
    const { remove } = command();
    if (!chosen) {
      if (open !== undefined) await shares.remove(digestOf(open));
      if (report.link) await reports.update(reportId, { link: remove(), token: remove(), changedAt: now });
      return undefined;
    }
    const token = open ?? randomBytes(16).toString('base64url');
    const { owner, season } = report;
    await shares.put({
      ...{ _id: digestOf(token), owner, season, shared: chosen.shared, expiresAt: now + KEPT_FOR },
    });
    await reports.update(reportId, {
      link: { cards: chosen.cards, since: report.link?.since ?? now },
      token: sealer.seal(token, { owner: reportId, purpose: TOKEN }),
      changedAt: now,
    });
    return token;
  });
}

/** Lets an open link show what its report has become. */
export async function refreshShareIn(
  tables: Tables,
  sealer: Sealer,
  report: ReportDocument,
  shared: SharedReport,
  now: number,
): Promise<void> {
  const token = tokenOf(sealer, report);
  if (token === undefined) return;
  const { owner, season } = report;
  await tables<ShareDocument>(COLLECTION).put({
    ...{ _id: digestOf(token), owner, season, shared, expiresAt: now + KEPT_FOR },
  });
}
