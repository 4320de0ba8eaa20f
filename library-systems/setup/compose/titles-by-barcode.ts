import { LRUCache } from 'lru-cache';
import type { BibSummary } from '../../../contracts/catalog';
import { LibraryFault } from '../../library-fault';
import type { Catalog } from '../../library-system';
import { mapLimited } from '../../map-limited';

/** What a title adds to a loan or a hold of which the circulation knows little more than the barcode. */
export type Title = Pick<BibSummary, 'bibId' | 'title'> & Partial<Pick<BibSummary, 'author' | 'callNumber'>>;

const MAX_REMEMBERED = 20_000;
const REMEMBERED_MS = 24 * 3_600_000;
const PARALLEL = 4;
/** How long a list of loans waits for its titles, ms; what comes later is there the next time. */
const PATIENCE_MS = 1_200;

/**
 * Which title a barcode belongs to, asked of the catalogue and remembered for a
 * day: a copy changes its title hardly ever. Holds barcodes only, nothing of
 * whoever has the copy.
 */
export class TitlesByBarcode {
  readonly #known = new LRUCache<string, Title | 'none'>({ max: MAX_REMEMBERED, ttl: REMEMBERED_MS });
  readonly #find: (barcode: string) => Promise<Title | undefined>;

  constructor(catalog: Catalog & Required<Pick<Catalog, 'itemByBarcode'>>) {
    this.#find = async (barcode) => {
      const found = await catalog.itemByBarcode(barcode);
      const bib = found && (await catalog.bib(found.bibId));
      if (!bib) return undefined;
      const callNumber = found.item.callNumber ?? bib.callNumber;
      return {
        bibId: bib.bibId,
        title: bib.title,
        author: bib.author,
        ...(callNumber !== undefined && { callNumber }),
      };
    };
  }

  /**
   * The titles of those barcodes that the catalogue knows and told in time. A
   * catalogue out of reach takes nothing away from the loans: they stand without it.
   */
  async of(barcodes: readonly string[]): Promise<Map<string, Title>> {
    const missing = [...new Set(barcodes)].filter((barcode) => !this.#known.has(barcode));
    const asked = mapLimited(missing, PARALLEL, async (barcode) => {
      this.#known.set(barcode, (await this.#find(barcode)) ?? 'none');
    }).catch((error: unknown) => {
      if (!(error instanceof LibraryFault)) throw error;
    });
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, PATIENCE_MS)));
    await Promise.race([asked, patience]).finally(() => clearTimeout(timer));
    // Whoever did not wait is not there for a failure that comes later.
    asked.catch(() => undefined);
    return new Map(
      barcodes.flatMap((barcode) => {
        const title = this.#known.get(barcode);
        return title === undefined || title === 'none' ? [] : [[barcode, title] as const];
      }),
    );
  }
}
