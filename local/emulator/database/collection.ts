import { Index } from './indexes';
import { OrderedViews, type StoredPlace } from './ordered-views';
import type { CompiledQuery } from './query';
import type { CollectionSchema } from './schema';
import type { Document, DocumentId, Value } from './values';

/** So few are sorted faster than read in order. */
const WORTH_SORTING = 300;
/** Reading in order may stop early, so it may begin with so many times what another index would find. */
const MORE_IN_ORDER = 4;

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
  readonly #views: OrderedViews;
  readonly #past = new Map<DocumentId, PastDocument[]>();
  #nextOrdinal = 0;

  constructor(
    readonly name: string,
    schema: CollectionSchema | undefined,
  ) {
    this.indexes = (schema?.indexes ?? []).map((index) => new Index(index));
    this.#views = new OrderedViews(this.indexes);
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

  /** In natural order, the documents that can match, and maybe a few more. */
  *candidates(query: CompiledQuery): Generator<Document> {
    const ids = this.#lookUp(query.equalities) ?? this.#lookUpRange(query);
    if (ids === undefined) {
      for (const { document } of this.#documents.values()) yield document;
      return;
    }
    const found = Array.from(ids, (id) => this.#documents.get(id)).filter((stored) => stored !== undefined);
    found.sort((a, b) => a.ordinal - b.ordinal);
    for (const { document } of found) yield document;
  }

  /**
   * The documents that can match, and maybe a few more, in the order of one field; equals in natural order. Undefined
   * if no index has that order, or sorting what another index finds is the better plan.
   */
  candidatesInOrder(query: CompiledQuery, field: string, direction: 1 | -1): Iterable<Document> | undefined {
    if (query.equalities.has('_id')) return undefined;
    const found = this.#estimate(query.equalities) ?? this.size;
    if (found <= WORTH_SORTING) return undefined;
    const ordered = this.#views.inOrderOf(field, query, () => this.#places());
    if (ordered === undefined || ordered.size > MORE_IN_ORDER * found) return undefined;
    return this.#documentsOf(ordered.read(direction));
  }

  /** Undefined where no index can be read from one value to another, or too much lies between them. */
  #lookUpRange(query: CompiledQuery): Set<DocumentId> | undefined {
    if (this.size <= WORTH_SORTING) return undefined;
    for (const field of query.ranges.keys()) {
      const ordered = this.#views.inOrderOf(field, query, () => this.#places());
      if (ordered === undefined) continue;
      const ids = new Set<DocumentId>();
      for (const id of ordered.read(1)) {
        ids.add(id);
        if (ids.size * MORE_IN_ORDER > this.size) return undefined;
      }
      return ids;
    }
    return undefined;
  }

  *#documentsOf(ids: Iterable<DocumentId>): Generator<Document> {
    for (const id of ids) {
      const stored = this.#documents.get(id);
      if (stored !== undefined) yield stored.document;
    }
  }

  *#places(): Generator<StoredPlace> {
    for (const [id, { document, ordinal }] of this.#documents) yield { id, document, ordinal };
  }

  /** How many documents an index would find at most; undefined if none helps. */
  #estimate(equalities: ReadonlyMap<string, Value[]>): number | undefined {
    const counts = this.indexes.flatMap((index) => index.estimate(equalities) ?? []);
    return counts.length === 0 ? undefined : Math.min(...counts);
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
    if (stored !== undefined) {
      for (const index of this.indexes) index.remove(id, stored.document);
      this.#views.remove({ id, ...stored });
    }
    if (document === undefined) {
      this.#documents.delete(id);
      return;
    }
    const ordinal = stored?.ordinal ?? this.#nextOrdinal++;
    this.#documents.set(id, { document, ordinal });
    for (const index of this.indexes) index.add(id, document);
    this.#views.add({ id, document, ordinal });
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
