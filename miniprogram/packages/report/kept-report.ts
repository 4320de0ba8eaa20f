import type { ReportOpenOutput } from '../../../contracts/report/actions';
import { call } from '../../services/api';
import { deskState } from '../../services/desk-changes';

let kept: { asked: string; opened: ReportOpenOutput; at: number } | undefined;

/**
 * The report of a year, asked for once for all pages that show it.
 * @param season empty for the newest published one
 * @throws ApiFault; NOT_FOUND: there is none, or it is not published
 */
export async function readReport(season: string): Promise<ReportOpenOutput> {
  if (kept?.at === deskState() && [kept.asked, kept.opened.season].includes(season)) return kept.opened;
  return readReportAnew(season);
}

/** As `readReport`, from the server in any case. */
export async function readReportAnew(season: string): Promise<ReportOpenOutput> {
  const opened = await call('report.open', season === '' ? {} : { season });
  kept = { asked: season, opened, at: deskState() };
  return opened;
}

/** Lays what a write has answered over what is kept. */
export function changeReport(season: string, change: Partial<ReportOpenOutput>): void {
  if (kept?.opened.season === season) kept.opened = { ...kept.opened, ...change };
}

/** What hiding a card has answered. Cards of an open link change with it, which only the server tells. */
export function hideInKept(season: string, answer: Pick<ReportOpenOutput, 'hidden' | 'poster'>): void {
  if (kept?.opened.season !== season) return;
  if (kept.opened.link === undefined) changeReport(season, answer);
  else forgetReports();
}

/** The link was taken back: `changeReport` cannot leave something out. */
export function dropLink(season: string): void {
  if (kept?.opened.season !== season) return;
  const { link: _, ...rest } = kept.opened;
  kept.opened = rest;
}

/** Nothing of it is to be shown again. */
export function forgetReports(): void {
  kept = undefined;
}
