import type { Report } from '../../contracts/report/report';
import { command } from '../cloud/database';
import { transaction } from '../cloud/transaction';
import type { Sealer } from '../runtime/sealed';
import type { BindingDocument } from './binding';
import { eraseReportIn } from './erase-reports';
import { replaceGatheredIn, type KeptLoans } from './report-loans';
import { putLinkIn, type Shown } from './report-shares';
import {
  changeReport,
  COLLECTION as REPORTS,
  describeVersion,
  KEPT_FOR,
  openReport,
  sealReport,
  VERSIONS,
  type Failure,
  type ReportDocument,
  type VersionDocument,
} from './reports';
import type { DueReport } from './report-steps';

/*
 * What the job writes for a reader. Each write looks for the document as it was read: whoever has opted out, or changed
 * something, meanwhile finds nothing of it.
 */

/** Keeps what was gathered and lets the report be made, in one step: nothing is kept for whoever has opted out. */
export function keepGathered(
  sealer: Sealer,
  { _id, bindingId }: DueReport,
  kept: KeptLoans,
  now: number,
): Promise<boolean> {
  return transaction(async (tables) => {
    const reports = tables<ReportDocument>(REPORTS);
    const found = await reports.find(_id);
    if (found?.bindingId !== bindingId || found.step !== 'gather') return false;
    await replaceGatheredIn(tables, sealer, kept, now, KEPT_FOR);
    const { remove } = command();
    return reports.update(_id, {
      ...{ step: 'make', due: now, tries: 0, libraryText: remove(), ...touched(now) },
    });
  });
}

/** Asks for the loans again later. */
export const tryLater = (head: DueReport, due: number, now: number): Promise<boolean> =>
  changeReport(head, { tries: head.tries + 1, due, ...touched(now) }, { step: 'gather' });

/**
 * Ends without loans to make a report of. A report that was made before stays as it is: that it was not made anew is
 * told, and not counted.
 */
export function endWithout(
  head: DueReport,
  end: { state: Failure; libraryText?: string | undefined },
  now: number,
): Promise<boolean> {
  const { remove } = command();
  const outcome =
    head.version === undefined
      ? { state: end.state }
      : { state: 'made', failed: end.state, disputes: Math.max(0, head.disputes - 1) };
  const libraryText = end.libraryText ?? remove();
  return changeReport(
    head,
    { ...{ ...outcome, libraryText, step: 'done', due: remove(), tries: 0 }, ...touched(now) },
    { step: head.step },
  );
}

/** Has the loans looked for, which were there and are gone. */
export const gatherAgain = (head: DueReport, now: number): Promise<boolean> =>
  changeReport(head, { step: 'gather', due: now, tries: 0, ...touched(now) }, { step: 'make' });

/** Removes a report whose binding has ended, with all that goes with it. */
export function removeStale({ _id, owner, bindingId }: DueReport): Promise<boolean> {
  return transaction(async (tables) => {
    const found = await tables<ReportDocument>(REPORTS).find(_id);
    const binding = await tables<BindingDocument>('bindings').find(owner);
    if (found?.bindingId !== bindingId || binding?.bindingId === bindingId) return false;
    await eraseReportIn(tables, found);
    return true;
  });
}

/** Keeps a report, the first of its reader. @returns whether it was still wanted as it was read */
export const keepReport = (sealer: Sealer, head: DueReport, report: Report, now: number): Promise<boolean> =>
  changeReport(head, made(sealer, head._id, report, now), asRead(head));

/**
 * Lets a report take the place of the one before, which is kept; an open link shows the new one from then on.
 * @param show what is seen of it, by its link too
 */
export function replaceReport(
  sealer: Sealer,
  head: DueReport,
  report: Report,
  show: (report: ReportDocument) => Shown,
  now: number,
): Promise<boolean> {
  return transaction(async (tables) => {
    const reports = tables<ReportDocument>(REPORTS);
    const found = await reports.find(head._id);
    if (!found || Object.entries(asRead(head)).some(([field, value]) => found[field as 'step'] !== value)) {
      return false;
    }
    if (found.bindingId !== head.bindingId) return false;
    const { version, madeAt, asOf } = found;
    const before = openReport(sealer, found);
    if (before && version !== undefined && madeAt !== undefined && asOf !== undefined) {
      const kept = describeVersion(sealer, found, { report: before, madeAt }, now);
      await tables<VersionDocument>(VERSIONS).put(kept);
      found.earlier = [{ version, asOf, madeAt }, ...found.earlier];
    }
    const link = found.link && (await putLinkIn(tables, sealer, found, show(found).link, now));
    return reports.update(head._id, {
      ...{ ...made(sealer, head._id, report, now), earlier: found.earlier },
      ...link?.fields,
    });
  });
}

/** Whoever has changed what they want of a report since gets one that is made by that. */
const asRead = ({ changedAt }: DueReport) => ({ step: 'make' as const, changedAt });

const touched = (now: number) => ({ changedAt: now, expiresAt: now + KEPT_FOR });

const made = (sealer: Sealer, _id: string, report: Report, now: number) => ({
  report: sealReport(sealer, _id, report),
  ...{ state: 'made' as const, step: 'done' as const, due: command().remove(), tries: 0 },
  failed: command().remove(),
  ...{ version: report.version, madeAt: now, asOf: Date.parse(report.asOf), ...touched(now) },
});
