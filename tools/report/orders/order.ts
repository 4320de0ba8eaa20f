import type { STAGES } from '../../../contracts/report/staff';
import { wrong } from '../../staff/arguments';
import type { StaffOutput } from '../../staff/call-staff';
import type { StaffOrder } from '../../staff/run-order';
import { Refused } from '../../staff/says';
import type { Arguments } from '../arguments';

export type Order = StaffOrder<Arguments>;

/** @throws {UsageError} */
export function requireSeason({ season, order }: Arguments): string {
  if (season !== undefined) return season;
  throw order === 'import'
    ? wrong('for which year? --season academic-2025', '用于哪一年度？请用 --season academic-2025')
    : wrong('which year? e.g. academic-2025', '哪一年度？如 academic-2025');
}

/** Says in words what the function would only refuse. @throws {Refused} */
export function requireStage(
  { season, stage }: StaffOutput<'report.status'>,
  wanted: (typeof STAGES)[number],
): void {
  if (stage === wanted) return;
  throw new Refused({
    en: `${season} is ${stage}, not ${wanted}; report:status says what to do next`,
    zh: `${season} 的阶段是 ${stage}，不是 ${wanted}；report:status 会说明下一步`,
  });
}
