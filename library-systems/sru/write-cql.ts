import { cleanTerm } from './query';
import type { Query } from './query';

/** Name of an index with its context set, and modifiers of the relation: `dc.date/numeric`. */
export const CQL_INDEX = /^[A-Za-z][\w-]*(?:\.[A-Za-z_][\w-]*)?(?:\/[A-Za-z][\w.-]*)*$/;

/**
 * Writes a query in CQL 1.1/1.2 (http://www.loc.gov/standards/sru/cql/spec.html). Each term is quoted; quotation marks,
 * backslashes and the masks `*`, `?` and `^` stand for themselves.
 */
export function writeCql(query: Query): string {
  switch (query.kind) {
    case 'all':
      return 'cql.allRecords = 1';
    case 'term': {
      const [index, ...modifiers] = query.index.split('/');
      const relation = [query.relation, ...modifiers].join('/');
      return `${index!} ${relation} "${escape(query.term)}${query.prefix ? '*' : ''}"`;
    }
    case 'and':
    case 'or':
      return query.parts
        .map((part) => (part.kind === 'and' || part.kind === 'or' ? `(${writeCql(part)})` : writeCql(part)))
        .join(` ${query.kind} `);
  }
}

const escape = (term: string): string => cleanTerm(term).replace(/["\\*?^]/g, '\\$&');
