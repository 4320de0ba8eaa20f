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
  return takeMatching(() => draft.candidates(collection, query), query, atMost);
}

export function find(
  draft: Draft,
  collection: Collection,
  query: CompiledQuery,
  options: FindOptions,
): Document[] {
  const { order, skip, limit, projection } = options;
  const project = projection && compileProjection(projection);
  const page = findOrdered(draft, collection, query, order ?? {}, skip + limit).slice(skip, skip + limit);
  return project === undefined ? page : page.map(project);
}

/** Matching documents in an order, at least so many if there are. */
function findOrdered(
  draft: Draft,
  collection: Collection,
  query: CompiledQuery,
  order: Document,
  count: number,
): Document[] {
  const [field, ...others] = Object.entries(order);
  if (field === undefined) return findMatching(draft, collection, query, count);
  const [name, direction] = field;
  if (others.length === 0 && (direction === 1 || direction === -1)) {
    const inOrder = draft.candidatesInOrder(collection, query, name, direction);
    if (inOrder !== undefined) return takeMatching(() => inOrder, query, count);
  }
  return sortDocuments(findMatching(draft, collection, query), order);
}

function takeMatching(
  candidates: () => Iterable<Document>,
  query: CompiledQuery,
  atMost: number,
): Document[] {
  const scan = () => {
    const found: Document[] = [];
    if (atMost <= 0) return found;
    for (const document of candidates()) {
      if (query.test(document) && found.push(document) >= atMost) break;
    }
    return found;
  };
  return query.usesPatterns ? withTimeLimit(scan) : scan();
}
