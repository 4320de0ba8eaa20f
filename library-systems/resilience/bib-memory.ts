import type { Bib } from '../../contracts/catalog';

/**
 * Remembers titles for a short while, and only those that say nothing about
 * availability: where a system tells it with the title, both come in one answer,
 * cannot be parted through the port, and the one is wrong within a minute. An
 * unknown id is not remembered: a title may just have been added.
 */
export class BibMemory {
  readonly #bibs = new Map<string, { bib: Bib; until: number }>();

  constructor(readonly limits: () => { entries: number; keepMs: number }) {}

  get(bibId: string): Bib | undefined {
    const known = this.#bibs.get(bibId);
    if (known === undefined) return undefined;
    if (known.until > performance.now()) return known.bib;
    this.#bibs.delete(bibId);
    return undefined;
  }

  keep(bibId: string, bib: Bib | null): void {
    const { entries, keepMs } = this.limits();
    if (bib === null || entries === 0 || tellsAvailability(bib)) return;
    this.#bibs.delete(bibId);
    this.#bibs.set(bibId, { bib, until: performance.now() + keepMs });
    if (this.#bibs.size <= entries) return;
    const [oldest] = this.#bibs.keys();
    if (oldest !== undefined) this.#bibs.delete(oldest);
  }
}

function tellsAvailability(bib: Partial<Bib>): boolean {
  const { availableCopies, totalCopies, availableAt, earliestDueAt } = bib;
  return [availableCopies, totalCopies, availableAt, earliestDueAt].some((told) => told !== undefined);
}
