import { ConfigurationError } from '../../configuration-error';
import type { ConnectedSystem, Finding } from '../../connected-system';
import type { Catalog, LibrarySystem, Policy } from '../../library-system';
import { catalogWithStates } from './catalog-with-states';
import { holdsByBarcode, loansByBarcode } from './circulation-by-barcode';
import { idsByBarcode } from './ids-by-barcode';
import { TitlesByBarcode } from './titles-by-barcode';

/** How the two systems know that they speak of the same book: by its copies, or by one number for titles. */
export type Match = 'barcode' | 'bibId';

export interface Parts {
  name: string;
  branches: LibrarySystem['branches'];
  timeZone: string;
  catalog: ConnectedSystem;
  circulation: ConnectedSystem;
  match: Match;
}

/**
 * One library system out of two: books from a catalogue, readers and loans from a circulation.
 * @throws {ConfigurationError} when one of them cannot do its part
 */
export function compose({ name, branches, timeZone, catalog, circulation, match }: Parts): ConnectedSystem {
  const { afterBinding, signIn, patrons, loans, holds, fines } = circulation;
  const books = catalog.catalog;
  if (!books) throw new ConfigurationError('catalog: as it is configured, this system has no catalogue');
  if (!signIn || !loans)
    throw new ConfigurationError('circulation: as it is configured, this system knows no readers');
  const shown = circulation.itemStates ? catalogWithStates(books, circulation.itemStates) : books;
  const policy: Policy | undefined = circulation.policy ?? catalog.policy;
  return {
    name,
    branches,
    timeZone,
    ...(policy && { policy }),
    ...(afterBinding && { afterBinding }),
    signIn,
    ...(patrons && { patrons }),
    ...(match === 'bibId'
      ? { catalog: shown, loans, ...(holds && { holds }) }
      : byBarcode(shown, circulation)),
    ...(fines && { fines }),
    diagnose: async () => [
      ...prefixed('catalog', await catalog.diagnose()),
      ...prefixed('circulation', await circulation.diagnose()),
    ],
    close: async () => {
      await Promise.all([catalog.close(), circulation.close()]);
    },
  };
}

function byBarcode(
  catalog: Catalog,
  { loans, holds }: ConnectedSystem,
): Pick<LibrarySystem, 'catalog' | 'loans' | 'holds'> {
  const { itemByBarcode } = catalog;
  if (!itemByBarcode) {
    throw new ConfigurationError(
      'match: "barcode" needs a catalogue that can be searched by the barcodes of copies: set its index for them (with sru catalog.queries.indexes.barcode), or "match": "bibId" where both systems have one number for titles',
    );
  }
  const books = idsByBarcode({ ...catalog, itemByBarcode });
  const titles = new TitlesByBarcode(books);
  return {
    catalog: books,
    ...(loans && { loans: loansByBarcode(loans, titles) }),
    ...(holds && { holds: holdsByBarcode(holds, books, titles) }),
  };
}

const prefixed = (part: string, findings: readonly Finding[]): Finding[] =>
  findings.map((finding) => ({ ...finding, text: `${part}: ${finding.text}` }));
