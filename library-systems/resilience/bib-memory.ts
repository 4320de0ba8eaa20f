import { LRUCache } from 'lru-cache';
import type { Bib } from '../../contracts/catalog';

/**
 * Remembers titles for a short while, and only those that say nothing about
 * availability: where a system tells it with the title, both come in one answer,
 * cannot be parted through the port, and the one is wrong within a minute. An
 * unknown id is not remembered: a title may just have been added.
 */
export class BibMemory {
  readonly #bibs: LRUCache<string, Bib> | undefined;

  /** @param limits `entries`: how many titles, 0 for none; `keepMs`: for how long each */
  constructor({ entries, keepMs }: { entries: number; keepMs: number }) {
    const perf = { now: () => performance.now() };
    if (entries > 0) this.#bibs = new LRUCache({ max: entries, ttl: keepMs, ttlResolution: 0, perf });
  }

  get(bibId: string): Bib | undefined {
    return this.#bibs?.get(bibId);
  }

  keep(bibId: string, bib: Bib | null): void {
    if (bib !== null && !tellsAvailability(bib)) this.#bibs?.set(bibId, bib);
  }
}

function tellsAvailability({ availableCopies, totalCopies, availableAt, earliestDueAt }: Bib): boolean {
  return [availableCopies, totalCopies, availableAt, earliestDueAt].some((told) => told !== undefined);
}
