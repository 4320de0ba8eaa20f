import type { CardKind } from '../../../../contracts/report/cards';
import { say, type ReportWords } from '../words/index';
import type { AnyCard, CardView, Saying } from './card-view';
import { cardView } from './index';

/** The views of cards in their order, without those that this app does not know. */
export function slidesOf(cards: readonly AnyCard[], hidden: readonly CardKind[], saying: Saying): CardView[] {
  return cards.filter(({ kind }) => !hidden.includes(kind)).flatMap((card) => cardView(card, saying) ?? []);
}

/** What a story shows at a place: a card, or behind the last one its end. */
export interface Place {
  at: number;
  of: number;
  place: string;
  atEnd: boolean;
  card: CardView;
}

/** @param at where to; one that is not there becomes the nearest. @param shown stays while the end is shown */
export function placeAt(
  slides: readonly CardView[],
  at: number,
  shown: CardView,
  { story: t }: ReportWords,
): Place {
  const of = slides.length + 1;
  const to = Math.min(Math.max(at, 0), of - 1);
  const card = slides[to];
  return {
    ...{ at: to, of },
    place: say(t.place, { n: to + 1, of }),
    atEnd: card === undefined,
    card: card ?? shown,
  };
}
