import { forgetOtherImports, keepLoansOf, listPatrons, removeLoansOf } from '../../../stores/report-loans';
import { forgetParts } from '../../../stores/report-imports';
import { importsOf } from '../../../stores/report-seasons';
import { findOptedIn } from '../../../stores/report-steps';
import { KEPT_FOR } from '../../../stores/reports';
import type { Run } from './run';

/** Removes the loans of all who have not opted in: they have been counted. @returns whether none is left */
export async function discardLoans(run: Run): Promise<boolean> {
  const { context, season, time } = run;
  for (let cursor = season.cursor; ;) {
    if (!time.isLeft()) return false;
    const { patrons, next } = await listPatrons(season._id, cursor);
    const optedIn = await findOptedIn(season._id, patrons);
    const others = patrons.filter((patron) => !optedIn.has(patron));
    if (others.length > 0) await removeLoansOf(season._id, others);
    if (optedIn.size > 0) await keepLoansOf(season._id, [...optedIn.keys()], context.now() + KEPT_FOR);
    run.count('reports.discarded', others.length);
    await run.moveOn({ cursor: next });
    if (next === undefined) break;
    cursor = next;
  }
  // no import is taken in meanwhile
  await forgetOtherImports(season._id, importsOf(season));
  // what was taken in so far is gone: an import for late readers begins anew
  await forgetParts(season._id);
  return true;
}
