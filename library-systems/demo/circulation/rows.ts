import * as v from 'valibot';
import { FINE_REASONS } from '../../../contracts/loans';
import { Count, DueAt, Id, LocalDate, Timestamp } from '../../../contracts/fields';
import { READER_TYPES } from './policy';
import type { ReaderTypeCode } from './policy';

/** What the circulation remembers, row by row, in the form in which the journal keeps it. */

export const CARD_STATES = ['ok', 'lost', 'blocked', 'frozen'] as const;

const readerTypes = Object.keys(READER_TYPES) as [ReaderTypeCode, ...ReaderTypeCode[]];

export const Reader = v.object({
  /** The reference that stays when the card number changes. */
  id: Id,
  cardNumber: v.string(),
  /** Numbers of earlier cards, no longer valid. */
  formerNumbers: v.array(v.string()),
  name: v.string(),
  type: v.picklist(readerTypes),
  department: v.optional(v.string()),
  grade: v.optional(v.string()),
  /** The last day on which the card is valid. */
  expiresAt: v.optional(LocalDate),
  cardState: v.picklist(CARD_STATES),
  /** New students borrow and hold nothing before they have passed the onboarding. */
  borrowing: v.optional(v.picklist(['awaits-onboarding', 'open']), 'open'),
  /** The key of the request that opened borrowing. */
  openedBy: v.optional(v.string()),
  /** Wrong PINs since the last right one. */
  wrongPins: v.optional(Count, 0),
  pinLockedUntil: v.optional(Timestamp),
});
export type Reader = v.InferOutput<typeof Reader>;

export const LoanRow = v.object({
  id: Id,
  reader: Id,
  bibId: Id,
  barcode: v.string(),
  loanedAt: Timestamp,
  dueAt: DueAt,
  renewals: Count,
  recalled: v.optional(v.boolean()),
  /** An automatic renewal was looked at and left out. */
  keepsDueDate: v.optional(v.boolean()),
  /** When this reader will bring it back of their own accord; the seed knows its invented readers. */
  returnsAt: v.optional(Timestamp),
});
export type LoanRow = v.InferOutput<typeof LoanRow>;

export const HoldRow = v.object({
  id: Id,
  reader: Id,
  bibId: Id,
  /** Only this copy will do. */
  itemBarcode: v.optional(v.string()),
  pickup: v.string(),
  placedAt: Timestamp,
  /** Order in the queue; clocks jump, this does not. */
  turn: Count,
  status: v.picklist(['waiting', 'inTransit', 'ready', 'expired', 'cancelled', 'collected']),
  /** The copy that was set aside. */
  barcode: v.optional(v.string()),
  /** When a copy in transit arrives. */
  arrivesAt: v.optional(Timestamp),
  readyUntil: v.optional(LocalDate),
});
export type HoldRow = v.InferOutput<typeof HoldRow>;

export const FineRow = v.object({
  id: Id,
  reader: Id,
  amountCents: Count,
  reason: v.picklist(FINE_REASONS),
  libraryText: v.string(),
  title: v.optional(v.string()),
  date: LocalDate,
});
export type FineRow = v.InferOutput<typeof FineRow>;

export const EndedLoan = v.object({
  id: Id,
  reader: Id,
  bibId: Id,
  barcode: v.string(),
  loanedAt: Timestamp,
  dueAt: DueAt,
  returnedAt: Timestamp,
  renewals: Count,
});
export type EndedLoan = v.InferOutput<typeof EndedLoan>;
