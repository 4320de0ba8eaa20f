import type { SruConfig } from './config';
import type { Retrieval } from './connection';
import type { Query } from './query';
import { writeCql } from './write-cql';
import { sortedPqf, writePqf } from './write-pqf';

export type Order = 'newest' | 'acquired';

/** Writes a query in the language of this server, with the order in the way it is asked for there. */
export function write(
  { queries }: SruConfig,
  query: Query,
  order?: Order,
): Pick<Retrieval, 'parameter' | 'query' | 'sortKeys'> {
  if (queries.language === 'pqf') {
    const pqf = writePqf(query);
    const attributes = order && queries.sort[order];
    return { parameter: 'x-pquery', query: attributes === undefined ? pqf : sortedPqf(pqf, attributes) };
  }
  const cql = writeCql(query);
  const keys = order && queries.sort[order];
  if (keys === undefined) return { parameter: 'query', query: cql };
  return queries.sort.by === 'sortBy'
    ? { parameter: 'query', query: `${cql} sortBy ${keys}` }
    : { parameter: 'query', query: cql, sortKeys: keys };
}
