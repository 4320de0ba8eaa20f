import type { PathTest } from './paths';
import { compilePattern } from './patterns';
import {
  compareValues,
  equalValues,
  isDocument,
  keyOf,
  Pattern,
  sameBracket,
  typeName,
  type Document,
  type Value,
} from './values';
import { requestFailed, unsupported } from './wire-error';

export interface QueryNotes {
  usesPatterns: boolean;
}

/** Asks whether some value of the path is accepted. */
export type SomeValue = (accepts: PathTest) => boolean;
/** One condition on a path. */
export type FieldCondition = (some: SomeValue) => boolean;

const exists =
  (accepts: PathTest): FieldCondition =>
  (some) =>
    some(accepts);

const none =
  (accepts: PathTest): FieldCondition =>
  (some) =>
    !some(accepts);

type ValueTest = (value: Value | undefined) => boolean;
type CompilePredicate = (query: Document, notes: QueryNotes) => (document: Document) => boolean;

interface Scope {
  notes: QueryNotes;
  compilePredicate: CompilePredicate;
}

/** The array itself or one of its elements. */
const eachValue =
  (test: ValueTest): PathTest =>
  (value, expand) =>
    test(value) || (expand && Array.isArray(value) && value.some(test));

const wholeValue =
  (test: ValueTest): PathTest =>
  (value) =>
    test(value);

function patternTest(pattern: Pattern, notes: QueryNotes): ValueTest {
  notes.usesPatterns = true;
  const regex = compilePattern(pattern);
  return (value) => typeof value === 'string' && regex.test(value);
}

/** null stands for an absent field too. */
function equalTest(operand: Value): ValueTest {
  if (operand === null) return (value) => value === null || value === undefined;
  if (typeof operand === 'string' || typeof operand === 'boolean') return (value) => value === operand;
  return (value) => equalValues(value, operand);
}

function orderTest(operator: string, operand: Value): ValueTest {
  if (operand instanceof Pattern)
    throw requestFailed(`Can't have RegEx as arg to predicate over field (${operator})`);
  const inclusive = operator === '$gte' || operator === '$lte';
  if (operand === null) return inclusive ? equalTest(null) : () => false;
  if (typeof operand === 'number' && Number.isNaN(operand))
    return inclusive ? equalTest(operand) : () => false;
  const sign = operator === '$gt' || operator === '$gte' ? 1 : -1;
  return (value) => {
    if (!sameBracket(value, operand) || (typeof value === 'number' && Number.isNaN(value))) return false;
    const order = compareValues(value, operand) * sign;
    return order > 0 || (inclusive && order === 0);
  };
}

function listOf(operator: string, operand: Value): Value[] {
  if (!Array.isArray(operand)) throw requestFailed(`${operator} needs an array`);
  return operand;
}

function isOperatorDocument(value: Value): value is Document {
  return isDocument(value) && Object.keys(value)[0]?.startsWith('$') === true;
}

function inTest(operator: string, operand: Value, notes: QueryNotes): ValueTest {
  const patterns: ValueTest[] = [];
  const keys = new Set<string>();
  for (const item of listOf(operator, operand)) {
    if (isOperatorDocument(item)) throw requestFailed(`cannot nest $ under ${operator}`);
    if (item instanceof Pattern) patterns.push(patternTest(item, notes));
    else keys.add(keyOf(item));
  }
  const acceptsAbsent = keys.has(keyOf(null));
  return (value) =>
    value === undefined
      ? acceptsAbsent
      : keys.has(keyOf(value)) || (patterns.length > 0 && patterns.some((test) => test(value)));
}

function integerOperand(operator: string, operand: Value | undefined): number {
  if (typeof operand !== 'number' || !Number.isFinite(operand)) {
    throw requestFailed(`${operator} needs a number`);
  }
  return Math.trunc(operand);
}

function modTest(operand: Value): ValueTest {
  const parts = listOf('$mod', operand);
  if (parts.length !== 2) throw requestFailed('malformed mod, it needs a divisor and a remainder');
  const divisor = integerOperand('$mod', parts[0]);
  const remainder = integerOperand('$mod', parts[1]);
  if (divisor === 0) throw requestFailed('divisor cannot be 0');
  return (value) =>
    typeof value === 'number' && Number.isFinite(value) && Math.trunc(value) % divisor === remainder;
}

const TYPE_CODES: Readonly<Record<string, string>> = {
  1: 'double',
  2: 'string',
  3: 'object',
  4: 'array',
  8: 'bool',
  9: 'date',
  10: 'null',
  16: 'int',
  18: 'long',
};
const TYPE_NAMES = new Set([...Object.values(TYPE_CODES), 'number']);

function typeTest(operand: Value): ValueTest {
  const names = (Array.isArray(operand) ? operand : [operand]).map((item) => {
    const name = typeof item === 'number' ? TYPE_CODES[item] : item;
    if (typeof name !== 'string' || !TYPE_NAMES.has(name)) {
      throw unsupported(`$type with ${typeof item === 'object' ? 'an object' : String(item)}`);
    }
    return name;
  });
  const wanted = new Set(names);
  return (value) =>
    value !== undefined &&
    (wanted.has(typeName(value)) || (wanted.has('number') && typeof value === 'number'));
}

