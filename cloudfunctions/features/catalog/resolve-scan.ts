import type { ScanOutput } from '../../../contracts/catalog';
import { classifyScan } from '../../../miniprogram/lib/barcode';
import type { Catalog } from '../../../library-systems/library-system';
import type { Context } from '../../runtime/context';
import { requireCapability } from '../../runtime/require';

/** Says which book a scanned text names, or why it names none. */
export async function resolveScan(context: Context, { text }: { text: string }): Promise<ScanOutput> {
  const scan = classifyScan(text);
  if (scan.kind === 'unknown') return { kind: 'unknown', text, reason: scan.reason };
  const catalog = requireCapability((await context.library()).catalog, 'catalogue');
  return scan.kind === 'isbn' ? resolveIsbn(catalog, scan.isbn13) : resolveItem(catalog, scan.barcodes, text);
}

async function resolveIsbn(catalog: Catalog, isbn13: string): Promise<ScanOutput> {
  const found = await catalog.search({
    field: 'isbn',
    text: isbn13,
    sort: 'relevance',
    page: 1,
    pageSize: 1,
    filters: {},
  });
  const bib = found.items[0] && (await catalog.bib(found.items[0].bibId));
  if (bib) return { kind: 'bib', bib };
  // Loaded on first use: the range tables are read only for books that the library lacks.
  const { describeIsbn } = await import('./describe-isbn');
  return { kind: 'unknown-isbn', isbn13, ...describeIsbn(isbn13) };
}

async function resolveItem(
  catalog: Catalog,
  barcodes: readonly string[],
  text: string,
): Promise<ScanOutput> {
  const itemByBarcode = requireCapability(catalog.itemByBarcode, 'search by item barcode');
  for (const barcode of barcodes) {
    const found = await itemByBarcode(barcode);
    const bib = found && (await catalog.bib(found.bibId));
    if (bib) return { kind: 'item', item: found.item, bib };
  }
  return { kind: 'unknown', text, reason: 'no-such-item' };
}
