import { circulationFromCalls } from './circulation-from-calls';
import type { Call } from './circulation-from-calls';
import type { Catalog, LibrarySystem, Policy } from './library-system';
import type { Description, OperationName } from './operations';

/**
 * A library system whose every operation is a call by name: over the network to
 * a gateway, or through what watches over the calls of one process. What the
 * description does not name is an absent member.
 */
export function systemFromCalls(description: Description, call: Call): LibrarySystem {
  const { name, branches, timeZone, operations: names, searchAbilities } = description;
  const can = (operation: OperationName): boolean => names.includes(operation);

  const catalog: Catalog = {
    ...(searchAbilities && { abilities: searchAbilities }),
    search: (query) => call('catalog.search', query),
    bib: async (bibId) => (await call('catalog.bib', { bibId })) ?? undefined,
    holdings: async (bibId) => (await call('catalog.holdings', { bibId })) ?? undefined,
    ...(can('catalog.suggest') && { suggest: (text) => call('catalog.suggest', { text }) }),
    ...(can('catalog.related') && {
      related: async (bibId) => (await call('catalog.related', { bibId })) ?? undefined,
    }),
    ...(can('catalog.itemByBarcode') && {
      itemByBarcode: async (barcode) => (await call('catalog.itemByBarcode', { barcode })) ?? undefined,
    }),
    ...(can('catalog.newBooks') && { newBooks: (page) => call('catalog.newBooks', page) }),
    ...(can('catalog.mostBorrowed') && { mostBorrowed: (page) => call('catalog.mostBorrowed', page) }),
  };
  const policy: Policy = {
    openingHours: (branchCode, from, to) => call('policy.openingHours', { branchCode, from, to }),
    ...(can('policy.loanRules') && { loanRules: () => call('policy.loanRules', {}) }),
  };
  return {
    name,
    branches,
    timeZone,
    ...(can('system.status') && { status: () => call('system.status', {}) }),
    ...(can('catalog.search') && { catalog }),
    ...(can('policy.openingHours') && { policy }),
    ...circulationFromCalls(description, call),
  };
}
