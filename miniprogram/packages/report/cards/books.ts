import type { CardOf } from '../../../../contracts/report/cards';
import type { Borrowers } from '../../../../contracts/report/fields';
import { dayText, plusDays } from '../../../lib/dates';
import { say } from '../words/index';
import { yearDay } from '../year-words';
import { bookColour, bookLine, view, type MakeView, type Saying } from './card-view';

/** Below this nobody is told a number of borrowers; as FEW_BORROWERS of contracts/report/fields.ts. */
export const FEW_BORROWERS = 5;
const MOST_OF_LIBRARY = 3;

export const firstBookView: MakeView<'firstBook'> = (card, saying) => {
  const { book } = card;
  return view('firstBook', {
    layout: 'book',
    colour: bookColour(book, 'k'),
    label: saying.words.cards.firstBook.label,
    // others are told of no day
    lines: 'on' in card ? firstDays(card, saying) : [],
    books: [bookLine(book, saying)],
  });
};

function firstDays({ on, firstEver }: CardOf<'firstBook'>, { words, window, language }: Saying): string[] {
  const { firstBook: t } = words.cards;
  const line = say(t.text, { day: yearDay(on, window, language) });
  if (firstEver === undefined) return [line];
  const { on: since, days } = firstEver;
  // counted up to the snapshot, which may be long ago when this is read
  const asOf = dayText(plusDays(since, days), language, '');
  const ever = { on: dayText(since, language, ''), days, asOf };
  return [line, say(t.firstEver, ever)];
}

/** From when to when, to those who may know; nothing to others. */
const fromTo = (card: object, text: string, { window, language }: Saying): string[] => {
  const { from, to } = card as { from?: string; to?: string };
  if (from === undefined || to === undefined) return [];
  return [say(text, { from: yearDay(from, window, language), to: yearDay(to, window, language) })];
};

export const longestCompanionView: MakeView<'longestCompanion'> = (card, saying) => {
  const { longestCompanion: t } = saying.words.cards;
  return view('longestCompanion', {
    layout: 'book',
    colour: bookColour(card.book, 'g'),
    label: t.label,
    ...daysFigure(card.days, t.unit, saying),
    tag: card.open ? t.open : '',
    lines: fromTo(card, card.open ? t.openText : t.text, saying),
    books: [bookLine(card.book, saying)],
  });
};

export const quickestView: MakeView<'quickest'> = (card, saying) => {
  const { quickest: t } = saying.words.cards;
  const sameDay = card.days === 0;
  return view('quickest', {
    layout: 'book',
    colour: bookColour(card.book, 'x'),
    label: t.label,
    ...(sameDay ? { figure: t.sameDayFigure, figureIsWords: true } : daysFigure(card.days, t.unit, saying)),
    lines: fromTo(card, sameDay ? t.sameDay : t.text, saying),
    books: [bookLine(card.book, saying)],
  });
};

export const cameBackToView: MakeView<'cameBackTo'> = (card, saying) => {
  const { cameBackTo: t } = saying.words.cards;
  const { book, loans, others } = card;
  return view('cameBackTo', {
    layout: 'book',
    colour: bookColour(book, 'b'),
    label: t.label,
    figure: String(loans),
    unit: t.unit,
    lines: [say(t.text, { loans }), ...(others > 0 ? [say(t.others, { n: others })] : [])],
    books: [bookLine(book, saying)],
    chart: { kind: 'rings', count: loans },
    chartWords: say(t.chart, { n: loans }),
  });
};

export const popularityView: MakeView<'popularity'> = (card, saying) => {
  const { popularity: t } = saying.words.cards;
  const { popular, niche, fewTitles } = card;
  const books = [
    ...(popular === undefined
      ? []
      : [bookLine(popular.book, saying, borrowersWords(popular.borrowers, t.popular, t.nicheFew))]),
    ...(niche === undefined
      ? []
      : [bookLine(niche.book, saying, borrowersWords(niche.borrowers, t.niche, t.nicheFew))]),
  ];
  return view('popularity', {
    layout: 'list',
    colour: 't',
    label: t.label,
    lines: [
      ...(popular === undefined ? [t.only] : []),
      ...(fewTitles > 0 ? [say(t.few, { n: fewTitles, limit: FEW_BORROWERS })] : []),
    ],
    books,
  });
};

export const nextThreeView: MakeView<'nextThree'> = (card, saying) => {
  const { nextThree: t, listComma } = saying.words.cards;
  return view('nextThree', {
    layout: 'list',
    colour: 'paper',
    label: t.label,
    figure: say(t.title, { n: card.books.length }),
    figureIsWords: true,
    books: card.books.map(({ book, reason, borrowers }) => {
      const how = typeof borrowers === 'number' ? [say(t.borrowers, { n: borrowers })] : [];
      return bookLine(book, saying, [t.reasons[reason], ...how].join(listComma));
    }),
  });
};

/** The books below the figures of the library's year. */
export function libraryTop(
  top: readonly { book: Parameters<typeof bookLine>[0]; borrowers: Borrowers }[],
  saying: Saying,
): ReturnType<typeof bookLine>[] {
  const { libraryYear: t } = saying.words.cards;
  return top
    .slice(0, MOST_OF_LIBRARY)
    .map(({ book, borrowers }) => bookLine(book, saying, borrowersWords(borrowers, t.borrowers, t.few)));
}

function borrowersWords(borrowers: Borrowers, text: string, few: string): string {
  return borrowers === 'few' ? say(few, { n: FEW_BORROWERS }) : say(text, { n: borrowers });
}

function daysFigure(days: number, unit: string, { language }: Saying): { figure: string; unit: string } {
  return { figure: String(days), unit: language === 'en' && days === 1 ? unit.replace(/s$/, '') : unit };
}
