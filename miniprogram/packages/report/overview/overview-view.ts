import type { ReportOpenOutput, ReportOverviewOutput } from '../../../../contracts/report/actions';
import { fill, type Language, type Texts } from '../../../i18n/index';
import { dayText, momentText, today } from '../../../lib/dates';
import { say, type ReportWords } from '../words/index';
import { yearName } from '../year-words';

/** What the first page of the report says, ready to be shown. */
export interface OverviewView {
  /** Of the year that the library is at; empty without one */
  year: string;
  season: string;
  publishAt: string;
  own: string;
  /** Why it was not made anew when that was asked for; else empty */
  failed: string;
  /** The library's own words, quoted */
  quote: string;
  openWords: string;
  /** Whether the reader's report can be opened, and whether the library can be asked once more */
  canOpen: boolean;
  canAsk: boolean;
  /** The library tells only whoever is signed in there */
  needsSignIn: boolean;
  optedIn: boolean;
  /** There is something to be erased, of whichever year */
  canLeave: boolean;
  /** A year can be asked for */
  canOptIn: boolean;
  /** A report is still to come: a message can tell of it */
  isAwaited: boolean;
  since: string;
  /** Of the newer year that collects already; empty without one */
  next: string;
  nextWords: string;
  nextSince: string;
  /** Empty where it was asked for */
  nextOptIn: string;
  sensitive: boolean;
  sources: string;
  /** Nothing tells of past loans: the history can be switched on */
  needsHistory: boolean;
  past: { season: string; name: string; made: string }[];
}

export const NO_OVERVIEW: OverviewView = {
  year: '',
  season: '',
  publishAt: '',
  own: '',
  failed: '',
  quote: '',
  openWords: '',
  canOpen: false,
  canAsk: false,
  needsSignIn: false,
  optedIn: false,
  canLeave: false,
  canOptIn: false,
  isAwaited: false,
  since: '',
  next: '',
  nextWords: '',
  nextSince: '',
  nextOptIn: '',
  sensitive: false,
  sources: '',
  needsHistory: false,
  past: [],
};

/** From what the report of a year was made. */
export interface MadeFrom {
  season: string;
  source: ReportOpenOutput['report']['source'];
  sourceCount: number;
}

type State = NonNullable<NonNullable<ReportOverviewOutput['own']>['state']>;

/** Without a report: it is looked for once more, and that is not counted. */
const ASK_AGAIN: State[] = ['noSource', 'signIn', 'unreachable', 'denied'];

/** Where loans come from here; `unknown` while the library cannot be asked. */
function sourceOf({
  library,
  seen,
}: ReportOverviewOutput['sources']): 'library' | 'seen' | 'none' | 'unknown' {
  if (library === true) return 'library';
  if (library === undefined) return 'unknown';
  return seen ? 'seen' : 'none';
}

const dayOf = (timestamp: string, language: Language): string =>
  dayText(today(new Date(timestamp)), language, '');

export function overviewView(
  { season, own, next, hasReports, sources, past }: ReportOverviewOutput,
  words: ReportWords,
  { denial }: Texts,
  language: Language,
  made: MadeFrom | null,
): OverviewView {
  const { overview: t } = words;
  const year = season === undefined ? '' : yearName(season.window, words);
  const published = season?.stage === 'published';
  return {
    year,
    season: season === undefined ? t.season.none : say(t.season[season.stage], { year }),
    publishAt:
      season?.publishAt === undefined || published
        ? ''
        : say(t.season.publishAt, { time: momentText(season.publishAt, language) }),
    own: own?.state === undefined ? '' : t.own[own.state === 'made' && !published ? 'madeEarly' : own.state],
    failed: own?.failed === undefined ? '' : t.failed[own.failed],
    quote: own?.libraryText === undefined ? '' : fill(denial.quote, { text: own.libraryText }),
    openWords: say(t.open, { year }),
    canOpen: published && own?.state === 'made',
    canAsk: own?.state !== undefined && ASK_AGAIN.includes(own.state),
    needsSignIn: own?.state === 'signIn' || own?.failed === 'signIn',
    optedIn: own !== undefined,
    canLeave: hasReports,
    canOptIn: season !== undefined && own === undefined,
    isAwaited: next?.own !== undefined || isAwaited(own, published),
    since: own === undefined ? '' : say(t.since, { day: dayOf(own.since, language) }),
    ...nextView(next, words, language),
    sensitive: own?.sensitive ?? false,
    sources:
      published && own?.state === 'made' && made?.season === season.id
        ? say(words.story.aboutLines.source[made.source], { n: made.sourceCount })
        : t.sources[sourceOf(sources)],
    needsHistory: sources.library === false,
    past: past
      .filter((one) => one.season !== season?.id || !published)
      .map((one) => ({
        season: one.season,
        name: yearName(one.window, words),
        made: say(t.pastMade, { day: dayOf(one.madeAt, language) }),
      })),
  };
}

/** Of who has opted in: nothing of what was found stands in the way, and it cannot be read yet. */
function isAwaited(own: ReportOverviewOutput['own'], published: boolean): boolean {
  if (own === undefined || (own.state !== undefined && ASK_AGAIN.includes(own.state))) return false;
  return !(published && own.state === 'made');
}

function nextView(
  next: ReportOverviewOutput['next'],
  words: ReportWords,
  language: Language,
): Pick<OverviewView, 'next' | 'nextWords' | 'nextSince' | 'nextOptIn'> {
  if (next === undefined) return { next: '', nextWords: '', nextSince: '', nextOptIn: '' };
  const { overview: t } = words;
  const year = yearName(next.window, words);
  const { own } = next;
  return {
    next: own === undefined ? say(t.next.ask, { year }) : year,
    nextWords: say(t.season.collecting, { year }),
    nextSince: own === undefined ? '' : say(t.since, { day: dayOf(own.since, language) }),
    nextOptIn: own === undefined ? say(t.next.optIn, { year }) : '',
  };
}

/** An earlier version of the report, to be opened beside the one that took its place. */
export interface VersionLine {
  version: number;
  words: string;
}

export function versionLines(
  { earlier }: Pick<ReportOpenOutput, 'earlier'>,
  { overview: { dispute: t } }: ReportWords,
  language: Language,
): VersionLine[] {
  return earlier.map(({ version, madeAt }) => ({
    version,
    // all are of the year's one snapshot: what tells them apart is when they were made
    words: say(t.version, { n: version, time: momentText(madeAt, language) }),
  }));
}
