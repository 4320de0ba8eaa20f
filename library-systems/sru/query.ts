/**
 * What is asked of a server, before it is written in CQL or PQF. Terms are any text; whoever writes a query sees to it
 * that a term stays one term.
 */
export type Query =
  | { kind: 'term'; index: string; relation: '=' | '>=' | '<='; term: string; prefix?: boolean }
  | { kind: 'and' | 'or'; parts: readonly Query[] }
  | { kind: 'all' };

/** Characters that no query language can carry become blanks. */
export const cleanTerm = (term: string): string => term.replace(/[\p{Cc}\p{Cs}\ufffd]/gu, ' ').trim();

export const is = (index: string, term: string): Query => ({ kind: 'term', index, relation: '=', term });

/** @param parts at least one */
export const and = (parts: readonly Query[]): Query =>
  parts.length === 1 ? parts[0]! : { kind: 'and', parts };

/** @param parts at least one */
export const or = (parts: readonly Query[]): Query =>
  parts.length === 1 ? parts[0]! : { kind: 'or', parts };
