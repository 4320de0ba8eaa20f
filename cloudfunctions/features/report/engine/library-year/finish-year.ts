import { FEW_BORROWERS, LEAST_READERS } from '../../../../../contracts/report/fields';
import type { LibraryYear } from '../../../../../contracts/report/library-year';
import { classCounts } from '../facts';
import { letterAt, UNKNOWN_CLASS } from '../main-class';
import { sortHistogram } from './pack-tally';
import type { YearTally } from './tally';

const TOP_OF_ALL = 50;
const TOP_OF_CLASS = 12;

export interface FinishedYear {
  year: LibraryYear;
  /** Title key → borrowers, of those titles only that are not few. */
  borrowers: Map<string, number>;
}

/**
 * The library's year from its tally. What could point at a person is discarded here: titles with few
 * borrowers, and the histograms of small groups.
 * @param asOf ISO timestamp of the snapshot
 */
export function finishYear(tally: YearTally, asOf: string): FinishedYear {
  const borrowers = new Map<string, number>();
  for (const [key, title] of tally.titles)
    if (title.borrowers >= FEW_BORROWERS) borrowers.set(key, title.borrowers);
  const names = tally.span.monthNames;
  const year: LibraryYear = {
    window: tally.span.window,
    asOf,
    ...{ readers: tally.readers, loans: tally.loans, titles: tally.titles.size },
    months: tally.months.map((loans, i) => ({ month: names[i]!, loans })),
    classes: classCounts(tally.classes),
    unknownClass: tally.classes[UNKNOWN_CLASS]!,
    types: typesOf(tally),
    top: topOf(tally, borrowers),
  };
  return { year, borrowers };
}

function typesOf({ types }: YearTally): LibraryYear['types'] {
  return [...types]
    .map(([readerType, histogram]) => ({
      readerType,
      readers: [...histogram.values()].reduce((sum, readers) => sum + readers, 0),
      histogram: sortHistogram(histogram),
    }))
    .filter(({ readerType, readers }) => readerType !== '' && readers >= LEAST_READERS)
    .sort((a, b) => (a.readerType < b.readerType ? -1 : 1));
}

/** The top of all, and of each class, so that every reader can be told of one that is new to them. */
function topOf({ titles }: YearTally, borrowers: ReadonlyMap<string, number>): LibraryYear['top'] {
  const sorted = [...borrowers]
    // a title without a number cannot be looked up
    .filter(([key]) => !key.startsWith('~'))
    .sort(([a, most], [b, more]) => more - most || (a < b ? -1 : 1));
  const ofClass = new Array<number>(UNKNOWN_CLASS + 1).fill(0);
  return sorted
    .map(([bibId, count]) => ({ bibId, borrowers: count, place: titles.get(bibId)!.clc }))
    .filter(({ place }, rank) => ++ofClass[place]! <= TOP_OF_CLASS || rank < TOP_OF_ALL)
    .map(({ bibId, borrowers: count, place }) => {
      const clc = letterAt(place);
      return { bibId, borrowers: count, ...(clc !== undefined && { clc }) };
    });
}
