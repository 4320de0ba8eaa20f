import type { DenialCode, Denied } from '../../contracts/denials';
import type { AdapterContext } from '../connected-system';
import { denialTexts } from '../denial-texts';
import type { DenialText } from '../site-settings';

/** Errors of `C4::Circulation::CanBookBeRenewed`, up to Koha 26. */
const RENEWAL: Record<string, DenialCode> = {
  on_reserve: 'ON_HOLD',
  recalled: 'RECALLED',
  too_many: 'TOO_MANY_RENEWALS',
  too_unseen: 'TOO_MANY_RENEWALS',
  too_soon: 'TOO_SOON',
  auto_too_soon: 'AUTO_RENEW',
  auto_renew: 'AUTO_RENEW',
  auto_too_late: 'TOO_MANY_RENEWALS',
  auto_too_much_oweing: 'DEBT',
  auto_too_much_owing: 'DEBT',
  too_much_oweing: 'DEBT',
  too_much_owing: 'DEBT',
  auto_account_expired: 'EXPIRED',
  account_expired: 'EXPIRED',
  overdue: 'OVERDUE',
  restriction: 'BLOCKED',
  patron_restricted: 'BLOCKED',
  item_denied_renewal: 'ITEM_TYPE',
  onsite_checkout: 'ITEM_TYPE',
  item_issued_to_other_patron: 'NOT_YOURS',
  no_item: 'NOT_YOURS',
  no_checkout: 'NOT_YOURS',
};

/**
 * Statuses of `C4::Reserves::CanBookBeReserved` and `CanItemBeReserved`, the codes of ILS-DI around them, and
 * those of `POST /holds`, which are the same in snake case.
 */
const HOLD: Record<string, DenialCode> = {
  tooManyHoldsForThisRecord: 'DUPLICATE',
  itemAlreadyOnHold: 'DUPLICATE',
  alreadypossession: 'ALREADY_ON_LOAN',
  alreadyPossession: 'ALREADY_ON_LOAN',
  tooManyReserves: 'TOO_MANY_HOLDS',
  tooManyReservesToday: 'TOO_MANY_HOLDS',
  hold_limit: 'TOO_MANY_HOLDS',
  noReservesAllowed: 'NOT_HOLDABLE',
  notReservable: 'NOT_HOLDABLE',
  NotHoldable: 'NOT_HOLDABLE',
  none_available: 'NOT_HOLDABLE',
  no_valid_biblio_items: 'NOT_HOLDABLE',
  notforloan: 'NOT_HOLDABLE',
  damaged: 'NOT_HOLDABLE',
  ageRestricted: 'NOT_HOLDABLE',
  noItems: 'NOT_HOLDABLE',
  NoItems: 'NOT_HOLDABLE',
  RecordNotFound: 'NOT_HOLDABLE',
  recall: 'DUPLICATE',
  cannotReserveFromOtherBranches: 'NOT_HOLDABLE',
  branchNotInHoldGroup: 'NOT_HOLDABLE',
  pickupNotInHoldGroup: 'BAD_PICKUP',
  cannotBeTransferred: 'BAD_PICKUP',
  libraryNotFound: 'BAD_PICKUP',
  libraryNotPickupLocation: 'BAD_PICKUP',
  LocationNotFound: 'BAD_PICKUP',
  PatronRestricted: 'BLOCKED',
  restricted: 'BLOCKED',
  debarred: 'BLOCKED',
  bad_address: 'BLOCKED',
  PatronExpired: 'EXPIRED',
  expired: 'EXPIRED',
  debt_limit: 'DEBT',
  card_lost: 'CARD_LOST',
};

const camel = (code: string): string =>
  code.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

export interface Refusals {
  /** Why a loan is not renewed. */
  readonly renewal: (code: string) => Denied;
  /** Why a copy is not held. */
  readonly hold: (code: string) => Denied;
  readonly other: (code: string) => Denied;
}

/**
 * Koha refuses with codes of its own; they are the library's words. The site's patterns come first, so that a library
 * may judge one otherwise.
 */
export function readRefusals(
  site: readonly DenialText[],
  context: Pick<AdapterContext, 'unmapped'>,
): Refusals {
  const bySite = denialTexts(site, [], {});
  const withTable =
    (table: Record<string, DenialCode>) =>
    (code: string): Denied => {
      const own = Object.hasOwn(table, code) ? table[code] : table[camel(code)];
      const denied = bySite(code, own);
      if (own === undefined && denied.code === 'OTHER') context.unmapped?.(code);
      return { ...denied, libraryCode: code };
    };
  return { renewal: withTable(RENEWAL), hold: withTable(HOLD), other: withTable({}) };
}

/** Koha knows no such reader (any more). */
export const NO_SUCH_PATRON: Denied = { code: 'OTHER', libraryCode: 'PatronNotFound' };
/** The loan is not in the reader's own list; whether it exists is not told. */
export const NOT_YOURS: Denied = { code: 'NOT_YOURS' };
