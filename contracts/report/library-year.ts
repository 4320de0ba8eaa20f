import * as v from 'valibot';
import { Count, Timestamp } from '../fields';
import { Borrowers, ClassCounts, ClcLetterField, MonthCounts, ReportWindow } from './fields';

/** `[loans, readers with so many loans]`, fewest loans first. */
const Histogram = v.array(v.tuple([v.pipe(Count, v.minValue(1)), v.pipe(Count, v.minValue(1))]));

/** The whole library's window: counts of all loans that it may aggregate, of nobody in particular. */
export const LibraryYear = v.object({
  window: ReportWindow,
  asOf: Timestamp,
  /** Readers with a loan in the window. */
  readers: Count,
  loans: Count,
  titles: Count,
  months: MonthCounts,
  classes: ClassCounts,
  unknownClass: Count,
  /** By reader type, those types only that have enough readers to be ranked among. */
  types: v.array(v.object({ readerType: v.string(), readers: Count, histogram: Histogram })),
  /** The most borrowed titles overall and of each class, most borrowers first; none with few borrowers. */
  top: v.array(v.object({ bibId: v.string(), borrowers: Borrowers, clc: v.optional(ClcLetterField) })),
});
export type LibraryYear = v.InferOutput<typeof LibraryYear>;

/** A part of a library's year on its way between two runs of a job: counts, compact, all sorted. */
export const LibraryYearPart = v.object({
  window: ReportWindow,
  loans: Count,
  readers: Count,
  months: v.pipe(v.array(Count), v.length(12)),
  /** In the order of the CLC's letters; the last counts loans without a class. */
  classes: v.pipe(v.array(Count), v.length(23)),
  types: v.array(v.tuple([v.string(), Histogram])),
  /** Title, its borrowers, and its class by place in `classes`. */
  titles: v.array(v.tuple([v.string(), Count, Count])),
});
export type LibraryYearPart = v.InferOutput<typeof LibraryYearPart>;
