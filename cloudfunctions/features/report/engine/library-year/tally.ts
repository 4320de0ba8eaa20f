import type { ReportLoan } from '../../../../../contracts/report/loan';
import { UNKNOWN_CLASS } from '../main-class';
import { prepareLoans, type Reading } from '../prepare-loans';
import { monthOf, type Span } from '../window';

/** Counts over readers, no reader among them. */
export interface YearTally {
  span: Span;
  loans: number;
  readers: number;
  months: number[];
  /** By place among the classes, the last for unknown. */
  classes: number[];
  /** Reader type → loans → readers with so many. '' is the type of readers without one. */
  types: Map<string, Map<number, number>>;
  titles: Map<string, TitleTally>;
}

export interface TitleTally {
  borrowers: number;
  /** The first place among the classes that its loans name. */
  clc: number;
}

export function startTally(span: Span): YearTally {
  return {
    ...{ span, loans: 0, readers: 0 },
    months: new Array<number>(12).fill(0),
    classes: new Array<number>(UNKNOWN_CLASS + 1).fill(0),
    types: new Map(),
    titles: new Map(),
  };
}

/**
 * Counts one reader's loans, by the rules that reports follow. Every reader is added once, with all their
 * loans: that is how borrowers can be counted without remembering who they were.
 * @returns the same tally
 */
export function addReader(
  tally: YearTally,
  { loans: rows, readerType = '' }: { loans: readonly ReportLoan[]; readerType?: string },
  reading: Reading,
): YearTally {
  const { loans } = prepareLoans(rows, reading);
  if (loans.length === 0) return tally;
  tally.readers++;
  tally.loans += loans.length;
  addTo(histogramOf(tally, readerType), loans.length, 1);
  const borrowed = loans.length > 1 ? new Set<string>() : undefined;
  for (const { day, clc, titleKey } of loans) {
    tally.months[monthOf(tally.span, day)]!++;
    tally.classes[clc]!++;
    const title = tally.titles.get(titleKey);
    if (!title) tally.titles.set(titleKey, { borrowers: 1, clc });
    else {
      if (clc < title.clc) title.clc = clc;
      if (!borrowed?.has(titleKey)) title.borrowers++;
    }
    borrowed?.add(titleKey);
  }
  return tally;
}

/** Adds what another tally of other readers counted. @returns the first */
export function mergeTallies(into: YearTally, other: YearTally): YearTally {
  into.loans += other.loans;
  into.readers += other.readers;
  other.months.forEach((loans, month) => (into.months[month]! += loans));
  other.classes.forEach((loans, place) => (into.classes[place]! += loans));
  for (const [type, histogram] of other.types)
    for (const [loans, readers] of histogram) addTo(histogramOf(into, type), loans, readers);
  for (const [key, { borrowers, clc }] of other.titles) {
    const title = into.titles.get(key);
    if (!title) into.titles.set(key, { borrowers, clc });
    else {
      title.borrowers += borrowers;
      if (clc < title.clc) title.clc = clc;
    }
  }
  return into;
}

function histogramOf({ types }: YearTally, readerType: string): Map<number, number> {
  let histogram = types.get(readerType);
  if (!histogram) types.set(readerType, (histogram = new Map<number, number>()));
  return histogram;
}

const addTo = (counts: Map<number, number>, key: number, more: number): void =>
  void counts.set(key, (counts.get(key) ?? 0) + more);
