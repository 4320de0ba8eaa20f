import * as v from 'valibot';
import { Denied } from './denials';
import { Count, LocalDate, PageInput, Timestamp } from './fields';

/** A loan that has ended, as it is kept for a reader who asked for it. */
export const PastLoan = v.object({
  loanId: v.string(),
  bibId: v.optional(v.string()),
  title: v.string(),
  author: v.optional(v.string()),
  callNumber: v.optional(v.string()),
  clc: v.optional(v.string()),
  branch: v.optional(v.string()),
  loanedAt: v.string(),
  dueAt: v.optional(v.string()),
  returnedAt: v.optional(v.string()),
  renewals: v.optional(Count),
});
export type PastLoan = v.InferOutput<typeof PastLoan>;

/**
 * Where the history comes from: the library's own records, or what Shutong has
 * seen since the reader switched it on (`since`).
 */
export const HistoryOutput = v.object({
  on: v.boolean(),
  since: v.optional(Timestamp),
  source: v.picklist(['library', 'seen', 'none']),
  items: v.array(PastLoan),
  total: Count,
  page: Count,
  /** The library does not show its records of this card; what stands in `items` is not all there is. */
  denied: v.optional(Denied),
});
export type HistoryOutput = v.InferOutput<typeof HistoryOutput>;

export const HistoryInput = PageInput;
/** Switching off erases what Shutong has kept; the library's own records stay the library's. */
export const HistorySwitchInput = v.object({ on: v.boolean() });
/** RFC 4180 with a byte order mark, so that spreadsheets read the Chinese. */
export const HistoryExportOutput = v.object({ fileName: v.string(), csv: v.string(), rows: Count });
export const EraseInput = v.object({
  /** Typed or tapped by the reader after being told what goes. */
  confirm: v.literal(true),
});
export const EraseHistoryOutput = v.object({ erased: Count });

/** Everything that Shutong keeps about the caller, collection by collection, unsealed for its owner. */
export const PrivacyExportOutput = v.object({
  exportedAt: Timestamp,
  collections: v.record(v.string(), v.array(v.record(v.string(), v.unknown()))),
});
/**
 * What was erased, as counts by collection, and until when what still limits
 * guessing PINs is kept under keyed hashes: the caller's failed sign-ins, their
 * tries at a card (which do not say whose they were), that they erased, and how
 * often papers of the card failed. The library's own records are not ours to erase.
 */
export const PrivacyEraseOutput = v.object({
  erased: v.record(v.string(), Count),
  kept: v.object({
    signIns: v.optional(Timestamp),
    cards: v.optional(Timestamp),
    erasures: v.optional(Timestamp),
    papers: v.optional(Timestamp),
  }),
  date: LocalDate,
});
export type PrivacyEraseOutput = v.InferOutput<typeof PrivacyEraseOutput>;
