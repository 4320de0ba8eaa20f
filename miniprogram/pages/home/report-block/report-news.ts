import type { ReportOverviewOutput } from '../../../../contracts/report/actions';
import { fill, type Texts } from '../../../i18n/index';
import { newsOf } from '../../../services/report-standing';

/** What the home page says of the report; no title, no line. `season`: the story to be opened. */
export function reportNews(
  overview: ReportOverviewOutput,
  { report: t }: Texts,
): { title: string; text: string; season: string } {
  const news = newsOf(overview);
  const { season } = overview;
  if (news === undefined || season === undefined) return { title: '', text: '', season: '' };
  const { kind, year: begun } = season.window;
  const year = fill(kind === 'calendar' ? t.calendarYear : t.academicYear, { year: begun, next: begun + 1 });
  return news === 'ready'
    ? { title: fill(t.readyTitle, { year }), text: t.readyText, season: season.id }
    : { title: fill(t.inviteTitle, { year }), text: t.inviteText, season: '' };
}
