import { someAtPath, splitPath } from './paths';
import { compareValues, type Document, type Value } from './values';
import { requestFailed } from './wire-error';

interface SortField {
  path: string[];
  direction: 1 | -1;
}

function parseSort(order: Document): SortField[] {
  return Object.entries(order).map(([field, direction]) => {
    if (direction !== 1 && direction !== -1)
      throw requestFailed(`the sort order of '${field}' must be 1 or -1`);
    return { path: splitPath(field), direction };
  });
}

/**
 * An array is sorted by its least element when ascending and by its greatest when descending. An absent field is
 * sorted as null, an empty array before it.
 */
function sortKey(document: Document, { path, direction }: SortField): Value | undefined {
  const keys: (Value | undefined)[] = [];
  someAtPath(document, path, (value, expand) => {
    if (!expand || !Array.isArray(value)) keys.push(value ?? null);
    else if (value.length === 0) keys.push(undefined);
    else keys.push(...value);
    return false;
  });
  if (keys.length === 0) return null;
  return keys.reduce((best, key) => (compareValues(key, best) * direction < 0 ? key : best));
}

/** A comparison of documents in MongoDB's order by `{field: 1 | -1, …}`. */
export function compareBy(order: Document): (a: Document, b: Document) => number {
  const fields = parseSort(order);
  return (a, b) => {
    for (const field of fields) {
      const result = compareValues(sortKey(a, field), sortKey(b, field)) * field.direction;
      if (result !== 0) return result;
    }
    return 0;
  };
}

/** Sorts stably, reading each key once. */
export function sortDocuments(documents: Iterable<Document>, order: Document): Document[] {
  const fields = parseSort(order);
  const keyed = Array.from(documents, (document) => ({
    document,
    keys: fields.map((field) => sortKey(document, field)),
  }));
  keyed.sort((a, b) => {
    for (const [i, { direction }] of fields.entries()) {
      const result = compareValues(a.keys[i], b.keys[i]) * direction;
      if (result !== 0) return result;
    }
    return 0;
  });
  return keyed.map(({ document }) => document);
}
