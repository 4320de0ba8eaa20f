import type { Card, CardKind } from '../../../../contracts/report/cards';
import type { ReportBook, ReportWindow } from '../../../../contracts/report/fields';
import type { SharedCard } from '../../../../contracts/report/shared';
import type { Language } from '../../../i18n/index';
import { clcColour } from '../../../lib/clc';
import type { Chart } from '../charts/chart';
import { classColour, type ColourKey } from '../palette';
import type { ReportWords } from '../words/index';

/** A title on a card; a tap opens its page where the library's number is known. */
export interface BookLine {
  bibId: string;
  title: string;
  author: string;
  /** Colour key of its cover */
  clc: string;
  note: string;
  /** For screen readers, where it can be opened */
  label: string;
}

export interface Word {
  text: string;
  size: 1 | 2 | 3;
  label: string;
}

/** How a card is laid out: by its figure, around a book, around a drawing, as words or as a list. */
export type Layout = 'figure' | 'book' | 'drawing' | 'words' | 'emblem' | 'list';

/** A card in the words of a language, ready to be shown. */
export interface CardView {
  kind: CardKind | 'cover' | 'end';
  layout: Layout;
  colour: ColourKey;
  label: string;
  /** A large number or some words; empty without one */
  figure: string;
  /** Whether `figure` is words, which are written smaller than digits */
  figureIsWords: boolean;
  unit: string;
  tag: string;
  lines: string[];
  books: BookLine[];
  words: Word[];
  chart: Chart | null;
  /** What the drawing shows, for screen readers */
  chartWords: string;
}

/** A card as its owner has it, or as others see it. */
export type AnyCard = Card | SharedCard;
export type AnyCardOf<K extends CardKind> = Extract<AnyCard, { kind: K }>;

/** What views of cards are made with. */
export interface Saying {
  words: ReportWords;
  language: Language;
  window: ReportWindow;
  /** All cards that are shown to this reader: one may look at another */
  cards: readonly AnyCard[];
}

export type MakeView<K extends CardKind> = (card: AnyCardOf<K>, saying: Saying) => CardView;

export const NO_CARD: CardView = {
  kind: 'cover',
  layout: 'figure',
  colour: 'paper',
  label: '',
  figure: '',
  figureIsWords: false,
  unit: '',
  tag: '',
  lines: [],
  books: [],
  words: [],
  chart: null,
  chartWords: '',
};

export function view(kind: CardView['kind'], rest: Partial<CardView>): CardView {
  return { ...NO_CARD, kind, ...rest };
}

export function bookLine(
  { bibId = '', title, author = '', clc }: ReportBook,
  { words: { cards: t } }: Saying,
  note = '',
): BookLine {
  const name = title ?? t.noTitle;
  return {
    bibId,
    title: name,
    author,
    clc: clcColour(clc),
    note,
    label: [name, author, note].filter((part) => part !== '').join(', '),
  };
}

/** The colour of a book's class, else the one given. */
export function bookColour({ clc }: ReportBook, otherwise: ColourKey): ColourKey {
  return clc === undefined ? otherwise : classColour(clc);
}

export function findCard<K extends CardKind>(cards: readonly AnyCard[], kind: K): AnyCardOf<K> | undefined {
  return cards.find((card): card is AnyCardOf<K> => card.kind === kind);
}
