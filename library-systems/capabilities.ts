import type { Capability } from '../contracts/library';
import type { LibrarySystem } from './library-system';

const present: Record<Capability, (system: LibrarySystem) => unknown> = {
  'catalog.search': (system) => system.catalog,
  'catalog.suggest': (system) => system.catalog?.suggest,
  'catalog.holdings': (system) => system.catalog,
  'catalog.related': (system) => system.catalog?.related,
  'catalog.itemByBarcode': (system) => system.catalog?.itemByBarcode,
  'catalog.newBooks': (system) => system.catalog?.newBooks,
  'catalog.mostBorrowed': (system) => system.catalog?.mostBorrowed,
  'policy.openingHours': (system) => system.policy,
  signIn: (system) => system.signIn,
  loans: (system) => system.loans,
  'loans.history': (system) => system.loans?.history,
  holds: (system) => system.holds,
  fines: (system) => system.fines,
};

/** What a library system can do, read off its members. */
export function capabilitiesOf(system: LibrarySystem): Capability[] {
  return (Object.keys(present) as Capability[]).filter((name) => present[name](system) !== undefined);
}
