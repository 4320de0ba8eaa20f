import type { CardKind } from '../../contracts/report/cards';
import type { REPORT_FAILURES, REPORT_STATES } from '../../contracts/report/actions';
import { MOST_DISPUTES } from '../../contracts/report/inputs';
import { Report } from '../../contracts/report/report';
import { command, table } from '../cloud/database';
import { transaction } from '../cloud/transaction';
import type { Sealer } from '../runtime/sealed';
import type { BindingDocument } from './binding';
import { openSealed } from './open-sealed';

export const COLLECTION = 'reports';
export const VERSIONS = 'report_versions';
const REPORT = `${COLLECTION}.report`;
const VERSION_REPORT = `${VERSIONS}.report`;
export const KEPT_FOR = 3 * 365 * 86_400_000;

/** `waiting` until the job has come to an end with it. */
export type ReportState = (typeof REPORT_STATES)[number];
export type Failure = (typeof REPORT_FAILURES)[number];

/**
 * What is to be done for a report next, in this order.
 * - gather: its loans are to be looked for; - make: it is to be computed; - done: nothing
 */
export type Step = 'gather' | 'make' | 'done';

/**
 * That a reader opted in for a year, and what came of it. Only a reader's own call makes such a document; the job
 * changes those that are there, so nothing is made for whoever has opted out meanwhile. Times in ms.
 */
export interface ReportDocument {
  /** openid, colon, season. */
  _id: string;
  owner: string;
  bindingId: string;
  /** Key of the reader; see readerKeyOf. */
  patron: string;
  season: string;
  since: number;
  sensitive: boolean;
  step: Step;
  /** From when on the step is to be done; absent when nothing is. */
  due?: number;
  tries: number;
  state: ReportState;
  /** Why the last recomputation made no other version. */
  failed?: Failure;
  libraryText?: string;
  version?: number;
  madeAt?: number;
  asOf?: number;
  /** Sealed {@link Report}. */
  report?: string;
  earlier: { version: number; asOf: number; madeAt: number }[];
  hidden: CardKind[];
  disputes: number;
  link?: { cards: CardKind[]; since: number };
  /** Sealed. */
  token?: string;
  changedAt: number;
  expiresAt: number;
}

/** A report that another took the place of. */
export interface VersionDocument {
  /** openid, colon, season, colon, version. */
  _id: string;
  owner: string;
  report: string;
  madeAt: number;
  expiresAt: number;
}

export const reportIdOf = (openid: string, season: string): string => `${openid}:${season}`;
export const versionIdOf = (reportId: string, version: number): string => `${reportId}:${version}`;

/** What a document is about; nothing sealed. */
export type ReportHead = Omit<ReportDocument, 'report' | 'token'>;

export const findReport = (openid: string, season: string): Promise<ReportDocument | undefined> =>
  table<ReportDocument>(COLLECTION).find(reportIdOf(openid, season));

export const findReportHead = (openid: string, season: string): Promise<ReportHead | undefined> =>
  table<ReportDocument>(COLLECTION).findWithout(reportIdOf(openid, season), ['report', 'token']) as Promise<
    ReportHead | undefined
  >;

/** @returns undefined when it does not open any more, or is of an older shape */
export const openReport = (sealer: Sealer, { _id, report }: ReportDocument): Report | undefined =>
  openSealed(sealer, Report, report, { owner: _id, purpose: REPORT });

export async function findVersion(
  sealer: Sealer,
  reportId: string,
  version: number,
): Promise<{ report: Report; madeAt: number } | undefined> {
  const found = await table<VersionDocument>(VERSIONS).find(versionIdOf(reportId, version));
  if (!found) return undefined;
  const report = openSealed(sealer, Report, found.report, { owner: found._id, purpose: VERSION_REPORT });
  return report && { report, madeAt: found.madeAt };
}

/**
 * Opts a reader in, if the binding has not ended meanwhile. Of a reader who has before, only `sensitive` changes.
 * @returns whether the binding was still there
 */