/** $elemMatch on one element: a query on its fields, or operators on the element itself. */
function elementTest(operand: Value, scope: Scope): ValueTest {
  if (!isDocument(operand)) throw requestFailed('$elemMatch needs an Object');
  const first = Object.keys(operand)[0];
  if (first?.startsWith('$') === true && !['$and', '$or', '$nor'].includes(first)) {
    const test = compileFieldCondition(operand, scope.notes, scope.compilePredicate);
    return (value) => test((accepts) => accepts(value, false));
  }
  const test = scope.compilePredicate(operand, scope.notes);
  return (value) => isDocument(value) && test(value);
}

function elemMatchTest(operand: Value, scope: Scope): PathTest {
  const test = elementTest(operand, scope);
  return wholeValue((value) => Array.isArray(value) && value.some(test));
}

/** $all: every item must be met by some value of the path, each on its own. */
function allOf(operand: Value, scope: Scope): FieldCondition {
  const tests = listOf('$all', operand).map((item) => {
    if (item instanceof Pattern) return eachValue(patternTest(item, scope.notes));
    if (!isOperatorDocument(item)) return eachValue(equalTest(item));
    const { $elemMatch, ...others } = item;
    if ($elemMatch === undefined || Object.keys(others).length > 0)
      throw requestFailed('no $ expressions in $all');
    return elemMatchTest($elemMatch, scope);
  });
  return (some) => tests.length > 0 && tests.every((accepts) => some(accepts));
}

function notOf(operand: Value, scope: Scope): FieldCondition {
  if (operand instanceof Pattern) return none(eachValue(patternTest(operand, scope.notes)));
  if (!isOperatorDocument(operand)) throw requestFailed('$not needs a regex or a document of operators');
  const test = compileFieldCondition(operand, scope.notes, scope.compilePredicate);
  return (some) => !test(some);
}

function regexPattern(operand: Value, options: Value | undefined): Pattern {
  if (options !== undefined && typeof options !== 'string')
    throw requestFailed('$options has to be a string');
  if (operand instanceof Pattern) return new Pattern(operand.source, options ?? operand.flags);
  if (typeof operand !== 'string') throw requestFailed('$regex has to be a string');
  return new Pattern(operand, options ?? '');
}

function refusePattern(operator: string, operand: Value): Value {
  if (operand instanceof Pattern) throw requestFailed(`Can't have regex as arg to ${operator}`);
  return operand;
}

const isPresent = wholeValue((value) => value !== undefined);

function sizeTest(operand: Value): PathTest {
  const size = integerOperand('$size', operand);
  if (size !== operand || size < 0) throw requestFailed('$size must be a whole number of 0 or more');
  return wholeValue((value) => Array.isArray(value) && value.length === size);
}

function compileOperator(operator: string, operand: Value, siblings: Document, scope: Scope): FieldCondition {
  switch (operator) {
    case '$eq':
      return exists(eachValue(equalTest(refusePattern(operator, operand))));
    case '$ne':
      return none(eachValue(equalTest(refusePattern(operator, operand))));
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return exists(eachValue(orderTest(operator, operand)));
    case '$in':
      return exists(eachValue(inTest(operator, operand, scope.notes)));
    case '$nin':
      return none(eachValue(inTest(operator, operand, scope.notes)));
    case '$exists':
      // As in MongoDB, 0, null and false ask for absence and anything else for presence.
      return operand === false || operand === null || operand === 0 ? none(isPresent) : exists(isPresent);
    case '$type':
      return exists(eachValue(typeTest(operand)));
    case '$size':
      return exists(sizeTest(operand));
    case '$mod':
      return exists(eachValue(modTest(operand)));
    case '$all':
      return allOf(operand, scope);
    case '$elemMatch':
      return exists(elemMatchTest(operand, scope));
    case '$not':
      return notOf(operand, scope);
    case '$regex':
      return exists(eachValue(patternTest(regexPattern(operand, siblings['$options']), scope.notes)));
    case '$options':
      if (!Object.hasOwn(siblings, '$regex')) throw requestFailed('$options needs a $regex');
      return () => true;
    default:
      throw unsupported(`the query operator ${operator}`);
  }
}

/**
 * Compiles what stands behind a field in a filter: a literal, a regular expression or a document of operators.
 * @param compilePredicate compiles whole filters, for $elemMatch
 */
export function compileFieldCondition(
  condition: Value,
  notes: QueryNotes,
  compilePredicate: CompilePredicate,
): FieldCondition {
  if (condition instanceof Pattern) return exists(eachValue(patternTest(condition, notes)));
  if (!isOperatorDocument(condition)) return exists(eachValue(equalTest(condition)));
  const tests = Object.entries(condition).map(([operator, operand]) => {
    if (!operator.startsWith('$')) throw unsupported(`the query operator ${operator}`);
    return compileOperator(operator, operand, condition, { notes, compilePredicate });
  });
  return (some) => tests.every((test) => test(some));
}
