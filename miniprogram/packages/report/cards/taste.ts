import { clcClass } from '../../../lib/clc';
import type { Language } from '../../../i18n/index';
import { classColour, type ColourKey } from '../palette';
import { say } from '../words/index';
import type { Persona } from '../../../../contracts/report/cards';
import { view, type MakeView, type Word } from './card-view';

/** More new classes than this are not named. */
const MOST_NAMED = 4;

export const topClassView: MakeView<'topClass'> = (card, { words, language }) => {
  const { topClass: t, listComma, namesComma } = words.cards;
  const { clc, loans, classes, unknown, newClasses = [] } = card;
  const known = classes.reduce((sum, one) => sum + one.loans, 0);
  const name = className(clc, language);
  const fresh = newClasses.slice(0, MOST_NAMED).map((letter) => className(letter, language));
  const list = classes.map((one) => say(t.entry, { name: className(one.clc, language), loans: one.loans }));
  if (unknown > 0) list.push(say(t.unknown, { loans: unknown }));
  return view('topClass', {
    layout: 'drawing',
    colour: 'paper',
    label: t.label,
    figure: name,
    figureIsWords: true,
    lines: [
      say(t.text, { name, known, loans }),
      classes.length > 1 ? say(t.several, { n: classes.length }) : t.one,
      ...(fresh.length > 0 && newClasses.length <= MOST_NAMED && newClasses.length < classes.length
        ? [say(t.fresh, { names: fresh.join(namesComma) })]
        : []),
    ],
    chart: {
      kind: 'spines',
      classes: classes.map((one) => ({ key: classColour(one.clc), loans: one.loans })),
    },
    chartWords: say(t.chart, { list: list.join(listComma) }),
  });
};

export const topAuthorView: MakeView<'topAuthor'> = (card, { words }) => {
  const { topAuthor: t } = words.cards;
  return view('topAuthor', {
    colour: 'd',
    label: t.label,
    figure: card.author,
    figureIsWords: true,
    lines: [say(t.text, { titles: card.titles, loans: card.loans })],
    chart: { kind: 'volumes', count: card.titles },
    chartWords: say(t.chart, { titles: card.titles }),
  });
};

export const keywordsView: MakeView<'keywords'> = (card, { words: { cards } }) => {
  const { keywords: t } = cards;
  const most = card.words[0]?.titles ?? 1;
  const words = card.words.map(({ word, titles }): Word => ({
    text: word,
    size: titles === most ? 3 : titles * 2 >= most ? 2 : 1,
    label: say(t.word, { word, n: titles }),
  }));
  return view('keywords', { layout: 'words', colour: 'o', label: t.label, lines: [t.text], words });
};

/** Each persona has a colour of its own. */
const COLOURS: Record<Persona, ColourKey> = {
  'night-owl': 'v',
  'early-bird': 's',
  devotee: 'd',
  returner: 'u',
  explorer: 'g',
  specialist: 'e',
  steady: 'r',
  collector: 'k',
  'treasure-hunter': 'j',
  companion: 't',
  sprinter: 'h',
  'trend-reader': 'i',
  'all-rounder': 'b',
  newcomer: 'q',
  guest: 'f',
};

export function personaColour(persona: Persona): ColourKey {
  return COLOURS[persona];
}

export const personaView: MakeView<'persona'> = ({ persona }, { words }) => {
  const { name, line } = words.personas[persona];
  const { persona: t } = words.cards;
  return view('persona', {
    layout: 'emblem',
    colour: personaColour(persona),
    label: t.label,
    figure: name,
    figureIsWords: true,
    lines: [line],
    chart: { kind: 'motif', persona },
    chartWords: say(t.chart, { name }),
  });
};

export function className(letter: string, language: Language): string {
  const known = clcClass(letter);
  return known === undefined ? letter : language === 'en' ? known.en : known.zh;
}
