import type { Collection } from './collection';
import type { CompiledQuery } from './query';
import type { Document, DocumentId } from './values';

/** What an operation sees and changes: the committed state, or that of its transaction. */
export interface Draft {
  get(collection: Collection, id: DocumentId): Document | undefined;
  /** In natural order, all documents that can match, and maybe others. */
  candidates(collection: Collection, query: CompiledQuery): Iterable<Document>;
  /** The same in the order of one field, equals in natural order; undefined if they must be sorted. */
  candidatesInOrder(
    collection: Collection,
    query: CompiledQuery,
    field: string,
    direction: 1 | -1,
  ): Iterable<Document> | undefined;
  /**
   * @param document undefined removes it
   * @throws WireError for a duplicate key or a write conflict
   */
  put(collection: Collection, id: DocumentId, document: Document | undefined): void;
}
