import type { LibraryYearPart } from '../../../../../contracts/report/library-year';
import { makeSpan } from '../window';
import type { YearTally } from './tally';

/** A tally as it is kept between two runs of a job; the same for the same counts. */
export function packTally({
  span,
  loans,
  readers,
  months,
  classes,
  types,
  titles,
}: YearTally): LibraryYearPart {
  return {
    window: span.window,
    ...{ loans, readers, months: [...months], classes: [...classes] },
    types: [...types]
      .map(([type, histogram]) => [type, sortHistogram(histogram)] as const)
      .map(([type, histogram]): LibraryYearPart['types'][number] => [type, histogram])
      .sort(byFirst),
    titles: [...titles]
      .map(([key, title]): LibraryYearPart['titles'][number] => [key, title.borrowers, title.clc])
      .sort(byFirst),
  };
}

export function unpackTally(part: LibraryYearPart): YearTally {
  return {
    span: makeSpan(part.window.kind, part.window.year),
    ...{ loans: part.loans, readers: part.readers },
    ...{ months: [...part.months], classes: [...part.classes] },
    types: new Map(part.types.map(([type, histogram]) => [type, new Map(histogram)])),
    titles: new Map(part.titles.map(([key, borrowers, clc]) => [key, { borrowers, clc }])),
  };
}

/** Fewest loans first. */
export const sortHistogram = (histogram: ReadonlyMap<number, number>): [number, number][] =>
  [...histogram].sort(([a], [b]) => a - b);

const byFirst = ([a]: readonly [string, ...unknown[]], [b]: readonly [string, ...unknown[]]): number =>
  a < b ? -1 : 1;
