import type { Report } from '../../../../contracts/report/report';
import { say } from '../words/index';
import { yearDay, yearName } from '../year-words';
import { view, type CardView, type Saying } from '../cards/card-view';

const LINES = { none: 'coverNone', few: 'coverFew', full: 'coverFull' } as const;

/** The first card: whose year it is, and from when the records tell of it. */
export function coverView(
  { window, tier, since, version }: Pick<Report, 'window' | 'tier' | 'since' | 'version'>,
  saying: Saying,
  isEarlier: boolean,
): CardView {
  const { story: t } = saying.words;
  const incomplete = since !== undefined && since > window.from;
  return view('cover', {
    layout: 'emblem',
    colour: 'a',
    label: t.cover,
    figure: say(t.coverText, { year: yearName(window, saying.words) }),
    figureIsWords: true,
    lines: [
      t[LINES[tier]],
      ...(incomplete ? [say(t.since, { day: yearDay(since, window, saying.language) })] : []),
      ...(isEarlier ? [say(t.version, { n: version })] : []),
    ],
    chart: { kind: 'year' },
  });
}
