import * as v from 'valibot';
import { Named } from './catalog';
import { Denied } from './denials';
import { Count, Id, LocalDate, Timestamp } from './fields';
import { RequestId } from './loans';

export const HoldTarget = v.union([v.strictObject({ bibId: Id }), v.strictObject({ itemId: Id })]);
export type HoldTarget = v.InferOutput<typeof HoldTarget>;

export const HOLD_STATUSES = ['waiting', 'inTransit', 'ready', 'expired', 'unknown'] as const;
export const Hold = v.object({
  holdId: Id,
  bibId: v.optional(Id),
  itemBarcode: v.optional(v.string()),
  title: v.string(),
  author: v.optional(v.string()),
  status: v.picklist(HOLD_STATUSES),
  /** Place in the queue, from 1; absent when the library does not tell. */
  position: v.optional(v.pipe(Count, v.minValue(1))),
  pickup: v.optional(Named),
  placedAt: v.optional(Timestamp),
  /** Last day on which it waits at the pickup place. */
  readyUntil: v.optional(LocalDate),
  libraryText: v.optional(v.string()),
});
export type Hold = v.InferOutput<typeof Hold>;

export const HoldsOutput = v.union([
  v.object({ asOf: Timestamp, holds: v.array(Hold) }),
  v.object({ denied: Denied }),
]);
export type HoldsOutput = v.InferOutput<typeof HoldsOutput>;

/** One step of placing or cancelling: done, or the library asks something first, or it refuses. */
export const Step = v.variant('status', [
  v.object({ status: v.literal('done'), hold: v.optional(Hold) }),
  v.object({ status: v.literal('choose'), options: v.array(Named) }),
  v.object({ status: v.literal('confirm'), text: v.string(), feeCents: v.optional(Count) }),
  v.object({ status: v.literal('refused'), ...Denied.entries }),
  v.object({ status: v.literal('unknown') }),
]);
export type Step = v.InferOutput<typeof Step>;

const PickupCode = v.pipe(v.string(), v.minLength(1), v.maxLength(64));

export const PlaceHoldInput = v.object({
  target: HoldTarget,
  pickup: v.optional(PickupCode),
  confirm: v.optional(v.boolean(), false),
  requestId: RequestId,
});
export type PlaceHoldInput = v.InferOutput<typeof PlaceHoldInput>;

export const CancelHoldInput = v.object({
  holdId: Id,
  confirm: v.optional(v.boolean(), false),
  requestId: RequestId,
});
export type CancelHoldInput = v.InferOutput<typeof CancelHoldInput>;

export const PickupInput = v.object({ target: HoldTarget });
export const PickupOutput = v.object({ places: v.array(Named) });

/** How many titles one reader may watch. */
export const MAX_WATCHES = 50;
/** "Tell me when it is back": for a title that cannot be held. */
export const WatchInput = v.object({ bibId: Id, on: v.boolean() });
export const WatchesOutput = v.object({
  watches: v.array(v.object({ bibId: Id, title: v.string(), since: Timestamp })),
});
