import { createHash, randomBytes } from 'node:crypto';
import * as v from 'valibot';
import type { CardKind } from '../../contracts/report/cards';
import { SharedReport } from '../../contracts/report/shared';
import { command, table } from '../cloud/database';
import { transaction, type Tables } from '../cloud/transaction';
import { createSealer, type Sealer } from '../runtime/sealed';
import { openSealed } from './open-sealed';
import { COLLECTION as REPORTS, KEPT_FOR, type ReportDocument } from './reports';

const COLLECTION = 'report_shares';
const TOKEN = `${REPORTS}.token`;
const SHARED = `${COLLECTION}.shared`;
/** Random bits are not guessed, whatever is known of the database. */
const TOKEN_BYTES = 16;

/**
 * What a link shows. Its token finds it and opens it: nothing else does, the keys of the functions neither, for
 * `public`, which shows it, has none.
 */
interface ShareDocument {
  /** A digest of the token. */
  _id: string;
  owner: string;
  season: string;
  /** {@link SharedReport}, sealed with another digest of the token. */
  shared: string;
  /** ms */
  expiresAt: number;
}

const digestOf = (use: 'find' | 'open', token: string): Buffer =>
  createHash('sha256')
    .update(JSON.stringify([COLLECTION, use, token]))
    .digest();
const idOf = (token: string): string => digestOf('find', token).toString('base64url');
const sealerOf = (token: string): Sealer => createSealer([{ id: 'token', key: digestOf('open', token) }]);

/** @returns undefined when no such link is open */
export async function findShared(
  token: string,
): Promise<{ season: string; shared: SharedReport } | undefined> {
  const found = await table<ShareDocument>(COLLECTION).find(idOf(token));
  if (!found) return undefined;
  const shared = openSealed(sealerOf(token), SharedReport, found.shared, {
    owner: found._id,
    purpose: SHARED,
  });
  return shared && { season: found.season, shared };
}

/** @returns undefined when no link is open, or its token does not open any more */
export const tokenOf = (
  sealer: Sealer,
  { _id, token }: Pick<ReportDocument, '_id' | 'token'>,
): string | undefined => openSealed(sealer, v.string(), token, { owner: _id, purpose: TOKEN });

/** What the owner of a report sees of it, and what others do; without `link`, nothing. */
export interface Shown {
  hidden: CardKind[];
  link?: { cards: CardKind[]; shared: SharedReport };
}

/**
 * Changes what is seen of a report, in one step. A link that is open keeps its token.
 * @param decide by the report as it is; may be asked again, and what it throws leaves all as it was
 * @returns what was decided, and the token of the link; undefined when there is no such report
 */
export async function changeShown<S extends Shown>(
  sealer: Sealer,
  reportId: string,
  decide: (report: ReportDocument) => S,
  now: number,
): Promise<{ shown: S; token?: string } | undefined> {
  return transaction(async (tables) => {
    const reports = tables<ReportDocument>(REPORTS);
    const report = await reports.find(reportId);
    if (!report) return undefined;
    const shown = decide(report);
    const { token, fields } = await putLinkIn(tables, sealer, report, shown.link, now);
    const times = { changedAt: now, expiresAt: now + KEPT_FOR };
    await reports.update(reportId, { hidden: shown.hidden, ...fields, ...times });
    return { shown, ...(token !== undefined && { token }) };
  });
}

/**
 * Has the link of a report show something else; undefined ends it.
 * @returns its token, and what the report's own document is to hold of it in the same step
 */
export async function putLinkIn(
  tables: Tables,
  sealer: Sealer,
  report: ReportDocument,
  link: Shown['link'],
  now: number,
): Promise<{ token?: string; fields: Record<'link' | 'token', unknown> }> {
  const { _id: reportId, owner, season } = report;
  const open = tokenOf(sealer, report);
  const token = link && (open ?? randomBytes(TOKEN_BYTES).toString('base64url'));
  const shares = tables<ShareDocument>(COLLECTION);
  // also one whose token does not open any more: its owner could not end it
  for (const id of await shares.findIds({ owner, season }))
    if (token === undefined || id !== idOf(token)) await shares.remove(id);
  const { remove } = command();
  if (!link || token === undefined) return { fields: { link: remove(), token: remove() } };
  const _id = idOf(token);
  const shared = sealerOf(token).seal(link.shared, { owner: _id, purpose: SHARED });
  await shares.put({ _id, owner, season, shared, expiresAt: now + KEPT_FOR });
  return {
    token,
    fields: {
      link: { cards: link.cards, since: open === undefined ? now : (report.link?.since ?? now) },
      token: sealer.seal(token, { owner: reportId, purpose: TOKEN }),
    },
  };
}
