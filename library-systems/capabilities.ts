import { SEARCH_FIELDS, SEARCH_FILTERS, SEARCH_SORTS } from '../contracts/catalog';
import type { SearchAbilities, SearchInput } from '../contracts/catalog';
import type { Capability } from '../contracts/library';
import { LibraryFault } from './library-fault';
import type { Catalog, LibrarySystem } from './library-system';

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

const EVERYTHING: SearchAbilities = {
  fields: [...SEARCH_FIELDS],
  sorts: [...SEARCH_SORTS],
  filters: [...SEARCH_FILTERS],
};

/** What the search of a catalogue understands. */
export const abilitiesOf = ({ abilities }: Catalog): SearchAbilities => abilities ?? EVERYTHING;

/**
 * For adapters whose search does not understand everything.
 * @throws {LibraryFault} REJECTED when a query asks for more than it does
 */
export function checkAbilities({ fields, sorts, filters }: SearchAbilities, query: SearchInput): void {
  const asked = SEARCH_FILTERS.filter((name) => query.filters[name] !== undefined);
  const missing = [
    ...[query.field].filter((field) => !fields.includes(field)),
    ...[query.sort].filter((sort) => !sorts.includes(sort)),
    ...asked.filter((filter) => !filters.includes(filter)),
  ];
  if (missing.length > 0) {
    throw new LibraryFault('REJECTED', `This catalogue cannot search by ${missing.join(', ')}`);
  }
}
