import { decodeDocument } from './ejson';
import { isDocument, type Document, type DocumentId, type Value } from './values';
import { invalidParam } from './wire-error';

export type Params = Readonly<Record<string, unknown>>;

/** A get() gives this many documents unless told otherwise, and never more than the maximum. */
const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1000;

function wholeNumber(params: Params, name: string, otherwise: number): number {
  const value = params[name] ?? otherwise;
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw invalidParam(`${name} must be a whole number of 0 or more`);
  }
  return value;
}

export const readOffset = (params: Params): number => wholeNumber(params, 'offset', 0);

/** A limit of 0 means the default, for the SDK sends none then. */
export const readLimit = (params: Params): number =>
  Math.min(wholeNumber(params, 'limit', DEFAULT_LIMIT) || DEFAULT_LIMIT, MAX_LIMIT);

export function readFlag(params: Params, name: string): boolean {
  const value = params[name] ?? false;
  if (typeof value !== 'boolean') throw invalidParam(`${name} must be true or false`);
  return value;
}

/** The SDK sends no query, or an empty text, for the whole collection. */
export function readQuery(params: Params, now: number): Document {
  const { query } = params;
  return query === undefined || query === null || query === '' ? {} : decodeDocument(query, now, 'query');
}

export function readOptionalDocument(params: Params, name: string, now: number): Document | undefined {
  const text = params[name];
  return text === undefined || text === null || text === '' ? undefined : decodeDocument(text, now, name);
}

export function readDocuments(params: Params, now: number): Document[] {
  const { data } = params;
  if (!Array.isArray(data) || data.length === 0) throw invalidParam('data must be an array of documents');
  return data.map((text) => decodeDocument(text, now, 'data'));
}

const isId = (value: Value | undefined): value is DocumentId =>
  typeof value === 'string' || typeof value === 'number';

/** The id in the query of a doc() request: `{"_id": …}`. */
export function readDocumentId(query: Document): DocumentId {
  const { _id } = query;
  if (!isId(_id) || Object.keys(query).length !== 1 || isDocument(_id)) {
    throw invalidParam('a document is addressed by its _id alone');
  }
  return _id;
}
