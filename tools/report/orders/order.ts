import { wrong } from '../../staff/arguments';
import type { StaffOrder } from '../../staff/run-order';
import type { Arguments } from '../arguments';

export type Order = StaffOrder<Arguments>;

/** @throws {UsageError} */
export function requireSeason({ season, order }: Arguments): string {
  if (season !== undefined) return season;
  throw order === 'import'
    ? wrong('for which year? --season academic-2025', '用于哪一年度？请用 --season academic-2025')
    : wrong('which year? e.g. academic-2025', '哪一年度？如 academic-2025');
}
