import type { Draft } from './draft';
import { decodeDocument, encodeValue } from './ejson';
import { compileQuery } from './query';
import type { Answer } from './read-actions';
import type { Store } from './store';
import { compileUpdate } from './update';
import { unsupported } from './wire-error';
import { readDocumentId, readDocuments, readFlag, readQuery, type Params } from './wire-params';
import { insert, remove, set, update } from './write-operations';

export function insertDocument(store: Store, draft: Draft, params: Params, now: number): Answer {
  const collection = store.collection(params['collectionName']);
  return { data: { insertedIds: insert(draft, collection, readDocuments(params, now)) } };
}

/** update() sends merge, set() sends upsert without merge; nothing in the SDKs sends another combination. */
export function modifyDocument(store: Store, draft: Draft, params: Params, now: number): Answer {
  const collection = store.collection(params['collectionName']);
  const query = readQuery(params, now);
  const data = decodeDocument(params['data'], now, 'data');
  const merge = readFlag(params, 'merge');
  const upsert = readFlag(params, 'upsert');
  if (merge && !upsert) {
    const multi = readFlag(params, 'multi');
    const { updated } = update(draft, collection, compileQuery(query), compileUpdate(data), multi);
    return { data: { updated, upsert_id: null } };
  }
  if (merge || !upsert) throw unsupported(`modifyDocument with merge=${merge} and upsert=${upsert}`);
  const { updated, upsertedId } = set(draft, collection, readDocumentId(query), data);
  return { data: { updated, upsert_id: upsertedId } };
}

export function modifyAndReturnDoc(store: Store, draft: Draft, params: Params, now: number): Answer {
  const collection = store.collection(params['collectionName']);
  const change = compileUpdate(decodeDocument(params['data'], now, 'data'));
  const { updated, last } = update(draft, collection, compileQuery(readQuery(params, now)), change, false);
  return { data: { updated, ...(last === undefined ? {} : { doc: encodeValue(last) }) } };
}

export function removeDocument(store: Store, draft: Draft, params: Params, now: number): Answer {
  const collection = store.collection(params['collectionName']);
  const multi = readFlag(params, 'multi');
  return { data: { deleted: remove(draft, collection, compileQuery(readQuery(params, now)), multi) } };
}
