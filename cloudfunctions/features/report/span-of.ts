import type { ReportWindow } from '../../../contracts/report/fields';
import { makeSpan, type Span } from './engine/window';

/** The window of a year of reports. @param season its id, `calendar-2026` or `academic-2025` */
export function spanOf(season: string): Span {
  const [, kind, year] = /^(calendar|academic)-(\d{4})$/.exec(season) ?? [];
  if (kind === undefined) throw new Error('no year of reports is called so');
  return makeSpan(kind as ReportWindow['kind'], Number(year));
}
