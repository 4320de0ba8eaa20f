import { Index } from './indexes';
import type { CollectionSchema } from './schema';
import type { Document, DocumentId, Value } from './values';

interface StoredDocument {
  document: Document;
  /** Place in the natural order: that of insertion. */
  ordinal: number;
}

/** What a document was before version `until` was committed; undefined if it did not exist. */
interface PastDocument {
  stored: StoredDocument | undefined;
  until: number;
}

/**
 * The documents of one collection with their indexes, and their past as far as an open transaction may look back.
 * Documents are never changed in place: whoever holds one holds a snapshot of it.
 */
export class Collection {
  readonly indexes: Index[];
  readonly #documents = new Map<DocumentId, StoredDocument>();
  readonly #past = new Map<DocumentId, PastDocument[]>();
  #nextOrdinal = 0;

  constructor(
    readonly name: string,
    schema: CollectionSchema | undefined,
  ) {
    this.indexes = (schema?.indexes ?? []).map((index) => new Index(index));
  }

  get size(): number {
    return this.#documents.size;
  }

  get(id: DocumentId): Document | undefined {
    return this.#documents.get(id)?.document;
  }

  /** In natural order. */
  *all(): Generator<Document> {
    for (const { document } of this.#documents.values()) yield document;
  }

  /** In natural order, the documents that can fulfil the equalities, and maybe a few more. */
  *candidates(equalities: ReadonlyMap<string, Value[]>): Generator<Document> {
    const ids = this.#lookUp(equalities);
    if (ids === undefined) {
      for (const { document } of this.#documents.values()) yield document;
      return;
    }
    const found = Array.from(ids, (id) => this.#documents.get(id)).filter((stored) => stored !== undefined);
    found.sort((a, b) => a.ordinal - b.ordinal);
    for (const { document } of found) yield document;
  }

  /** @throws WireError for what no index can hold, so that a commit cannot fail halfway */
  checkIndexable(document: Document): void {
    for (const index of this.indexes) index.keysOf(document);
  }

  /** @param keepPast whether an open transaction may still ask for what is replaced */
  apply(id: DocumentId, document: Document | undefined, version: number, keepPast: boolean): void {
    const stored = this.#documents.get(id);
    if (keepPast) {
      const past = this.#past.get(id);
      if (past === undefined) this.#past.set(id, [{ stored, until: version }]);
      else past.push({ stored, until: version });
    }
    if (stored !== undefined) for (const index of this.indexes) index.remove(id, stored.document);
    if (document === undefined) {
      this.#documents.delete(id);
      return;
    }
    this.#documents.set(id, { document, ordinal: stored?.ordinal ?? this.#nextOrdinal++ });
    for (const index of this.indexes) index.add(id, document);
  }

  /** Whether anything was committed to this document after the given version. */
  changedSince(id: DocumentId, version: number): boolean {
    return this.#past.get(id)?.some((past) => past.until > version) ?? false;
  }

  /** The document as it was at a version that some open transaction has kept alive. */
  getAt(id: DocumentId, version: number): Document | undefined {
    return this.#storedAt(id, version)?.document;
  }

  /** In natural order, the documents of a version that can fulfil the equalities, and maybe a few more. */
  candidatesAt(equalities: ReadonlyMap<string, Value[]>, version: number): Document[] {
    // What changed since is not where the indexes say, so it is always among the candidates.
    const ids = new Set([...(this.#lookUp(equalities) ?? this.#documents.keys()), ...this.#past.keys()]);
    return Array.from(ids, (id) => this.#storedAt(id, version))
      .filter((stored) => stored !== undefined)
      .sort((a, b) => a.ordinal - b.ordinal)
      .map(({ document }) => document);
  }

  /** Forgets what no transaction that began at this version or later can see. */
  forgetBefore(version: number): void {
    for (const [id, past] of this.#past) {
      const kept = past.filter(({ until }) => until > version);
      if (kept.length === 0) this.#past.delete(id);
      else this.#past.set(id, kept);
    }
  }

  #storedAt(id: DocumentId, version: number): StoredDocument | undefined {
    const past = this.#past.get(id)?.find(({ until }) => until > version);
    return past === undefined ? this.#documents.get(id) : past.stored;
  }

  /** undefined: no index helps. */
  #lookUp(equalities: ReadonlyMap<string, Value[]>): Set<DocumentId> | undefined {
    const ids = equalities.get('_id');
    if (ids !== undefined)
      return new Set(ids.filter((id) => typeof id === 'string' || typeof id === 'number'));
    let best: Set<DocumentId> | undefined;
    for (const index of this.indexes) {
      const found = index.lookUp(equalities);
      if (found !== undefined && (best === undefined || found.size < best.size)) best = found;
    }
    return best;
  }
}
