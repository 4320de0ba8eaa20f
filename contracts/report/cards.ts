import * as v from 'valibot';
import { Count, LocalDate, Timestamp } from '../fields';
import { Borrowers, ClassCounts, ClcLetterField, LEAST_READERS, MonthCounts, ReportBook } from './fields';

/*
 * Every card holds numbers and ids only; its texts are the mini program's. `how` holds the further numbers
 * that the text "how this was computed" needs. "Loans" are those that began within the window.
 */
const card = <K extends string, E extends v.ObjectEntries, H extends v.ObjectEntries>(
  kind: K,
  entries: E,
  how: H,
) => v.object({ kind: v.literal(kind), ...entries, how: v.object(how) });

/** From 0 to 1, four decimals. */
const Fraction = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const Hour = v.pipe(Count, v.maxValue(23));
/** ISO: Monday is 1, Sunday 7. */
const Weekday = v.pipe(Count, v.minValue(1), v.maxValue(7));
const Positive = v.pipe(Count, v.minValue(1));

export const TotalsCard = card(
  'totals',
  { loans: Positive, titles: Positive, authors: Count, months: MonthCounts },
  /** Loans that name no author. */
  { withoutAuthor: Count },
);

export const FirstBookCard = card(
  'firstBook',
  {
    book: ReportBook,
    on: LocalDate,
    /** The first loan that is known, of an earlier year, and whole days from it to the snapshot; else absent. */
    firstEver: v.optional(v.object({ on: LocalDate, days: Count })),
  },
  /** Loans of the window, and of the time before it. */
  { loans: Positive, earlierLoans: Count },
);

export const PeakMonthCard = card(
  'peakMonth',
  { month: v.string(), loans: Positive },
  /** Shown because `loans` exceeds the mean of the months that are known and have begun by more than 2. */
  { allLoans: Positive, months: Positive },
);

export const PeakTimeCard = card(
  'peakTime',
  {
    hour: Hour,
    hourLoans: Positive,
    weekday: Weekday,
    weekdayLoans: Positive,
    /** Loans by hour, midnight first, and by weekday, Monday first. */
    hours: v.pipe(v.array(Count), v.length(24)),
    weekdays: v.pipe(v.array(Count), v.length(7)),
  },
  /** Loans with a time of day, of all. */
  { timed: Positive, loans: Positive },
);

export const LongestCompanionCard = card(
  'longestCompanion',
  {
    book: ReportBook,
    /** Whole days to its return, or to the snapshot while it is out. */
    days: Count,
    from: LocalDate,
    to: LocalDate,
    open: v.boolean(),
  },
  /** Loans compared, and loans whose end nobody knows. */
  { compared: Positive, unknownEnd: Count },
);

export const QuickestCard = card(
  'quickest',
  { book: ReportBook, days: Count, from: LocalDate, to: LocalDate },
  { returned: Positive },
);

export const TopClassCard = card(
  'topClass',
  {
    clc: ClcLetterField,
    loans: Positive,
    classes: ClassCounts,
    /** Loans without a class of the CLC; with `classes` they sum to all loans. */
    unknown: Count,
    /** 1 − Σp² over the loans whose class is known. */
    diversity: Fraction,
    /** Classes not among the earlier loans; absent where nothing earlier could be known. */
    newClasses: v.optional(v.array(ClcLetterField)),
  },
  {
    known: Positive,
    earlierLoans: Count,
    /** The earlier loans are known from this day only. */
    comparedFrom: v.optional(LocalDate),
  },
);

export const TopAuthorCard = card(
  'topAuthor',
  { author: v.string(), titles: v.pipe(Count, v.minValue(2)), loans: Positive },
  { authors: Positive, withoutAuthor: Count },
);

export const CameBackToCard = card(
  'cameBackTo',
  {
    book: ReportBook,
    loans: v.pipe(Count, v.minValue(2)),
    /** Other titles that were borrowed again. */
    others: Count,
  },
  { titles: Positive, loans: Positive },
);

export const PopularityCard = card(
  'popularity',
  {
    popular: v.optional(v.object({ book: ReportBook, borrowers: Borrowers })),
    niche: v.optional(v.object({ book: ReportBook, borrowers: Borrowers })),
    /** Titles of the reader with few borrowers. */
    fewTitles: Count,
  },
  /** The reader's titles, and of whom this speaks: the library's active readers and their loans, of an import. */
  { titles: Positive, readers: Count, libraryLoans: Count, asOf: Timestamp },
);

