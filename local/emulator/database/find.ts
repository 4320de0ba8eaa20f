import type { Collection } from './collection';
import type { Draft } from './draft';
import { withTimeLimit } from './patterns';
import { compileProjection } from './projection';
import type { CompiledQuery } from './query';
import { sortDocuments } from './sort';
import type { Document } from './values';

export interface FindOptions {
  order?: Document;
  skip: number;
  limit: number;
  projection?: Document;
}

/** Matching documents in natural order, at most so many. */
export function findMatching(
  draft: Draft,
  collection: Collection,
  query: CompiledQuery,
  atMost = Infinity,
): Document[] {
  const scan = () => {
    const found: Document[] = [];
    if (atMost <= 0) return found;
    for (const document of draft.candidates(collection, query)) {
      if (query.test(document) && found.push(document) >= atMost) break;
    }
    return found;
  };
  return query.usesPatterns ? withTimeLimit(scan) : scan();
}

export function find(
  draft: Draft,
  collection: Collection,
  query: CompiledQuery,
  options: FindOptions,
): Document[] {
  const { order, skip, limit, projection } = options;
  const project = projection && compileProjection(projection);
  const ordered =
    order === undefined || Object.keys(order).length === 0
      ? findMatching(draft, collection, query, skip + limit)
      : sortDocuments(findMatching(draft, collection, query), order);
  const page = ordered.slice(skip, skip + limit);
  return project === undefined ? page : page.map(project);
}
