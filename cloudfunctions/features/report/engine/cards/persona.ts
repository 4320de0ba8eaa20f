import type { CardOf, Persona } from '../../../../../contracts/report/cards';
import type { Material, MakeCard } from '../material';

/** What a rule looked at: met where `part` of `whole` is at least what it asks for. */
interface Finding {
  part: number;
  whole: number;
  asked: number;
  met: boolean;
}
type Rule = (material: Material) => Finding | undefined;

const share = (part: number, whole: number, asked: number): Finding => ({
  ...{ part, whole, asked },
  met: whole > 0 && part / whole >= asked,
});
const atLeast = (part: number, whole: number, asked: number): Finding => ({
  ...{ part, whole, asked },
  met: part >= asked,
});
const atMost = (part: number, whole: number, asked: number): Finding => ({
  ...{ part, whole, asked },
  met: part <= asked,
});

const LEAST_TITLES = 5;
const LEAST_ENDED = 3;
/** A title is popular that so many borrowed in the window. */
const POPULAR_FROM = 20;

/** In this order, the rare before the common: the first that is met names the reader. Each looks at what cards show. */
const RULES: readonly [Persona, Rule][] = [
  ['night-owl', ({ shown }) => hoursShare(shown.find('peakTime'), (hour) => hour >= 21 || hour < 5, 0.25)],
  ['early-bird', ({ shown }) => hoursShare(shown.find('peakTime'), (hour) => hour >= 5 && hour < 9, 0.25)],
  [
    'devotee',
    ({ shown, facts }) => {
      const author = shown.find('topAuthor');
      if (!author || author.titles < 3) return undefined;
      return share(author.titles, facts.titles.size, 0.25);
    },
  ],
  [
    'returner',
    ({ shown, facts }) => {
      const again = shown.find('cameBackTo');
      if (!again || again.others < 1) return undefined;
      return share(again.others + 1, facts.titles.size, 0.2);
    },
  ],
  [
    'steady',
    ({ shown }) => onCard(shown.find('libraryDays'), (days) => atLeast(days.streakWeeks, days.days, 8)),
  ],
  [
    'specialist',
    ({ shown }) =>
      onCard(shown.find('topClass'), ({ loans, how }) =>
        how.known < LEAST_TITLES ? undefined : share(loans, how.known, 0.6),
      ),
  ],
  [
    'explorer',
    ({ shown }) =>
      onCard(shown.find('topClass'), ({ classes, how, diversity }) =>
        diversity < 0.75 ? undefined : atLeast(classes.length, how.known, 6),
      ),
  ],
  ['collector', ({ facts }) => atLeast(facts.loans.length, facts.loans.length, 50)],
  ['companion', (material) => medianDays(material, (days, ended) => atLeast(days, ended, 60))],
  ['sprinter', (material) => medianDays(material, (days, ended) => atMost(days, ended, 7))],
  [
    'trend-reader',
    ({ facts, library }) => {
      if (!library) return undefined;
      let popular = 0;
      for (const key of facts.titles.keys()) if ((library.borrowersOf(key) ?? 0) >= POPULAR_FROM) popular++;
      return share(popular, facts.titles.size, 0.5);
    },
  ],
  [
    'treasure-hunter',
    ({ shown }) =>
      onCard(shown.find('popularity'), ({ fewTitles, how }) =>
        how.titles < LEAST_TITLES ? undefined : share(fewTitles, how.titles, 0.8),
      ),
  ],
];

export const makePersona: MakeCard<'persona'> = (material) => {
  const loans = material.facts.loans.length;
  if (loans === 0) return named('guest', atMost(loans, loans, 0));
  if (loans < LEAST_TITLES) return named('newcomer', atMost(loans, loans, LEAST_TITLES - 1));
  for (const [persona, rule] of RULES) {
    const finding = rule(material);
    if (finding?.met) return named(persona, finding);
  }
  return named('all-rounder', atLeast(loans, loans, LEAST_TITLES));
};

const named = (persona: Persona, { part, whole, asked }: Finding): CardOf<'persona'> => ({
  kind: 'persona',
  persona,
  how: { part, whole, asked },
});

const onCard = <C>(card: C | undefined, rule: (card: C) => Finding | undefined): Finding | undefined =>
  card === undefined ? undefined : rule(card);

function hoursShare(
  card: CardOf<'peakTime'> | undefined,
  isMeant: (hour: number) => boolean,
  asked: number,
): Finding | undefined {
  if (!card) return undefined;
  const part = card.hours.reduce((sum, loans, hour) => (isMeant(hour) ? sum + loans : sum), 0);
  return share(part, card.how.timed, asked);
}

/** Of the loans that came back: the lower one of the two in the middle. */
function medianDays(
  { facts }: Material,
  rule: (days: number, ended: number) => Finding,
): Finding | undefined {
  const days = facts.loans.filter(({ ending }) => ending === 'returned').map((loan) => loan.days);
  if (days.length < LEAST_ENDED) return undefined;
  days.sort((a, b) => a - b);
  return rule(days[(days.length - 1) >> 1]!, days.length);
}
