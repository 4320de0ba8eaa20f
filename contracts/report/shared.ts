import * as v from 'valibot';
import { Count, LocalDate } from '../fields';
import {
  CameBackToCard,
  FirstBookCard,
  KeywordsCard,
  LibraryDaysCard,
  LibraryYearCard,
  LongestCompanionCard,
  NextThreeCard,
  OnTimeCard,
  PeakMonthCard,
  PeakTimeCard,
  PercentileCard,
  PersonaCard,
  PERSONAS,
  PopularityCard,
  QuickestCard,
  TopAuthorCard,
  TopClassCard,
  TotalsCard,
} from './cards';
import { ReportBook, ReportWindow } from './fields';

/** Cards that name no book, author or subject. */
const COUNTS = [
  v.pick(TotalsCard, ['kind', 'loans', 'titles', 'authors', 'months']),
  v.pick(PeakMonthCard, ['kind', 'month', 'loans']),
  v.pick(PeakTimeCard, ['kind', 'hour', 'hourLoans', 'weekday', 'weekdayLoans', 'hours', 'weekdays']),
  v.pick(TopClassCard, ['kind', 'clc', 'loans', 'classes', 'unknown', 'diversity', 'newClasses']),
  v.pick(OnTimeCard, ['kind', 'onTime', 'returned']),
  v.pick(LibraryDaysCard, ['kind', 'days', 'streakWeeks']),
  v.pick(PercentileCard, ['kind', 'percent']),
  v.pick(PersonaCard, ['kind', 'persona']),
] as const;

/**
 * A card as others see it: what is named here and nothing else. No `how`, for what a card was computed from may speak
 * of more than its owner chose to show. No type of reader. And no day: with the day of a loan whoever can look into
 * the library's records finds out whose report it is.
 */
export const SharedCard = v.variant('kind', [
  ...COUNTS,
  v.pick(FirstBookCard, ['kind', 'book']),
  v.pick(LongestCompanionCard, ['kind', 'book', 'days', 'open']),
  v.pick(QuickestCard, ['kind', 'book', 'days']),
  v.pick(TopAuthorCard, ['kind', 'author', 'titles', 'loans']),
  v.pick(CameBackToCard, ['kind', 'book', 'loans', 'others']),
  v.pick(PopularityCard, ['kind', 'popular', 'niche', 'fewTitles']),
  v.pick(KeywordsCard, ['kind', 'words']),
  v.pick(NextThreeCard, ['kind', 'books']),
  v.pick(LibraryYearCard, ['kind', 'loans', 'titles', 'months', 'classes', 'top']),
]);
export type SharedCard = v.InferOutput<typeof SharedCard>;

/** A card as the library's staff see it before publication, of nobody in particular: less than others may see of it. */
export const SampleCard = v.variant('kind', [
  ...COUNTS,
  v.pick(LibraryYearCard, ['kind', 'loans', 'titles', 'months', 'classes']),
]);
export type SampleCard = v.InferOutput<typeof SampleCard>;

/** What a shared page shows: the cards that the report's owner chose, and nothing that names them. */
export const SharedReport = v.object({
  window: ReportWindow,
  /** The history is complete from this day only. */
  since: v.optional(LocalDate),
  cards: v.array(SharedCard),
});
export type SharedReport = v.InferOutput<typeof SharedReport>;

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
