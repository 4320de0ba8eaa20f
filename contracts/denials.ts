import * as v from 'valibot';
import { Timestamp } from './fields';

/**
 * Why a library says no. The same code from the adapter to the page; the
 * library's own words always travel beside it.
 */
export const DENIAL_CODES = [
  // renewing
  'ON_HOLD',
  'TOO_MANY_RENEWALS',
  'TOO_SOON',
  'OVERDUE',
  'DEBT',
  'RECALLED',
  'ITEM_TYPE',
  'AUTO_RENEW',
  'NOT_YOURS',
  'NEED_CAPTCHA',
  // the reader and the card
  'BAD_PIN',
  'LOCKED',
  'EXPIRED',
  'BLOCKED',
  'CARD_LOST',
  /** The library's session has ended: the reader must sign in again. */
  'SIGN_IN_AGAIN',
  /** Said by Shutong, not by the library: too many sign-ins failed; `retryAt` says when to go on. */
  'TOO_MANY_ATTEMPTS',
  // holds
  'TOO_MANY_HOLDS',
  'DUPLICATE',
  'ON_SHELF',
  'NOT_HOLDABLE',
  'BAD_PICKUP',
  'ALREADY_ON_LOAN',
  /** Waits until the reader has passed the onboarding of new students. */
  'ONBOARDING_REQUIRED',
  // any
  'OFFLINE',
  'UNSUPPORTED',
  'OTHER',
] as const;
export type DenialCode = (typeof DENIAL_CODES)[number];

export const Denied = v.object({
  code: v.picklist(DENIAL_CODES),
  /** The library's own words. */
  libraryText: v.optional(v.string()),
  /** The library's own code. */
  libraryCode: v.optional(v.string()),
  /** When it is worth trying again. */
  retryAt: v.optional(Timestamp),
});
export type Denied = v.InferOutput<typeof Denied>;
