import * as v from 'valibot';
import { Count, LocalDate } from '../fields';
import { PERSONAS, type Card } from './cards';
import { ReportBook, ReportWindow } from './fields';

type WithoutHow<C> = C extends unknown ? Omit<C, 'how'> : never;
/** A card as others see it: what it was computed from may speak of more than its owner chose to show. */
export type SharedCard = WithoutHow<Card>;

/** What a shared page shows: the cards that the report's owner chose, and nothing that names them. */
export interface SharedReport {
  window: ReportWindow;
  /** The history is complete from this day only. */
  since?: string;
  cards: SharedCard[];
}

/** All that a poster may show: counts and the persona; absent where their card is hidden or not there. */
export const PosterFigures = v.object({
  window: ReportWindow,
  since: v.optional(LocalDate),
  loans: v.optional(Count),
  titles: v.optional(Count),
  authors: v.optional(Count),
  libraryDays: v.optional(Count),
  persona: v.optional(v.picklist(PERSONAS)),
});
export type PosterFigures = v.InferOutput<typeof PosterFigures>;

/** A line of the list of a year's books. */
export const YearBook = v.object({
  book: ReportBook,
  /** The day of its first loan in the window. */
  on: LocalDate,
  loans: v.pipe(Count, v.minValue(1)),
});
export type YearBook = v.InferOutput<typeof YearBook>;
