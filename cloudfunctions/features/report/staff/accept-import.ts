import { AppError } from '../../../runtime/app-error';
import type { Context } from '../../../runtime/context';
import { writeAudit } from '../../../stores/audit';
import { findParts, forgetOtherParts, forgetParts, type Part } from '../../../stores/report-imports';
import { forgetOtherImports, keepImported, keepLoansOf } from '../../../stores/report-loans';
import { findImported } from '../../../stores/report-loans-read';
import {
  changeLateImports,
  changeSeason,
  importsOf,
  type SeasonChange,
  type SeasonDocument,
} from '../../../stores/report-seasons';
import { listUnmade, takeUpAgain } from '../../../stores/report-steps';
import { KEPT_FOR } from '../../../stores/reports';
import { changeReading } from './change-reading';
import { requireSeason, showProgress } from './show-progress';
import type { StaffInput, StaffOutput } from './staff-input';
import { requireTakingIn } from './take-in';

const PAGE = 500;
/** More than this for late readers is a mistake. */
const MOST_LATE = 100;
const BEFORE_COUNT = ['open', 'gathering'] as const;
const AFTER_COUNT = ['computing', 'ready', 'published'] as const;

/**
 * Lets an import be used that is whole: before the count in place of the one before, afterwards for those whose
 * reports are not made.
 */
export async function acceptImport(
  context: Context,
  order: StaffInput<'report.imported'>,
): Promise<StaffOutput<'report.imported'>> {
  const { by, season: id, import: importId, parts, readers, loans } = order;
  const season = await requireSeason(id);
  const reading = changeReading(order);
  const found = (await findParts(id, context.now())).filter((one) => one.import === importId);
  // the same order again, after its answer was lost
  const isRepeated = found.length === 0 && importsOf(season).includes(importId);
  if (!isRepeated) {
    requireWhole(found, order);
    const { returnsKnown, importSince } = order;
    const details = { season: id, import: importId, parts, readers, loans, returnsKnown, importSince };
    await writeAudit({ by, action: 'report.imported', details }, context.now());
    const when = await requireTakingIn(id);
    if (when === 'late' && Object.keys(reading).length > 0)
      throw new AppError('BAD_REQUEST', 'import: expected one that is read as those that have been counted');
    const main = { id: importId, readers, loans };
    const isUsed = await (when === 'early'
      ? useForAll(id, { ...reading, import: main })
      : useForLate(id, importId, context.now()));
    if (!isUsed) throw new AppError('BUSY', 'the count has begun at this moment', true);
  }
  if (season.stage !== 'open') await makeWhoCameLate(id, importId, context.now());
  return showProgress(context, id);
}

/** @throws {AppError} BAD_REQUEST when it is not what was announced */
function requireWhole(found: readonly Part[], announced: StaffInput<'report.imported'>): void {
  const wrong = (expected: string): AppError => new AppError('BAD_REQUEST', `import: expected ${expected}`);
  const numbers = new Set(found.map(({ part }) => part));
  const isWhole = numbers.size === announced.parts && Math.max(...numbers) === announced.parts - 1;
  if (!isWhole) throw wrong(`parts 0 to ${announced.parts - 1}, and no others`);
  const sum = (of: (part: Part) => number): number => found.reduce((all, part) => all + of(part), 0);
  if (sum(({ loans }) => loans) !== announced.loans) throw wrong(`${announced.loans} loans`);
  // a reader with very many loans comes in several parts
  if (sum(({ readers }) => readers) < announced.readers) throw wrong(`${announced.readers} readers`);
}

/** How it is read changes with it, at once: the one before is read as it was until then. */
async function useForAll(
  id: string,
  change: SeasonChange & Required<Pick<SeasonDocument, 'import'>>,
): Promise<boolean> {
  if (!(await changeSeason(id, BEFORE_COUNT, change))) return false;
  await forgetOtherImports(id, [change.import.id]);
  await forgetOtherParts(id, change.import.id);
  return true;
}

async function useForLate(id: string, importId: string, now: number): Promise<boolean> {
  const isUsed = await changeLateImports(id, AFTER_COUNT, (before) => {
    const others = before.filter((one) => one !== importId);
    if (others.length >= MOST_LATE)
      throw new AppError('BAD_REQUEST', `import: expected at most ${MOST_LATE} for late readers`);
    return [...others, importId];
  });
  if (!isUsed) return false;
  // also of readers whose report was made meanwhile: all their titles can be seen by it
  await keepImported(id, importId, now + KEPT_FOR);
  // the next one may bring the same file for those who come later still
  await forgetParts(id, importId);
  return true;
}

async function makeWhoCameLate(season: string, importId: string, now: number): Promise<void> {
  for (let after: string | undefined; ;) {
    const page = await listUnmade(season, after, PAGE);
    const patrons = page.map(({ patron }) => patron);
    const imported = await findImported(season, patrons, [importId]);
    const ids = page.flatMap(({ _id, patron }) => (imported.has(patron) ? [_id] : []));
    if (ids.length > 0) {
      await keepLoansOf(season, [...imported], now + KEPT_FOR);
      await takeUpAgain(ids, now);
    }
    if (page.length < PAGE) return;
    after = page.at(-1)!._id;
  }
}
