import type { CardKind } from '../../../../contracts/report/cards';
import {
  cameBackToView,
  firstBookView,
  libraryTop,
  longestCompanionView,
  nextThreeView,
  popularityView,
  quickestView,
} from './books';
import type { AnyCard, CardView, MakeView, Saying } from './card-view';
import {
  libraryDaysView,
  libraryYearView,
  onTimeView,
  peakMonthView,
  peakTimeView,
  percentileView,
  totalsView,
} from './counts';
import { keywordsView, personaView, topAuthorView, topClassView } from './taste';

const VIEWS: { [K in CardKind]: MakeView<K> } = {
  totals: totalsView,
  firstBook: firstBookView,
  peakMonth: peakMonthView,
  peakTime: peakTimeView,
  longestCompanion: longestCompanionView,
  quickest: quickestView,
  topClass: topClassView,
  topAuthor: topAuthorView,
  cameBackTo: cameBackToView,
  popularity: popularityView,
  onTime: onTimeView,
  libraryDays: libraryDaysView,
  percentile: percentileView,
  keywords: keywordsView,
  persona: personaView,
  nextThree: nextThreeView,
  libraryYear: (card, saying) => ({
    ...libraryYearView(card, saying),
    books: libraryTop(card.top, saying),
  }),
};

/** A card in the words of the page; undefined where this app is older than the server and does not know it. */
export function cardView(card: AnyCard, saying: Saying): CardView | undefined {
  const make = (VIEWS as Partial<typeof VIEWS>)[card.kind] as
    ((card: AnyCard, saying: Saying) => CardView) | undefined;
  return make?.(card, saying);
}

/** What a card is called. */
export function cardLabel(kind: string, { words: { cards } }: Pick<Saying, 'words'>): string {
  return kind in VIEWS ? cards[kind as CardKind].label : kind;
}
