import * as v from 'valibot';
import { CLC_LETTERS } from '../../miniprogram/lib/clc';
import { Count, LocalDate } from '../fields';

export const ReportWindow = v.object({
  /** `calendar`: January to December of `year`; `academic`: September of `year` to August of the next. */
  kind: v.picklist(['calendar', 'academic']),
  year: v.pipe(v.number(), v.integer(), v.minValue(1970), v.maxValue(2_200)),
  /** First and last day, both within, in the library's time zone. */
  from: LocalDate,
  to: LocalDate,
});
export type ReportWindow = v.InferOutput<typeof ReportWindow>;

export const ClcLetterField = v.picklist(CLC_LETTERS);

/** A title as a card names it; free of control characters, at most 200 characters. What is not known is absent. */
export const ReportBook = v.object({
  bibId: v.optional(v.string()),
  title: v.optional(v.string()),
  author: v.optional(v.string()),
  clc: v.optional(ClcLetterField),
});
export type ReportBook = v.InferOutput<typeof ReportBook>;

/** The twelve months of the window in its order, `YYYY-MM`. */
export const MonthCounts = v.pipe(
  v.array(v.object({ month: v.pipe(v.string(), v.regex(/^\d{4}-\d\d$/)), loans: Count })),
  v.length(12),
);

/** Classes with loans, most first. */
export const ClassCounts = v.array(v.object({ clc: ClcLetterField, loans: Count }));

/** Fewer borrowers than this are never given as a number. */
export const FEW_BORROWERS = 5;
export const Borrowers = v.union([v.pipe(Count, v.minValue(FEW_BORROWERS)), v.literal('few')]);
export type Borrowers = v.InferOutput<typeof Borrowers>;

/** Nobody is ranked among fewer readers than this. */
export const LEAST_READERS = 50;
