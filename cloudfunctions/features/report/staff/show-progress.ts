import { REPORT_STATES } from '../../../../contracts/report/actions';
import { mapLimited } from '../../../../library-systems/map-limited';
import type { Context } from '../../../runtime/context';
import { timestamp } from '../../../runtime/format-time';
import { requireFound } from '../../../runtime/require';
import { findParts, type Part } from '../../../stores/report-imports';
import { findSeason, type SeasonDocument } from '../../../stores/report-seasons';
import { countInState } from '../../../stores/report-steps';
import { spanOf } from '../season-span';
import type { StaffInput, StaffOutput } from './staff-input';

type Progress = StaffOutput<'report.status'>;

/** @throws {AppError} NOT_FOUND, BAD_REQUEST */
export async function requireSeason(id: string): Promise<SeasonDocument> {
  spanOf(id);
  return requireFound(await findSeason(id), 'year');
}

export const showStatus = (context: Context, { season }: StaffInput<'report.status'>): Promise<Progress> =>
  showProgress(context, season);

/** How far a year is. @throws {AppError} NOT_FOUND, BAD_REQUEST */
export async function showProgress(context: Context, id: string): Promise<Progress> {
  const season = await requireSeason(id);
  const {
    stage,
    asOf,
    publishAt,
    movedAt,
    trouble,
    counted,
    returnsKnown,
    importSince,
    lateImports = [],
  } = season;
  const imported = season.import
    ? { ...season.import, whole: true }
    : underWay(await findParts(id, context.now()));
  const counts = await mapLimited(REPORT_STATES, 5, (state) => countInState(id, state));
  const states = Object.fromEntries(REPORT_STATES.map((state, i) => [state, counts[i]!]));
  return {
    ...{
      season: id,
      window: spanOf(id).window,
      stage,
      counted,
      returnsKnown,
      lateImports: lateImports.length,
    },
    ...(importSince !== undefined && { importSince }),
    ...(asOf !== undefined && { asOf: timestamp(asOf) }),
    ...(publishAt !== undefined && { publishAt: timestamp(publishAt) }),
    ...(imported && { import: imported }),
    optedIn: counts.reduce((sum, count) => sum + count, 0),
    states: states as Progress['states'],
    ...(movedAt !== undefined && { movedAt: timestamp(movedAt) }),
    ...(trouble !== undefined && { trouble }),
  };
}

/** An import that is not whole: the one of which most is there. A reader in two parts is in both. */
function underWay(parts: readonly Part[]): Progress['import'] {
  const imports = new Map<string, { id: string; readers: number; loans: number; whole: false }>();
  for (const { import: id, readers, loans } of parts) {
    const sum = imports.get(id) ?? { id, readers: 0, loans: 0, whole: false };
    imports.set(id, { ...sum, readers: sum.readers + readers, loans: sum.loans + loans });
  }
  return [...imports.values()].sort((a, b) => b.loans - a.loans)[0];
}
