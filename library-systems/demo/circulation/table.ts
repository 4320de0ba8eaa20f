/** Rows by id, and by further keys; a row is replaced, never changed in place. */
export class Table<T extends { readonly id: string }, K extends string = never> {
  readonly #rows = new Map<string, T>();
  readonly #indexes = new Map<K, { keyOf: (row: T) => string | undefined; ids: Map<string, Set<string>> }>();

  constructor(keys: Record<K, (row: T) => string | undefined>) {
    for (const [name, keyOf] of Object.entries(keys) as [K, (row: T) => string | undefined][]) {
      this.#indexes.set(name, { keyOf, ids: new Map() });
    }
  }

  get(id: string): T | undefined {
    return this.#rows.get(id);
  }

  values(): IterableIterator<T> {
    return this.#rows.values();
  }

  /** The rows whose key of this name has this value, in order of their arrival. */
  by(name: K, value: string): T[] {
    const ids = this.#indexes.get(name)?.ids.get(value);
    return ids ? [...ids].flatMap((id) => this.#rows.get(id) ?? []) : [];
  }

  clear(): void {
    this.#rows.clear();
    for (const { ids } of this.#indexes.values()) ids.clear();
  }

  put(row: T): void {
    this.delete(row.id);
    this.#rows.set(row.id, row);
    for (const { keyOf, ids } of this.#indexes.values()) {
      const key = keyOf(row);
      if (key === undefined) continue;
      const known = ids.get(key);
      if (known) known.add(row.id);
      else ids.set(key, new Set([row.id]));
    }
  }

  delete(id: string): void {
    const row = this.#rows.get(id);
    if (!row) return;
    this.#rows.delete(id);
    for (const { keyOf, ids } of this.#indexes.values()) {
      const key = keyOf(row);
      if (key === undefined) continue;
      const known = ids.get(key);
      known?.delete(id);
      if (known?.size === 0) ids.delete(key);
    }
  }
}
