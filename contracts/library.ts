import * as v from 'valibot';
import { Count, LocalDate, Timestamp } from './fields';
import { Named, SearchAbilities } from './catalog';

/** The features of this library's system that the pages may offer. */
export const CAPABILITIES = [
  'catalog.search',
  'catalog.suggest',
  'catalog.holdings',
  'catalog.related',
  'catalog.itemByBarcode',
  'catalog.newBooks',
  'catalog.mostBorrowed',
  'policy.openingHours',
  'signIn',
  'loans',
  'loans.history',
  'holds',
  'fines',
] as const;
export type Capability = (typeof CAPABILITIES)[number];

export const CapabilitiesOutput = v.object({
  library: v.object({ name: v.string(), branches: v.array(Named) }),
  capabilities: v.array(v.picklist(CAPABILITIES)),
  /** Present with `catalog.search`. */
  search: v.optional(SearchAbilities),
});
export type CapabilitiesOutput = v.InferOutput<typeof CapabilitiesOutput>;

/** How a library's system is doing, as far as whoever asks it has noticed. */
export const SYSTEM_STATES = ['ok', 'down', 'recovering', 'unknown'] as const;

/**
 * - ok: it answers
 * - down: it has not answered lately, and is left in peace until `retryAt`
 * - recovering: one question is on its way to see whether it answers again
 * - unknown: nobody here can tell
 */
export const SystemStatus = v.object({
  state: v.picklist(SYSTEM_STATES),
  /** Since when it has not answered, where that was noticed. */
  since: v.optional(Timestamp),
  /** When it will be asked again; absent when the next question will be passed on. */
  retryAt: v.optional(Timestamp),
});
export type SystemStatus = v.InferOutput<typeof SystemStatus>;

const TimeOfDay = v.pipe(v.string(), v.regex(/^([01]\d|2[0-4]):[0-5]\d$/));

/** One day of one branch; no intervals means closed. Times are the library's local times. */
export const OpeningDay = v.object({
  date: LocalDate,
  intervals: v.array(v.object({ from: TimeOfDay, to: TimeOfDay })),
  /** Why it is closed or different, in the library's words. */
  note: v.optional(v.string()),
});
export type OpeningDay = v.InferOutput<typeof OpeningDay>;

export const HoursOutput = v.object({
  asOf: Timestamp,
  branches: v.array(
    v.object({
      branch: Named,
      openNow: v.boolean(),
      /** Local time of the next change today, if there is one: closing when open, opening when closed. */
      changesAt: v.optional(TimeOfDay),
      /** Today and the six days after. */
      days: v.array(OpeningDay),
    }),
  ),
});
export type HoursOutput = v.InferOutput<typeof HoursOutput>;

/** One line of a lending policy: what is absent holds for all; of the lines that fit the first counts. */
export const LoanRule = v.object({
  readerType: v.optional(Named),
  itemType: v.optional(Named),
  branch: v.optional(Named),
  /** Length of the loan and of each renewal in days, before closed days push the due date. */
  days: Count,
  renewals: Count,
  renewalDays: Count,
});

/** How a library lends, as far as its system tells; money in Chinese fen. */
export const LoanPolicy = v.object({
  rules: v.array(LoanRule),
  limits: v.array(v.object({ readerType: Named, maxLoans: Count, maxHolds: Count })),
  /** Loans can be renewed on their last days only, the due date included. */
  renewalWindowDays: v.optional(Count),
  overdueCentsPerOpenDay: v.optional(Count),
  maxOverdueCents: v.optional(Count),
  blockAtCents: v.optional(Count),
  pickupOpenDays: v.optional(Count),
});
export type LoanPolicy = v.InferOutput<typeof LoanPolicy>;
