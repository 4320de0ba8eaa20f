import type { Collection } from './collection';
import type { Document, DocumentId } from './values';

/** What a commit does to one document. */
export interface Write {
  collection: Collection;
  id: DocumentId;
  /** undefined removes it. */
  document: Document | undefined;
}

interface PendingCollection {
  documents: Map<DocumentId, Document | undefined>;
  /** Full keys in unique indexes, taken by pending documents: "index\0key" to id. */
  keys: Map<string, DocumentId>;
}

/** Writes that are decided and not yet committed: of one request, or of an open transaction. */
export class PendingWrites {
  readonly #collections = new Map<Collection, PendingCollection>();

  /** The pending document; null if it is pending removal; undefined if nothing is pending for it. */
  get(collection: Collection, id: DocumentId): Document | null | undefined {
    const documents = this.#collections.get(collection)?.documents;
    return documents?.has(id) === true ? (documents.get(id) ?? null) : undefined;
  }

  put(collection: Collection, id: DocumentId, document: Document | undefined): void {
    const pending = this.#of(collection);
    const before = pending.documents.get(id);
    if (before !== undefined) for (const key of uniqueKeys(collection, before)) pending.keys.delete(key);
    pending.documents.set(id, document);
    if (document !== undefined) for (const key of uniqueKeys(collection, document)) pending.keys.set(key, id);
  }

  /** Lays what is pending over committed documents: changed ones in their place, new ones at the end. */
  overlay(collection: Collection, committed: Document[]): Document[] {
    const documents = this.#collections.get(collection)?.documents;
    if (documents === undefined) return committed;
    const added = new Map(documents);
    const changed = committed.map((document) => {
      const id = document['_id'] as DocumentId;
      if (!documents.has(id)) return document;
      added.delete(id);
      return documents.get(id);
    });
    return [...changed, ...added.values()].filter((document) => document !== undefined);
  }

  /** Who else holds a key of this document in a unique index, when the pending writes are counted in. */
  findDuplicate(
    collection: Collection,
    id: DocumentId,
    document: Document,
  ): { index: string; holder: DocumentId } | undefined {
    const pending = this.#collections.get(collection);
    for (const index of collection.indexes) {
      if (!index.unique) continue;
      for (const key of index.keysOf(document)) {
        const rival = pending?.keys.get(`${index.name}\0${key}`);
        if (rival !== undefined && rival !== id) return { index: index.name, holder: rival };
        for (const holder of index.holders(key)) {
          if (holder !== id && pending?.documents.has(holder) !== true) return { index: index.name, holder };
        }
      }
    }
    return undefined;
  }

  all(): Write[] {
    return [...this.#collections].flatMap(([collection, { documents }]) =>
      Array.from(documents, ([id, document]) => ({ collection, id, document })),
    );
  }

  #of(collection: Collection): PendingCollection {
    let pending = this.#collections.get(collection);
    if (pending === undefined) {
      pending = { documents: new Map(), keys: new Map() };
      this.#collections.set(collection, pending);
    }
    return pending;
  }
}

/** "index\0key" for every key of a document in a unique index. */
export function uniqueKeys(collection: Collection, document: Document): string[] {
  return collection.indexes
    .filter(({ unique }) => unique)
    .flatMap((index) => Array.from(index.keysOf(document), (key) => `${index.name}\0${key}`));
}
