import { compileFieldCondition, type QueryNotes } from './query-operators';
import { compilePredicate } from './query';
import { compareBy } from './sort';
import {
  cloneValue,
  compareValues,
  equalValues,
  isDocument,
  keyOf,
  Pattern,
  typeName,
  type Document,
  type Value,
} from './values';
import { requestFailed, unsupported } from './wire-error';

/** What a field becomes; `current` is undefined if it is absent. */
export type ArrayChange = (current: Value | undefined, path: string) => Value | undefined;

const PUSH_MODIFIERS = new Set(['$each', '$position', '$slice', '$sort']);

/** An absent field is an empty array, null is none. */
function arrayOf(current: Value | undefined, path: string): Value[] {
  if (current === undefined) return [];
  if (!Array.isArray(current)) {
    throw requestFailed(`The field '${path}' must be an array but is of type ${typeName(current)}`);
  }
  return current;
}

function integerOf(value: Value, what: string): number {
  if (typeof value !== 'number' || !Number.isInteger(value))
    throw requestFailed(`The value for ${what} must be an integer`);
  return value;
}

function eachOf(operator: string, operand: Document): Value[] {
  const { $each } = operand;
  if (!Array.isArray($each)) throw requestFailed(`The argument to $each in ${operator} must be an array`);
  return $each;
}

const hasOperators = (operand: Value): operand is Document =>
  isDocument(operand) && Object.keys(operand).some((key) => key.startsWith('$'));

function sliceTo(items: Value[], size: number): Value[] {
  return size >= 0 ? items.slice(0, size) : items.slice(size);
}

function sorterOf($sort: Value): (a: Value, b: Value) => number {
  if ($sort === 1 || $sort === -1) return (a, b) => $sort * compareValues(a, b);
  if (!isDocument($sort))
    throw requestFailed('The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1}');
  const compare = compareBy($sort);
  return (a, b) => compare(isDocument(a) ? a : {}, isDocument(b) ? b : {});
}

export function compilePush(operand: Value): ArrayChange {
  if (!hasOperators(operand)) {
    return (current, path) => [...arrayOf(current, path), cloneValue(operand)];
  }
  const unknown = Object.keys(operand).find((key) => !PUSH_MODIFIERS.has(key));
  if (unknown !== undefined) throw unsupported(`${unknown} in $push`);
  const items = eachOf('$push', operand);
  const { $position, $slice, $sort } = operand;
  const position = $position === undefined ? undefined : integerOf($position, '$position');
  const slice = $slice === undefined ? undefined : integerOf($slice, '$slice');
  const compare = $sort === undefined ? undefined : sorterOf($sort);
  return (current, path) => {
    const array = [...arrayOf(current, path)];
    array.splice(position ?? array.length, 0, ...cloneValue(items));
    if (compare !== undefined) array.sort(compare);
    return slice === undefined ? array : sliceTo(array, slice);
  };
}

export function compileAddToSet(operand: Value): ArrayChange {
  let items = [operand];
  if (hasOperators(operand)) {
    const unknown = Object.keys(operand).find((key) => key !== '$each');
    if (unknown !== undefined) throw unsupported(`${unknown} in $addToSet`);
    items = eachOf('$addToSet', operand);
  } else if (
    isDocument(operand) &&
    Object.keys(operand).join() === 'each' &&
    Array.isArray(operand['each'])
  ) {
    // The SDK sends addToSet({each:[…]}) as it is; whether the real cloud translates it nobody could try.
    throw unsupported("$addToSet with 'each' (write $each)");
  }
  return (current, path) => {
    const array = [...arrayOf(current, path)];
    const present = new Set(array.map(keyOf));
    for (const item of items) {
      const key = keyOf(item);
      if (present.has(key)) continue;
      present.add(key);
      array.push(cloneValue(item));
    }
    return array;
  };
}

export function compilePop(operand: Value): ArrayChange {
  if (operand !== 1 && operand !== -1) throw requestFailed('$pop expects 1 or -1');
  return (current, path) => {
    const array = arrayOf(current, path);
    return operand === 1 ? array.slice(0, -1) : array.slice(1);
  };
}

function pullTest(operand: Value, notes: QueryNotes): (item: Value) => boolean {
  if (operand instanceof Pattern || hasOperators(operand)) {
    const test = compileFieldCondition(operand, notes, compilePredicate);
    return (item) => test((accepts) => accepts(item, false));
  }
  if (!isDocument(operand)) return (item) => equalValues(item, operand);
  const test = compilePredicate(operand, notes);
  return (item) => isDocument(item) && test(item);
}

export function compilePull(operand: Value, notes: QueryNotes): ArrayChange {
  const matches = pullTest(operand, notes);
  return (current, path) => arrayOf(current, path).filter((item) => !matches(item));
}

export function compilePullAll(operand: Value): ArrayChange {
  if (!Array.isArray(operand)) throw requestFailed('$pullAll requires an array argument');
  const unwanted = new Set(operand.map(keyOf));
  return (current, path) => arrayOf(current, path).filter((item) => !unwanted.has(keyOf(item)));
}
