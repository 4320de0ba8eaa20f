import { MAX_PART_LOANS } from '../../../../contracts/report/staff';
import { AppError } from '../../../runtime/app-error';
import type { Context } from '../../../runtime/context';
import { writeAudit } from '../../../stores/audit';
import { readerKeyOf } from '../../../stores/reader-key';
import { keepPart } from '../../../stores/report-imports';
import {
  KEPT_BEFORE_COUNT,
  keepLoans,
  removeImportedOf,
  removeLoansOf,
  type KeptLoans,
} from '../../../stores/report-loans';
import { findSeason } from '../../../stores/report-seasons';
import { findOptedIn } from '../../../stores/report-steps';
import { requireTakingIn } from './take-in';
import type { StaffInput } from './staff-input';

/**
 * Takes in a part of an import. Once the count has begun, only readers who have opted in and whose report is not made
 * are kept of it: of all others there is nothing more to learn.
 */
export async function putLoans(
  context: Context,
  { by, season, import: id, part, readers }: StaffInput<'report.putLoans'>,
): Promise<Record<string, never>> {
  const loans = readers.reduce((sum, one) => sum + one.loans.length, 0);
  if (loans > MAX_PART_LOANS) throw new AppError('BAD_REQUEST', `readers: expected ${MAX_PART_LOANS} loans`);
  if (new Set(readers.map(({ ref }) => ref)).size < readers.length)
    throw new AppError('BAD_REQUEST', 'readers: expected each once');
  const { lookup } = context.desk();
  const kept = readers.map(({ ref, readerType, ...one }): KeptLoans => ({
    ...{ season, patron: readerKeyOf(lookup, ref), source: 'import', import: { id, part }, loans: one.loans },
    ...(readerType !== undefined && { readerType }),
  }));
  const stage = await requireTakingIn(season);
  // once for the whole of it
  if (part === 0) {
    await writeAudit({ by, action: 'report.putLoans', details: { season, import: id } }, context.now());
  }
  if (stage === 'late') await keepLate(context, season, kept);
  else {
    await keepLoans(context.desk(), kept, context.now(), KEPT_BEFORE_COUNT);
    await requireNotCounted(season, id, kept);
  }
  await keepPart(season, { import: id, part, readers: readers.length, loans }, context.now());
  return {};
}

/**
 * The count may have gone by these while they were written: then nothing of them is to stay. What another import tells
 * of the same readers may not have been counted yet.
 */
async function requireNotCounted(season: string, id: string, kept: readonly KeptLoans[]): Promise<void> {
  const discard = async () => {
    const now = await findSeason(season);
    // put in again just as it is being counted itself: it goes with all others after that
    if (now?.stage === 'counting' && now.import?.id === id) return;
    await discardOthers(season, kept, (patrons) => removeImportedOf(season, id, patrons));
  };
  try {
    if ((await requireTakingIn(season)) === 'early') return;
  } catch (error) {
    await discard();
    throw error;
  }
  await discard();
}

async function keepLate(context: Context, season: string, kept: readonly KeptLoans[]): Promise<void> {
  const states = await findOptedIn(season, patronsOf(kept));
  const wanted = kept.filter(({ patron }) => (states.get(patron) ?? 'made') !== 'made');
  await keepLoans(context.desk(), wanted, context.now(), KEPT_BEFORE_COUNT);
  // whoever has opted out meanwhile
  await discardOthers(season, wanted, (patrons) => removeLoansOf(season, patrons));
}

async function discardOthers(
  season: string,
  kept: readonly KeptLoans[],
  remove: (patrons: readonly string[]) => Promise<unknown>,
): Promise<void> {
  const patrons = patronsOf(kept);
  const optedIn = await findOptedIn(season, patrons);
  const others = patrons.filter((patron) => !optedIn.has(patron));
  if (others.length > 0) await remove(others);
}

const patronsOf = (kept: readonly KeptLoans[]): string[] => kept.map(({ patron }) => patron);
