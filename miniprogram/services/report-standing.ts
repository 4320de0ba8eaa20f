import type { ReportOverviewOutput } from '../../contracts/report/actions';
import { call } from './api';
import { deskState } from './desk-changes';
import { isRecord, readStored, removeStored, store } from './storage';

let known: { overview: ReportOverviewOutput; at: number } | undefined;

/** To be told whenever it was read. */
export function rememberReport(overview: ReportOverviewOutput): void {
  known = { overview, at: deskState() };
}

/** What was read since the app was opened or the card was changed, if it was. */
export function knownReport(): ReportOverviewOutput | undefined {
  return known?.at === deskState() ? known.overview : undefined;
}

/** Asks once after the app was opened and after each change of the card. Needs a bound card. @throws ApiFault */
export async function readReportStanding(): Promise<ReportOverviewOutput> {
  const kept = knownReport();
  if (kept !== undefined) return kept;
  const overview = await call('report.overview', {});
  rememberReport(overview);
  return overview;
}

/** What the reader has seen of a year: that there is one, or their own report. */
export type Seen = 'invitation' | 'story';

const KEY = 'report-seen';

export function noteSeen(season: string, what: Seen): void {
  if (seenOf(season) !== 'story') store(KEY, { season, what });
}

/** @returns undefined where nothing of that year was seen on this phone */
function seenOf(season: string): Seen | undefined {
  const stored = readStored(KEY);
  if (!isRecord(stored) || stored['season'] !== season) return undefined;
  return stored['what'] === 'story' ? 'story' : 'invitation';
}

/** What is new to the reader: their report, or that there could be one. */
export function newsOf({ season, own }: ReportOverviewOutput): 'ready' | 'invitation' | undefined {
  if (season?.stage !== 'published') return undefined;
  const seen = seenOf(season.id);
  if (own === undefined) return seen === undefined ? 'invitation' : undefined;
  return own.state === 'made' && seen !== 'story' ? 'ready' : undefined;
}

/** To be told when the phone is to keep nothing. */
export function forgetReport(): void {
  known = undefined;
  removeStored(KEY);
}
