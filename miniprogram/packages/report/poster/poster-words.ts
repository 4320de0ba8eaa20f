import type { Persona } from '../../../../contracts/report/cards';
import type { PosterFigures } from '../../../../contracts/report/shared';
import type { Language } from '../../../i18n/index';
import { dayText } from '../../../lib/dates';
import { personaColour } from '../cards/taste';
import type { ColourKey } from '../palette';
import { grouping, say, type ReportWords } from '../words/index';
import { yearName } from '../year-words';

/** All that is written on a poster: counts and the persona, nothing that names anybody. */
export interface PosterWords {
  year: string;
  heading: string;
  persona: Persona | undefined;
  colour: ColourKey;
  name: string;
  line: string;
  counts: { number: string; unit: string }[];
  since: string;
  foot: string;
  codeHint: string;
}

export function posterWords(poster: PosterFigures, words: ReportWords, language: Language): PosterWords {
  const { poster: t } = words;
  const { window, persona, since } = poster;
  const called = persona === undefined ? undefined : words.personas[persona];
  const counts = [
    [poster.loans, t.loans],
    [poster.titles, t.titles],
    [poster.authors, t.authors],
    [poster.libraryDays, t.days],
  ] as const;
  return {
    year: yearName(window, words),
    heading: t.heading,
    persona,
    colour: persona === undefined ? 'i' : personaColour(persona),
    name: called?.name ?? '',
    line: called?.line ?? '',
    counts: counts.flatMap(([n, unit]) =>
      n === undefined ? [] : [{ number: grouping(n), unit: oneOf(unit, n, language) }],
    ),
    since:
      since !== undefined && since > window.from
        ? say(words.story.since, { day: dayText(since, language, '') })
        : '',
    foot: t.foot,
    codeHint: t.codeHint,
  };
}

const oneOf = (unit: string, n: number, language: Language): string =>
  language === 'en' && n === 1 ? unit.replace(/s$/, '') : unit;

/** What is to be seen, for screen readers. */
export function posterAlt({ name, counts, year }: PosterWords, words: ReportWords): string {
  const { listComma } = words.cards;
  const all = [...(name === '' ? [] : [name]), ...counts.map(({ number, unit }) => `${number} ${unit}`)];
  return say(words.poster.alt, { year, words: all.join(listComma) });
}
