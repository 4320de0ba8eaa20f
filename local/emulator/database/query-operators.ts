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

/** One condition on a path: some value there must be accepted, or none when negated. */
export interface FieldTest {
  accepts: PathTest;
  negated?: boolean;
}

type ValueTest = (value: Value | undefined) => boolean;
type CompilePredicate = (query: Document, notes: QueryNotes) => (document: Document) => boolean;

interface Scope {
  path: string;
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
    const tests = compileFieldCondition(scope.path, operand, scope.notes, scope.compilePredicate);
    return (value) => tests.every((test) => test.accepts(value, false) !== (test.negated === true));
  }
  const test = scope.compilePredicate(operand, scope.notes);
  return (value) => isDocument(value) && test(value);
}

function elemMatchTest(operand: Value, scope: Scope): PathTest {
  const test = elementTest(operand, scope);
  return wholeValue((value) => Array.isArray(value) && value.some(test));
}

/** $all: every item must be met by some value of the path, each on its own. */
function allTests(operand: Value, scope: Scope): FieldTest[] {
  const items = listOf('$all', operand);
  if (items.length === 0) return [{ accepts: () => false }];
  return items.map((item) => {
    if (item instanceof Pattern) return { accepts: eachValue(patternTest(item, scope.notes)) };
    if (!isOperatorDocument(item)) return { accepts: eachValue(equalTest(item)) };
    const { $elemMatch, ...others } = item;
    if ($elemMatch === undefined || Object.keys(others).length > 0)
      throw requestFailed('no $ expressions in $all');
    return { accepts: elemMatchTest($elemMatch, scope) };
  });
}

function notTests(operand: Value, scope: Scope): FieldTest[] {
  if (operand instanceof Pattern) {
    return [{ accepts: eachValue(patternTest(operand, scope.notes)), negated: true }];
  }
  if (!isOperatorDocument(operand)) throw requestFailed('$not needs a regex or a document of operators');
  const tests = compileFieldCondition(scope.path, operand, scope.notes, scope.compilePredicate);
  const [only] = tests;
  if (tests.length !== 1 || only === undefined) {
    // Not (A and B) over a path cannot be put as one test of a value: A and B may hold for different elements.
    throw unsupported('$not over more than one operator');
  }
  return [{ accepts: only.accepts, negated: only.negated !== true }];
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

function compileOperator(operator: string, operand: Value, siblings: Document, scope: Scope): FieldTest[] {
  switch (operator) {
    case '$eq':
      return [{ accepts: eachValue(equalTest(refusePattern(operator, operand))) }];
    case '$ne':
      return [{ accepts: eachValue(equalTest(refusePattern(operator, operand))), negated: true }];
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return [{ accepts: eachValue(orderTest(operator, operand)) }];
    case '$in':
      return [{ accepts: eachValue(inTest(operator, operand, scope.notes)) }];
    case '$nin':
      return [{ accepts: eachValue(inTest(operator, operand, scope.notes)), negated: true }];
    case '$exists':
      // As in MongoDB, 0, null and false ask for absence and anything else for presence.
      return [
        {
          accepts: wholeValue((value) => value !== undefined),
          negated: operand === false || operand === null || operand === 0,
        },
      ];
    case '$type':
      return [{ accepts: eachValue(typeTest(operand)) }];
    case '$size': {
      const size = integerOperand(operator, operand);
      if (size !== operand || size < 0) throw requestFailed('$size must be a whole number of 0 or more');
      return [{ accepts: wholeValue((value) => Array.isArray(value) && value.length === size) }];
    }
    case '$mod':
      return [{ accepts: eachValue(modTest(operand)) }];
    case '$all':
      return allTests(operand, scope);
    case '$elemMatch':
      return [{ accepts: elemMatchTest(operand, scope) }];
    case '$not':
      return notTests(operand, scope);
    case '$regex':
      return [{ accepts: eachValue(patternTest(regexPattern(operand, siblings['$options']), scope.notes)) }];
    case '$options':
      if (!Object.hasOwn(siblings, '$regex')) throw requestFailed('$options needs a $regex');
      return [];
    default:
      throw unsupported(`the query operator ${operator}`);
  }
}

/**
 * Compiles what stands behind a field in a filter: a literal, a regular expression or a document of operators.
 * @param compilePredicate compiles whole filters, for $elemMatch
 */
export function compileFieldCondition(
  path: string,
  condition: Value,
  notes: QueryNotes,
  compilePredicate: CompilePredicate,
): FieldTest[] {
  if (condition instanceof Pattern) return [{ accepts: eachValue(patternTest(condition, notes)) }];
  if (!isOperatorDocument(condition)) return [{ accepts: eachValue(equalTest(condition)) }];
  return Object.entries(condition).flatMap(([operator, operand]) => {
    if (!operator.startsWith('$')) throw unsupported(`the query operator ${operator}`);
    return compileOperator(operator, operand, condition, { path, notes, compilePredicate });
  });
}
