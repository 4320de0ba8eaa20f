import * as v from 'valibot';
import { Count, LocalDate, Timestamp } from '../fields';
import { Card } from './cards';
import { ReportWindow } from './fields';

/** Why a row is not counted; a row has one reason, the first that applies. */
export const LEFT_OUT = [
  /** Nothing tells it from another loan. */
  'noId',
  /** Neither a title nor its number. */
  'noBook',
  /** Borrowed on no day, on a day that no calendar has, or before 1970. */
  'badDate',
  /** Borrowed after the snapshot. */
  'afterSnapshot',
  'returnedBeforeLoaned',
  /** Another row speaks of the same loan. */
  'duplicate',
  /** Within the window, but before the day from which the history is complete. */
  'beforeKnown',
] as const;
export type LeftOut = (typeof LEFT_OUT)[number];

/** Why a card is not in the report. */
export const WITHHELD = [
  /** Fewer loans than the definition asks for. */
  'tooFew',
  /** No month stands out. */
  'flat',
  /** The source gives days without times. */
  'noTimes',
  /** The source does not tell of returns. */
  'noReturns',
  'noDueDates',
  'noClasses',
  'noAuthors',
  'noSubjects',
  /** There is nothing of the kind to tell. */
  'none',
  /** The library's figures are not there. */
  'noLibraryYear',
  'noReaderType',
  /** The history covers a part of the window, so it cannot be compared. */
  'incomplete',
  'smallGroup',
  'belowMiddle',
  'sameAsLongest',
  /** No title to recommend is on the shelf. */
  'noneAvailable',
] as const;
export type WithheldReason = (typeof WITHHELD)[number];

/**
 * A reader's year, as it is frozen. `sourceCount` = loans of the window + `earlier` + `later` + all of
 * `leftOut`. Loans of the window whose return or due date could not be used are counted in `unclear`.
 */
export const Report = v.object({
  /** Counts from 1; a dispute makes the next one. */
  version: v.pipe(Count, v.minValue(1)),
  /** Of the definitions in the engine. */
  rules: Count,
  window: ReportWindow,
  /** `none`: no loan; `few`: 1–4; `full`: 5 and more. */
  tier: v.picklist(['none', 'few', 'full']),
  /** The snapshot: what happened later is not in it. */
  asOf: Timestamp,
  source: v.picklist(['library', 'seen', 'import']),
  sourceCount: Count,
  /** The history is complete from this day only; it may lie within the window. */
  since: v.optional(LocalDate),
  earlier: Count,
  later: Count,
  leftOut: v.partial(v.object(v.entriesFromList(LEFT_OUT, v.pipe(Count, v.minValue(1))))),
  unclear: v.object({ returns: Count, dueDates: Count }),
  cards: v.array(Card),
  /** Cards of this tier that are not there, by kind, with the reason. */
  withheld: v.record(v.string(), v.picklist(WITHHELD)),
});
export type Report = v.InferOutput<typeof Report>;
