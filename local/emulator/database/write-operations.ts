import { randomBytes } from 'node:crypto';
import type { Collection } from './collection';
import type { Draft } from './draft';
import { findMatching } from './find';
import { duplicateKey } from './locks';
import { withTimeLimit } from './patterns';
import type { CompiledQuery } from './query';
import { idOf } from './store';
import { checkStorable } from './stored-document';
import type { CompiledUpdate } from './update';
import { equalValues, type Document, type DocumentId } from './values';
import { requestFailed } from './wire-error';

/** As the cloud makes them. */
const newId = (): string => randomBytes(16).toString('hex');

function putNew(draft: Draft, collection: Collection, document: Document): DocumentId {
  checkStorable(document);
  const id = idOf(document);
  if (draft.get(collection, id) !== undefined) throw duplicateKey(collection, '_id_');
  draft.put(collection, id, document);
  return id;
}

/** Inserts one after the other; an error leaves the ones before it in the draft. */
export function insert(draft: Draft, collection: Collection, documents: readonly Document[]): DocumentId[] {
  return documents.map((document) =>
    putNew(draft, collection, '_id' in document ? document : { _id: newId(), ...document }),
  );
}

/** @returns how many documents were changed: those that are equal before and after do not count */
export function update(
  draft: Draft,
  collection: Collection,
  query: CompiledQuery,
  change: CompiledUpdate,
  multi: boolean,
): { updated: number; last: Document | undefined } {
  let updated = 0;
  let last: Document | undefined;
  for (const document of findMatching(draft, collection, query, multi ? Infinity : 1)) {
    last = change.usesPatterns ? withTimeLimit(() => change.apply(document)) : change.apply(document);
    if (equalValues(last, document)) continue;
    checkStorable(last);
    draft.put(collection, idOf(document), last);
    updated++;
  }
  return { updated, last };
}

/** Replaces the one document with this id, or inserts it: doc().set(). */
export function set(
  draft: Draft,
  collection: Collection,
  id: DocumentId,
  content: Document,
): { updated: number; upsertedId: DocumentId | null } {
  if ('_id' in content && !equalValues(content['_id'], id)) {
    throw requestFailed('the _id field cannot be changed: it is immutable');
  }
  const document = { _id: id, ...content };
  const before = draft.get(collection, id);
  if (before === undefined) return { updated: 0, upsertedId: putNew(draft, collection, document) };
  checkStorable(document);
  const { _id, ...rest } = before;
  const changed = !equalValues({ _id: _id ?? id, ...rest }, document);
  if (changed) draft.put(collection, id, document);
  return { updated: changed ? 1 : 0, upsertedId: null };
}

export function remove(draft: Draft, collection: Collection, query: CompiledQuery, multi: boolean): number {
  const documents = findMatching(draft, collection, query, multi ? Infinity : 1);
  for (const document of documents) draft.put(collection, idOf(document), undefined);
  return documents.length;
}
