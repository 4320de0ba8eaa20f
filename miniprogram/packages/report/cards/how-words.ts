import type { Card, CardOf, CardKind } from '../../../../contracts/report/cards';
import type { Report } from '../../../../contracts/report/report';
import { dayText, momentText } from '../../../lib/dates';
import { say, type ReportWords } from '../words/index';
import { FEW_BORROWERS } from './books';
import type { Saying } from './card-view';

/** As LEAST_READERS of contracts/report/fields.ts. */
const LEAST_READERS = 50;

type How<K extends CardKind> = (
  card: CardOf<K>,
  t: ReportWords['how'],
  context: { report: Report; saying: Saying },
) => string[];

const when = (n: number, text: string): string[] => (n > 0 ? [say(text, { n })] : []);

const HOW: { [K in CardKind]: How<K> } = {
  totals: ({ loans, how }, t, { report: { window }, saying: { language } }) => [
    say(t.totals, {
      loans,
      from: dayText(window.from, language, ''),
      to: dayText(window.to, language, ''),
    }),
    ...when(how.withoutAuthor, t.withoutAuthor),
  ],
  firstBook: ({ firstEver, how }, t) => [
    say(t.firstBook, { loans: how.loans }),
    ...when(how.earlierLoans, t.firstBookEarlier),
    ...(firstEver === undefined ? [t.firstBookNoEver] : []),
  ],
  peakMonth: ({ how: { allLoans, months } }, t) => [
    say(t.peakMonth, { all: allLoans, months, mean: Math.round((allLoans / months) * 10) / 10 }),
  ],
  peakTime: ({ how: { loans, timed } }, t) => [say(t.peakTime, { loans, timed })],
  longestCompanion: ({ how }, t) => [
    say(t.longestCompanion, { n: how.compared }),
    ...when(how.unknownEnd, t.unknownEnd),
  ],
  quickest: ({ how }, t) => [say(t.quickest, { n: how.returned })],
  topClass: ({ unknown, diversity, newClasses, how }, t, { saying: { language } }) => [
    say(t.topClass, { known: how.known }),
    ...when(unknown, t.topClassUnknown),
    say(t.diversity, { value: String(diversity) }),
    ...(newClasses === undefined
      ? [t.noNewClasses]
      : how.comparedFrom !== undefined
        ? [say(t.newClassesFrom, { n: how.earlierLoans, day: dayText(how.comparedFrom, language, '') })]
        : [say(t.newClasses, { n: how.earlierLoans })]),
  ],
  topAuthor: ({ how }, t) => [
    say(t.topAuthor, { authors: how.authors }),
    ...when(how.withoutAuthor, t.withoutAuthor),
  ],
  cameBackTo: ({ how }, t) => [say(t.cameBackTo, { titles: how.titles, loans: how.loans })],
  popularity: ({ how: { titles, readers, libraryLoans, asOf } }, t, { saying: { language } }) => [
    say(t.popularity, { titles, readers, libraryLoans, few: FEW_BORROWERS }),
    say(t.asOf, { time: momentText(asOf, language) }),
  ],
  onTime: ({ returned, how }, t) => [
    say(t.onTime, { n: returned }),
    ...when(how.withoutDue, t.withoutDue),
    ...when(how.open, t.open),
  ],
  libraryDays: ({ how: { gateDays, eventDays, gates } }, t) => [
    say(gates ? t.libraryDays : t.libraryDaysNoGate, { gateDays, eventDays }),
  ],
  percentile: (card, t, { saying: { language } }) => {
    const { loans, readers, fewer, same, asOf } = card.how;
    return [
      say(t.percentile, { type: card.readerType, loans, readers, fewer, same, least: LEAST_READERS }),
      say(t.asOf, { time: momentText(asOf, language) }),
    ];
  },
  keywords: ({ how: { titles, sensitive, sensitiveTitles } }, t) => [
    say(t.keywords, { titles }),
    ...when(sensitiveTitles, sensitive ? t.keywordsOpen : t.keywordsHeld),
  ],
  persona: ({ persona, how: { part, whole, asked } }, t, { saying: { words } }) => [
    say(t.persona[persona], {
      ...{ part, whole, asked },
      percent: Math.round(asked * 100),
      name: words.personas[persona].name,
    }),
    t.personaEnd,
  ],
  nextThree: ({ how: { available, asOf } }, t, { report, saying: { language } }) => [
    say(report.tier === 'none' ? t.nextThreeNone : t.nextThree, {
      n: available,
      time: momentText(asOf, language),
    }),
  ],
  libraryYear: ({ how: { readers, asOf } }, t, { saying: { language } }) => [
    say(t.libraryYear, { readers, few: FEW_BORROWERS }),
    say(t.asOf, { time: momentText(asOf, language) }),
  ],
};

/** "How this was computed", in sentences with the numbers of the report itself. */
export function howWords(card: Card, report: Report, saying: Saying): string[] {
  const explain = HOW[card.kind] as (
    card: Card,
    t: ReportWords['how'],
    context: { report: Report; saying: Saying },
  ) => string[];
  return explain(card, saying.words.how, { report, saying });
}
