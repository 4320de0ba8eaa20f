import * as v from 'valibot';
import { Count } from '../fields';

const Text = (maxLength: number) => v.pipe(v.string(), v.maxLength(maxLength));

/**
 * One loan as a report is made from it. Times are the source's own words: `2026-03-01` where it has
 * days only, else `2026-03-01T10:00:00`, read in the library's time zone where no offset is given.
 * They may be wrong or missing: the engine leaves such a loan out and says why. A renewal is no loan.
 */
export const ReportLoan = v.object({
  loanId: Text(128),
  bibId: v.optional(Text(128)),
  title: v.optional(Text(2_000)),
  author: v.optional(Text(1_000)),
  /** A class number of the Chinese Library Classification; anything else counts as unknown. */
  clc: v.optional(Text(64)),
  subjects: v.optional(v.pipe(v.array(Text(300)), v.maxLength(100))),
  loanedAt: v.optional(Text(40)),
  dueAt: v.optional(Text(40)),
  /** Absent while the book is out, and where the source does not know of returns. */
  returnedAt: v.optional(Text(40)),
  renewals: v.optional(Count),
  branch: v.optional(Text(200)),
});
export type ReportLoan = v.InferOutput<typeof ReportLoan>;
