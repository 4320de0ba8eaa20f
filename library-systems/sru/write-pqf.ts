import { cleanTerm } from './query';
import type { Query } from './query';

/** Attributes of Bib-1, such as `1=4`, `1=31 4=109` or `1=Local-number`. */
export const PQF_ATTRIBUTES = /^1=[\w-]+(?: [2-9]=\d+)*$/;

/** Bib-1, attribute 2. */
const RELATIONS = { '=': undefined, '<=': '2=2', '>=': '2=4' } as const;

/**
 * Writes a query in YAZ's prefix query format (https://software.indexdata.com/yaz/doc/tools.html#PQF). Each term is
 * quoted; within quotes only `\` and `"` have a meaning.
 */
export function writePqf(query: Query): string {
  switch (query.kind) {
    case 'all':
      return '@attr 1=_ALLRECORDS @attr 2=103 ""';
    case 'term': {
      const relation = RELATIONS[query.relation];
      const attributes = [
        ...query.index.split(' '),
        ...(relation === undefined ? [] : [relation]),
        ...(query.prefix ? ['5=1'] : []),
      ];
      return `${attributes.map((attribute) => `@attr ${attribute}`).join(' ')} "${escape(query.term)}"`;
    }
    case 'and':
    case 'or':
      return query.parts.map(writePqf).reduce((left, right) => `@${query.kind} ${left} ${right}`);
  }
}

/** Zebra sorts by a clause that finds nothing and carries `7=2`, descending (Zebra manual, "Sorting"). */
export const sortedPqf = (pqf: string, attributes: string): string =>
  `@or ${pqf} @attr 7=2 ${attributes
    .split(' ')
    .map((attribute) => `@attr ${attribute}`)
    .join(' ')} 0`;

const escape = (term: string): string => cleanTerm(term).replace(/["\\]/g, '\\$&');
