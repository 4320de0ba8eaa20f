import { classCounts } from '../facts';
import { dateText } from '../local-clock';
import { letterAt, UNKNOWN_CLASS } from '../main-class';
import type { MakeCard } from '../material';
import { reachesBack } from '../reaches-back';

export const makeTopClass: MakeCard<'topClass'> = ({ facts }) => {
  const { loans, classes, earlier, reading } = facts;
  const counts = classCounts(classes);
  const [top] = counts;
  if (!top) return 'noClasses';
  const unknown = classes[UNKNOWN_CLASS]!;
  const known = loans.length - unknown;
  const before = new Set(earlier.map(({ clc }) => letterAt(clc)));
  const { sinceDay } = reading;
  const isCompared = reachesBack(facts);
  return {
    kind: 'topClass',
    ...top,
    classes: counts,
    unknown,
    diversity: diversityOf(counts, known),
    ...(isCompared && {
      newClasses: counts.map(({ clc }) => clc).filter((letter) => !before.has(letter)),
    }),
    how: {
      ...{ known, earlierLoans: earlier.length },
      ...(isCompared && sinceDay !== undefined && { comparedFrom: dateText(sinceDay) }),
    },
  };
};

/** 1 − Σp², four decimals. */
function diversityOf(counts: readonly { loans: number }[], known: number): number {
  const squares = counts.reduce((sum, { loans }) => sum + loans * loans, 0);
  return Math.round((1 - squares / (known * known)) * 10_000) / 10_000;
}