export const OnTimeCard = card(
  'onTime',
  { onTime: Count, returned: Positive },
  /** Returned loans whose due date is not known are in neither number. */
  { withoutDue: Count, open: Count },
);

export const LibraryDaysCard = card(
  'libraryDays',
  {
    days: Positive,
    /** The longest run of consecutive ISO weeks with a day in the library. */
    streakWeeks: Positive,
    /** Its first Monday and last Sunday. */
    streakFrom: LocalDate,
    streakTo: LocalDate,
  },
  /** Days with an entry at the gate, and days with a loan or a return; `gates`: the library tells of entries. */
  { gateDays: Count, eventDays: Count, gates: v.boolean() },
);

export const PercentileCard = card(
  'percentile',
  {
    /** Mid-rank, percent, one decimal, rounded down; at least 50. */
    percent: v.pipe(v.number(), v.minValue(50), v.maxValue(100)),
    readerType: v.string(),
  },
  /** Active readers of the type, those with fewer loans, and those with as many. */
  {
    loans: Positive,
    readers: v.pipe(Count, v.minValue(LEAST_READERS)),
    fewer: Count,
    same: Count,
    asOf: Timestamp,
  },
);

export const KeywordsCard = card(
  'keywords',
  { words: v.pipe(v.array(v.object({ word: v.string(), titles: Positive })), v.minLength(3)) },
  {
    /** Titles with subject headings, and those held back because they are about health, religion, law or politics. */
    titles: Positive,
    sensitiveTitles: Count,
    /** The owner switched these subjects on. */
    sensitive: v.boolean(),
  },
);

export const PERSONAS = [
  'night-owl',
  'early-bird',
  'devotee',
  'returner',
  'explorer',
  'specialist',
  'steady',
  'collector',
  'treasure-hunter',
  'companion',
  'sprinter',
  'trend-reader',
  'all-rounder',
  'newcomer',
  'guest',
] as const;
export const PersonaCard = card(
  'persona',
  /** The rule that was met is named as the persona is. */
  { persona: v.picklist(PERSONAS) },
  /** What the rule looked at: `part` of `whole`, and the part that it asks for. */
  { part: v.number(), whole: v.number(), asked: v.number() },
);
export type Persona = (typeof PERSONAS)[number];

/** `mostBorrowed` only where the borrowers are counted and not few; else nothing but `onShelf` is known. */
export const NEXT_REASONS = ['sameAuthor', 'topClass', 'newClass', 'mostBorrowed', 'onShelf'] as const;
export const NextThreeCard = card(
  'nextThree',
  {
    books: v.pipe(
      v.array(
        v.object({
          book: ReportBook,
          reason: v.picklist(NEXT_REASONS),
          /** Its borrowers in the library this year, where they are not few. */
          borrowers: v.optional(Borrowers),
        }),
      ),
      v.minLength(1),
      v.maxLength(3),
    ),
  },
  /** Titles that could be chosen from: on the shelf, and never borrowed by the reader as far as is known. */
  { available: Positive, asOf: Timestamp },
);

/** The library's year, shown to those who have no loan of their own. */
export const LibraryYearCard = card(
  'libraryYear',
  {
    loans: Positive,
    titles: Positive,
    months: MonthCounts,
    classes: ClassCounts,
    top: v.array(v.object({ book: ReportBook, borrowers: Borrowers })),
  },
  { readers: Count, asOf: Timestamp },
);

export const Card = v.variant('kind', [
  TotalsCard,
  FirstBookCard,
  PeakMonthCard,
  PeakTimeCard,
  LongestCompanionCard,
  QuickestCard,
  TopClassCard,
  TopAuthorCard,
  CameBackToCard,
  PopularityCard,
  OnTimeCard,
  LibraryDaysCard,
  PercentileCard,
  KeywordsCard,
  PersonaCard,
  NextThreeCard,
  LibraryYearCard,
]);
export type Card = v.InferOutput<typeof Card>;
export type CardKind = Card['kind'];
export type CardOf<K extends CardKind> = Extract<Card, { kind: K }>;
