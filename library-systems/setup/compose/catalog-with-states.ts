import type { Bib, BibPage, BibSummary, Item, SearchAbilities } from '../../../contracts/catalog';
import { abilitiesOf, checkAbilities } from '../../capabilities';
import type { ConnectedSystem, ItemState } from '../../connected-system';
import { LibraryFault } from '../../library-fault';
import type { Catalog } from '../../library-system';

type ItemStates = NonNullable<ConnectedSystem['itemStates']>;

/** Most copies of one title whose state is asked for; a periodical may have hundreds. */
const MAX_ASKED = 100;
/** How long the copies of a title wait for their states, ms: with the catalogue's own time it stays below a client's patience. */
const PATIENCE_MS = 3_000;
const UNKNOWN: ItemState = { status: 'unknown' };

/**
 * A catalogue whose copies stand as the circulation says, which lends them.
 * What the catalogue itself says of availability, in its records or in its
 * counts, would be older, and differ: it is left out.
 */
export function catalogWithStates(catalog: Catalog, itemStates: ItemStates): Catalog {
  const abilities = withoutAvailability(abilitiesOf(catalog));
  const { itemByBarcode, related, newBooks, mostBorrowed } = catalog;
  return {
    ...catalog,
    abilities,
    search: async (query) => {
      checkAbilities(abilities, query);
      const { facets: _, ...found } = await catalog.search(query);
      return { ...found, items: found.items.map(plain) };
    },
    bib: async (bibId) => {
      const bib = await catalog.bib(bibId);
      return bib && plain(bib);
    },
    holdings: async (bibId) => {
      const holdings = await catalog.holdings(bibId);
      return holdings && { ...holdings, items: await withStates(holdings.items, itemStates) };
    },
    ...(itemByBarcode && {
      itemByBarcode: async (barcode) => {
        const found = await itemByBarcode(barcode);
        if (!found) return undefined;
        const [item] = await withStates([found.item], itemStates);
        return item && { item, bibId: found.bibId };
      },
    }),
    ...(related && {
      related: async (bibId) => {
        const found = await related(bibId);
        return (
          found && {
            editions: found.editions.map(plain),
            sameAuthor: found.sameAuthor.map(plain),
            nearby: found.nearby.map(plain),
          }
        );
      },
    }),
    ...(newBooks && { newBooks: async (page) => plainPage(await newBooks(page)) }),
    ...(mostBorrowed && { mostBorrowed: async (page) => plainPage(await mostBorrowed(page)) }),
  };
}

const withoutAvailability = ({ filters, ...others }: SearchAbilities): SearchAbilities => ({
  ...others,
  filters: filters.filter((filter) => filter !== 'availableNow'),
});

function plain<T extends Bib | BibSummary>({
  availableCopies: _available,
  totalCopies: _total,
  availableAt: _at,
  earliestDueAt: _due,
  ...bib
}: T): Omit<T, 'availableCopies' | 'totalCopies' | 'availableAt' | 'earliestDueAt'> {
  return bib;
}

const plainPage = (page: BibPage): BibPage => ({ ...page, items: page.items.map(plain) });

/** A circulation out of reach, or too slow, leaves a book's place to be seen, and says of no copy what it does. */
async function withStates(items: readonly Item[], itemStates: ItemStates): Promise<Item[]> {
  const asked = items.slice(0, MAX_ASKED).flatMap(({ barcode }) => (barcode === '' ? [] : [barcode]));
  const states = asked.length === 0 ? undefined : await inTime(itemStates(asked));
  return items.map(({ status: _status, statusText: _text, dueAt: _due, ...item }) => ({
    ...item,
    ...(states?.get(item.barcode) ?? UNKNOWN),
  }));
}

/** `undefined` for an answer that fails or comes too late. */
async function inTime<T>(answer: Promise<T>): Promise<T | undefined> {
  const told = answer.catch((error: unknown) => {
    if (!(error instanceof LibraryFault)) throw error;
    return undefined;
  });
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), PATIENCE_MS);
  });
  return Promise.race([told, patience]).finally(() => clearTimeout(timer));
}
