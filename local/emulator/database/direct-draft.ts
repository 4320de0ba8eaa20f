import type { Collection } from './collection';
import type { Draft } from './draft';
import { duplicateKey, type Locks, resourcesOf } from './locks';
import { PendingWrites, type Write } from './pending-writes';
import type { CompiledQuery } from './query';
import type { Document, DocumentId } from './values';

/** Thrown by a draft when a transaction holds what it wants to write; the operation starts anew when that has ended. */
export class Blocked extends Error {
  constructor(readonly ended: Promise<void>) {
    super('waiting for a transaction');
  }
}

/** One operation outside of any transaction, on the committed state. */
export class DirectDraft implements Draft {
  readonly #pending = new PendingWrites();
  readonly #locks: Locks;

  constructor(locks: Locks) {
    this.#locks = locks;
  }

  get(collection: Collection, id: DocumentId): Document | undefined {
    const pending = this.#pending.get(collection, id);
    return pending === undefined ? collection.get(id) : (pending ?? undefined);
  }

  candidates(collection: Collection, query: CompiledQuery): Iterable<Document> {
    return collection.candidates(query);
  }

  candidatesInOrder(
    collection: Collection,
    query: CompiledQuery,
    field: string,
    direction: 1 | -1,
  ): Iterable<Document> | undefined {
    return collection.candidatesInOrder(query, field, direction);
  }

  put(collection: Collection, id: DocumentId, document: Document | undefined): void {
    if (document !== undefined) collection.checkIndexable(document);
    const holder = this.#locks.holderOf(resourcesOf(collection, id, [collection.get(id), document]));
    if (holder !== undefined) throw new Blocked(holder.ended);
    const clash = document && this.#pending.findDuplicate(collection, id, document);
    if (clash !== undefined) throw duplicateKey(collection, clash.index);
    this.#pending.put(collection, id, document);
  }

  writes(): Write[] {
    return this.#pending.all();
  }
}
