import type { ScanOutput } from '../../../contracts/catalog';
import type { Catalog } from '../../../library-systems/library-system';
import { classifyScan } from '../../../miniprogram/lib/barcode';
import type { Context } from '../../runtime/context';
import { requireCapability } from '../../runtime/require';

/** Says which book a scanned text names, or why it names none. */
export async function resolveScan(context: Context, { text }: { text: string }): Promise<ScanOutput> {
  const scan = classifyScan(text);
  if (scan.kind === 'unknown') return { kind: 'unknown', text, reason: scan.reason };
  const catalog = requireCapability((await context.library()).catalog, 'catalogue');
  // A system without search by barcode can still answer an ISBN, but not a bare barcode.
  if (scan.kind === 'item') requireCapability(catalog.itemByBarcode, 'search by item barcode');
  const item = await findItem(catalog, scan.barcodes);
  if (item) return item;
  return scan.kind === 'isbn'
    ? resolveIsbn(catalog, scan.isbn13)
    : { kind: 'unknown', text, reason: scan.otherwise };
}

/** The first of the barcodes that a copy bears. */
async function findItem(catalog: Catalog, barcodes: readonly string[]): Promise<ScanOutput | undefined> {
  for (const barcode of barcodes) {
    const found = await catalog.itemByBarcode?.(barcode);
    const bib = found && (await catalog.bib(found.bibId));
    if (bib) return { kind: 'item', item: found.item, bib };
  }
  return undefined;
}

async function resolveIsbn(catalog: Catalog, isbn13: string): Promise<ScanOutput> {
  const query = {
    field: 'isbn',
    text: isbn13,
    sort: 'relevance',
    page: 1,
    pageSize: 1,
    filters: {},
  } as const;
  const found = (await catalog.search(query)).items[0];
  const bib = found && (await catalog.bib(found.bibId));
  if (bib) return { kind: 'bib', bib };
  // Loaded on first use: the range tables are read only for books that the library lacks.
  const { describeIsbn } = await import('./describe-isbn');
  return { kind: 'unknown-isbn', isbn13, ...describeIsbn(isbn13) };
}
