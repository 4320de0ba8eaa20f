import type { AskedOperation } from '../operations';
import type { ResilienceSettings } from './settings';

/** Operations of the port that are asked of the peer, and those beside the port that are, too. */
export type GuardedName = AskedOperation | 'itemStates';

export interface Handling {
  limit: Exclude<keyof ResilienceSettings['timeLimits'], 'wholeReadMs'>;
  /** Two calls with the same input may share one answer. */
  shared: boolean;
  /**
   * What becomes of it says whether the peer is up. Some adapters answer the others from their configuration: they
   * go on while the peer is down, and prove nothing about it.
   */
  tells: boolean;
}

const lookup: Handling = { limit: 'lookupMs', shared: true, tells: true };
const search: Handling = { limit: 'searchMs', shared: true, tells: true };
const list: Handling = { limit: 'listMs', shared: true, tells: true };
const write: Handling = { limit: 'writeMs', shared: false, tells: true };

/** How each operation is handled; an operation without a line here does not compile. */
export const handling: Record<GuardedName, Handling> = {
  'catalog.search': search,
  'catalog.suggest': search,
  'catalog.bib': lookup,
  'catalog.holdings': list,
  'catalog.related': search,
  'catalog.itemByBarcode': lookup,
  'catalog.newBooks': search,
  'catalog.mostBorrowed': search,
  'policy.openingHours': { ...lookup, tells: false },
  'policy.loanRules': { ...lookup, tells: false },
  // Each start is a conversation of its own: a captcha or a state is never given to two readers.
  'signIn.start': { ...lookup, shared: false, tells: false },
  'signIn.complete': { ...write, limit: 'listMs' },
  'patrons.patron': lookup,
  'patrons.openBorrowing': write,
  'loans.list': list,
  'loans.renew': write,
  'loans.history': list,
  'holds.list': list,
  'holds.place': write,
  'holds.cancel': write,
  'holds.pickupPlaces': lookup,
  'fines.list': list,
  itemStates: list,
};
