import * as v from 'valibot';
import { MAX_SCAN_TEXT, Named } from './catalog';
import { DENIAL_CODES, Denied } from './denials';
import { Count, DueAt, Id, InputText, LocalDate, Timestamp } from './fields';

/** Made by the client once for each tap; the same id never renews or places twice. */
export const RequestId = v.pipe(v.string(), v.regex(/^[\w-]{8,64}$/));

export const Renewal = v.object({
  allowed: v.boolean(),
  /** The library says only when asked to renew; `allowed` is then a hope. */
  unsure: v.optional(v.boolean()),
  code: v.optional(v.picklist(DENIAL_CODES)),
  libraryText: v.optional(v.string()),
  /** Renewals left. */
  left: v.optional(Count),
  /** The last day on which renewing still gains time. */
  lastDay: v.optional(LocalDate),
});

export const Loan = v.object({
  loanId: Id,
  bibId: v.optional(Id),
  itemBarcode: v.string(),
  title: v.string(),
  author: v.optional(v.string()),
  callNumber: v.optional(v.string()),
  branch: v.optional(Named),
  loanedAt: v.optional(DueAt),
  dueAt: DueAt,
  overdue: v.boolean(),
  renewal: Renewal,
});
export type Loan = v.InferOutput<typeof Loan>;

/** Loans by due date, overdue first. `denied`: the library no longer serves this card. */
export const LoansOutput = v.union([
  v.object({ state: v.picklist(['fresh', 'stale']), asOf: Timestamp, loans: v.array(Loan) }),
  v.object({ denied: Denied }),
]);
export type LoansOutput = v.InferOutput<typeof LoansOutput>;

export const RenewOutcome = v.variant('status', [
  v.object({ loanId: Id, status: v.literal('renewed'), dueAt: DueAt }),
  v.object({ loanId: Id, status: v.literal('refused'), ...Denied.entries }),
  /** The answer was lost and the library could not be asked again; read the list before anything else. */
  v.object({ loanId: Id, status: v.literal('unknown') }),
]);
export type RenewOutcome = v.InferOutput<typeof RenewOutcome>;

export const RenewInput = v.object({
  loanIds: v.pipe(v.array(Id), v.minLength(1), v.maxLength(100)),
  requestId: RequestId,
});
export const RenewAllInput = v.object({ requestId: RequestId });
/** `denied`: the library no longer serves this card at all; then no loan was asked for. */
export const RenewOutput = v.object({ outcomes: v.array(RenewOutcome), denied: v.optional(Denied) });
export type RenewOutput = v.InferOutput<typeof RenewOutput>;

export const RenewScannedInput = v.object({ text: InputText(MAX_SCAN_TEXT), requestId: RequestId });
/** `not-yours`: the barcode is none of the reader's loans. `denied`: the library no longer serves this card. */
export const RenewScannedOutput = v.variant('kind', [
  v.object({ kind: v.literal('outcome'), outcome: RenewOutcome, title: v.string() }),
  v.object({ kind: v.literal('not-yours'), text: v.string() }),
  v.object({ kind: v.literal('denied'), denied: Denied }),
]);
export type RenewScannedOutput = v.InferOutput<typeof RenewScannedOutput>;

export const FINE_REASONS = ['overdue', 'lost', 'damage', 'other'] as const;
export const Fine = v.object({
  fineId: Id,
  /** Chinese fen. */
  amountCents: Count,
  reason: v.picklist(FINE_REASONS),
  /** The library's own words. */
  libraryText: v.optional(v.string()),
  title: v.optional(v.string()),
  date: v.optional(LocalDate),
  /** Still growing: the book is not back yet. */
  running: v.boolean(),
});
export const FinesOutput = v.union([
  v.object({
    asOf: Timestamp,
    totalCents: Count,
    /** Above this debt the library stops lending. */
    blockAtCents: v.optional(Count),
    fines: v.array(Fine),
    /** Where and how to pay, in the library's words. */
    payAt: v.optional(v.string()),
  }),
  v.object({ denied: Denied }),
]);
export type Fine = v.InferOutput<typeof Fine>;
export type FinesOutput = v.InferOutput<typeof FinesOutput>;
