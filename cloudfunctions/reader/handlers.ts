import type { ReaderApi } from '../../contracts';
import { listHoldings } from '../features/catalog/list-holdings';
import { listMostBorrowed } from '../features/catalog/list-most-borrowed';
import { listNewBooks } from '../features/catalog/list-new-books';
import { listRelatedBibs } from '../features/catalog/list-related-bibs';
import { resolveScan } from '../features/catalog/resolve-scan';
import { searchCatalog } from '../features/catalog/search-catalog';
import { showBib } from '../features/catalog/show-bib';
import { suggestTitles } from '../features/catalog/suggest-titles';
import { listCapabilities } from '../features/library/list-capabilities';
import { showHours } from '../features/library/show-hours';
import type { Handlers } from '../runtime/route';

/** Which feature serves which action. */
export const handlers: Handlers<ReaderApi> = {
  'system.capabilities': listCapabilities,
  'library.hours': showHours,
  'catalog.search': searchCatalog,
  'catalog.suggest': suggestTitles,
  'catalog.bib': showBib,
  'catalog.holdings': listHoldings,
  'catalog.related': listRelatedBibs,
  'catalog.newBooks': listNewBooks,
  'catalog.mostBorrowed': listMostBorrowed,
  'catalog.scan': resolveScan,
};
