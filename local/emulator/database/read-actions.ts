import { compilePipeline, type Stage } from './aggregation/pipeline';
import { decodeValue, encodeValue } from './ejson';
import { find, findMatching } from './find';
import type { Draft } from './draft';
import { PATTERN_TIME_LIMIT_MS, withTimeLimit } from './patterns';
import { compileQuery } from './query';
import type { Store } from './store';
import type { Document } from './values';
import { invalidParam, requestFailed } from './wire-error';
import { readLimit, readOffset, readOptionalDocument, readQuery, type Params } from './wire-params';

/** A query may give at most this much. wx-server-sdk has no number for it but that of a failed request. */
const MAX_RESULT_BYTES = 1024 * 1024;

/** Time for one aggregation: what is slower here has no place in an online function. */
const AGGREGATION_TIME_LIMIT_MS = 10_000;

export type Answer = Record<string, unknown>;

function encodeList(documents: readonly Document[]): string[] {
  let bytes = 0;
  return documents.map((document) => {
    const text = encodeValue(document);
    bytes += Buffer.byteLength(text);
    if (bytes > MAX_RESULT_BYTES) {
      throw requestFailed('-602001 database query result size exceed limit (1MB)');
    }
    return text;
  });
}

export function getDocument(store: Store, draft: Draft, params: Params, now: number): Answer {
  const collection = store.collection(params['collectionName']);
  const order = readOptionalDocument(params, 'order', now);
  const projection = readOptionalDocument(params, 'projection', now);
  const single = params['queryType'] === 'DOC';
  const documents = find(draft, collection, compileQuery(readQuery(params, now)), {
    ...(order === undefined ? {} : { order }),
    ...(projection === undefined ? {} : { projection }),
    skip: readOffset(params),
    limit: single ? 1 : readLimit(params),
  });
  return { data: { list: encodeList(documents) } };
}

export function calculateDocument(store: Store, draft: Draft, params: Params, now: number): Answer {
  const collection = store.collection(params['collectionName']);
  const query = compileQuery(readQuery(params, now));
  return { data: { total: findMatching(draft, collection, query).length } };
}

function readStages(params: Params, now: number): Stage[] {
  const { stages } = params;
  if (!Array.isArray(stages)) throw invalidParam('stages must be an array');
  return stages.map((stage: unknown) => {
    const { stageKey, stageValue } = (stage ?? {}) as Params;
    if (typeof stageKey !== 'string') throw invalidParam('a stage has no stageKey');
    return { name: stageKey, value: decodeValue(stageValue, now, `the value of ${stageKey}`) };
  });
}

export function aggregateDocuments(store: Store, draft: Draft, params: Params, now: number): Answer {
  const collection = store.collection(params['collectionName']);
  const everything = compileQuery({});
  const { run, usesPatterns } = compilePipeline(readStages(params, now), {
    now,
    documentsOf: (name) => draft.candidates(store.collection(name), everything),
    candidates: (query) => draft.candidates(collection, query),
  });
  const limitMs = usesPatterns ? PATTERN_TIME_LIMIT_MS : AGGREGATION_TIME_LIMIT_MS;
  return { data: { list: encodeList(withTimeLimit(run, limitMs)) } };
}
