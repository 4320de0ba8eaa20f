import { compileFieldCondition, type QueryNotes } from './query-operators';
import { splitPath, someAtPath } from './paths';
import type { Range } from './ordered-view';
import { collectRanges } from './ranges';
import { isDocument, Pattern, type Document, type Value } from './values';
import { requestFailed, unsupported } from './wire-error';

export type Predicate = (document: Document) => boolean;

export interface CompiledQuery {
  test: Predicate;
  /** Whether regular expressions take part, so that the scan needs a time limit. */
  usesPatterns: boolean;
  /** Paths that must equal one of these scalars for a document to match: what an index can look up. */
  equalities: Map<string, Value[]>;
  /** Paths that must lie between two values for a document to match: what an index can read in order. */
  ranges: Map<string, Range>;
}

function subqueries(operator: string, operand: Value): Document[] {
  if (!Array.isArray(operand) || operand.length === 0)
    throw requestFailed(`${operator} must be a nonempty array`);
  return operand.map((item) => {
    if (!isDocument(item)) throw requestFailed(`${operator} entries need to be full objects`);
    return item;
  });
}

function compileLogical(operator: string, operand: Value, notes: QueryNotes): Predicate {
  const tests = subqueries(operator, operand).map((query) => compilePredicate(query, notes));
  switch (operator) {
    case '$and':
      return (document) => tests.every((test) => test(document));
    case '$or':
      return (document) => tests.some((test) => test(document));
    default:
      return (document) => !tests.some((test) => test(document));
  }
}

function compileField(name: string, condition: Value, notes: QueryNotes): Predicate {
  const path = splitPath(name);
  const test = compileFieldCondition(condition, notes, compilePredicate);
  return (document) => test((accepts) => someAtPath(document, path, accepts));
}

/** Compiles the filter part alone; `notes` collects what the caller has to know about it. */
export function compilePredicate(query: Document, notes: QueryNotes): Predicate {
  const tests = Object.entries(query).map(([name, condition]) => {
    if (name === '$and' || name === '$or' || name === '$nor') return compileLogical(name, condition, notes);
    if (name.startsWith('$')) throw unsupported(`the query operator ${name}`);
    return compileField(name, condition, notes);
  });
  const [only] = tests;
  return tests.length === 1 && only !== undefined
    ? only
    : (document) => tests.every((test) => test(document));
}

const isLookupValue = (value: Value | undefined): value is Value =>
  value !== undefined &&
  value !== null &&
  !Array.isArray(value) &&
  !isDocument(value) &&
  !(value instanceof Pattern);

/** The scalars that a condition pins its path to, if it does. */
function pinnedValues(condition: Value): Value[] | undefined {
  if (!isDocument(condition)) return isLookupValue(condition) ? [condition] : undefined;
  const { $eq, $in } = condition;
  if (isLookupValue($eq)) return [$eq];
  return Array.isArray($in) && $in.every(isLookupValue) ? $in : undefined;
}

function collectEqualities(query: Document, into: Map<string, Value[]>): void {
  for (const [name, condition] of Object.entries(query)) {
    if (name === '$and' && Array.isArray(condition)) {
      for (const item of condition) if (isDocument(item)) collectEqualities(item, into);
    } else if (!name.startsWith('$') && !into.has(name)) {
      const values = pinnedValues(condition);
      if (values !== undefined) into.set(name, values);
    }
  }
}

/**
 * Compiles a filter with MongoDB's meaning.
 * @throws WireError DATABASE_INVALID_OPERRATOR naming what is not supported, or DATABASE_REQUEST_FAILED
 */
export function compileQuery(query: Document): CompiledQuery {
  const notes: QueryNotes = { usesPatterns: false };
  const test = compilePredicate(query, notes);
  const equalities = new Map<string, Value[]>();
  collectEqualities(query, equalities);
  const ranges = new Map<string, Range>();
  collectRanges(query, ranges);
  return { test, usesPatterns: notes.usesPatterns, equalities, ranges };
}