export async function addReport(document: ReportDocument): Promise<boolean> {
  return transaction(async (tables) => {
    const binding = await tables<BindingDocument>('bindings').find(document.owner);
    if (binding?.bindingId !== document.bindingId) return false;
    // a write to the binding, so that ending it and this exclude each other
    await tables('bindings').update(document.owner, { reportsAt: document.changedAt });
    const reports = tables<ReportDocument>(COLLECTION);
    const { sensitive, changedAt, expiresAt } = document;
    const before = await reports.find(document._id);
    if (before?.bindingId !== document.bindingId) await reports.put(document);
    else await reports.update(document._id, { sensitive, changedAt, expiresAt });
    return true;
  });
}

/** Changes a report of this binding that is still there. @returns whether it was */
export async function changeReport(
  { _id, bindingId }: Pick<ReportDocument, '_id' | 'bindingId'>,
  change: Partial<{ [K in keyof ReportDocument]: unknown }>,
  where: Record<string, unknown> = {},
): Promise<boolean> {
  return (await table(COLLECTION).updateWhere({ _id, bindingId, ...where }, change)) > 0;
}

/**
 * Has a report computed once more. Where there is none yet, it is looked for again, and that is not counted; one that
 * makes no other version is given back when it ends.
 * @returns how often it can still be asked for; `refused`: it was not, for it has been too often
 */
export async function askAgain(
  { _id, bindingId, state, step, disputes }: ReportHead,
  now: number,
): Promise<{ left: number; refused?: 'TOO_MANY' }> {
  const left = Math.max(0, MOST_DISPUTES - disputes);
  // what is under way already is not asked for twice
  if (step !== 'done') return { left };
  const { inc, lt, remove } = command();
  const begin = {
    ...{ step: 'gather', due: now, tries: 0, failed: remove(), libraryText: remove() },
    ...{ changedAt: now, expiresAt: now + KEPT_FOR },
  };
  if (state !== 'made') {
    await changeReport({ _id, bindingId }, { ...begin, state: 'waiting' }, { step, state });
    return { left };
  }
  const within = { step, state, disputes: lt(MOST_DISPUTES) };
  if (await changeReport({ _id, bindingId }, { ...begin, disputes: inc(1) }, within))
    return { left: left - 1 };
  return left === 0 ? { left, refused: 'TOO_MANY' } : askedMeanwhile(_id);
}

/** What another call, a moment before, has left of it. */
async function askedMeanwhile(_id: string): Promise<{ left: number }> {
  const found = await table<ReportDocument>(COLLECTION).findWithout(_id, ['report', 'token']);
  return { left: Math.max(0, MOST_DISPUTES - (found?.disputes ?? MOST_DISPUTES)) };
}

export const sealReport = (sealer: Sealer, _id: string, report: Report): string =>
  sealer.seal(report, { owner: _id, purpose: REPORT });

/** The document of a report that another is about to take the place of. */
export function describeVersion(
  sealer: Sealer,
  { _id, owner }: Pick<ReportDocument, '_id' | 'owner'>,
  { report, madeAt }: { report: Report; madeAt: number },
  now: number,
): VersionDocument {
  const id = versionIdOf(_id, report.version);
  const sealed = sealer.seal(report, { owner: id, purpose: VERSION_REPORT });
  return { _id: id, owner, report: sealed, madeAt, expiresAt: now + KEPT_FOR };
}

/** All years for which somebody has opted in. */
export async function listReports(openid: string): Promise<ReportHead[]> {
  const found = await table<ReportDocument>(COLLECTION).findPage({
    ...{ where: { owner: openid }, by: '_id', limit: 100 },
    fields: [
      'owner',
      'bindingId',
      'season',
      'since',
      'sensitive',
      'state',
      'failed',
      'libraryText',
      'version',
      'madeAt',
    ],
  });
  return found as ReportHead[];
}
