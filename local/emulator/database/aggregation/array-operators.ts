import { equalValues, isDocument, type Document, type Value } from '../values';
import { requestFailed } from '../wire-error';
import { variableName } from './control-operators';
import {
  compileArguments,
  compileNamed,
  isAbsent,
  isTrue,
  nullable,
  requireArray,
  requireInteger,
  requireString,
  unary,
  type Expression,
  type ExpressionContext,
  type OperatorTable,
  type Scope,
} from './operator';

/** More numbers than this are a mistake, and would fill the memory. */
const MAX_RANGE = 1_000_000;

const bind = (scope: Scope, entries: readonly (readonly [string, Value | undefined])[]): Scope => ({
  root: scope.root,
  variables: new Map([...scope.variables, ...entries]),
});

function elementAt([array, index]: Value[]): Value | undefined {
  const items = requireArray('$arrayElemAt', array);
  return items.at(requireInteger('$arrayElemAt', index));
}

function toObject(value: Value): Document {
  const result: Document = {};
  for (const item of requireArray('$arrayToObject', value)) {
    const [k, v] = Array.isArray(item) ? item : isDocument(item) ? [item['k'], item['v']] : [];
    const name = requireString('$arrayToObject', k);
    if (name === '__proto__' || name.includes('\0'))
      throw requestFailed('$arrayToObject makes a field name that is not allowed');
    result[name] = v ?? null;
  }
  return result;
}

/** The operators that bind a variable to each element: `input`, `as` (or `this`) and one more expression. */
function compileEach(operator: string, body: string, operand: Value, context: ExpressionContext) {
  if (!isDocument(operand)) throw requestFailed(`${operator} takes an object`);
  const { as = 'this', ...others } = operand;
  const name = variableName(requireString(operator, as));
  const named = compileNamed(operator, others, context, ['input', body]);
  return { name, input: named.get('input'), body: named.get(body) };
}

function compileFilter(operand: Value, context: ExpressionContext): Expression {
  const { name, input, body } = compileEach('$filter', 'cond', operand, context);
  return (scope) => {
    const items = input?.(scope);
    if (isAbsent(items)) return null;
    return requireArray('$filter', items).filter((item) => isTrue(body?.(bind(scope, [[name, item]]))));
  };
}

function compileMap(operand: Value, context: ExpressionContext): Expression {
  const { name, input, body } = compileEach('$map', 'in', operand, context);
  return (scope) => {
    const items = input?.(scope);
    if (isAbsent(items)) return null;
    return requireArray('$map', items).map((item) => body?.(bind(scope, [[name, item]])) ?? null);
  };
}

function compileReduce(operand: Value, context: ExpressionContext): Expression {
  const named = compileNamed('$reduce', operand, context, ['input', 'initialValue', 'in']);
  const body = named.get('in');
  return (scope) => {
    const items = named.get('input')?.(scope);
    if (isAbsent(items)) return null;
    const combine = (value: Value | undefined, item: Value) =>
      body?.(
        bind(scope, [
          ['value', value],
          ['this', item],
        ]),
      );
    return requireArray('$reduce', items).reduce(combine, named.get('initialValue')?.(scope));
  };
}

function compileIn(operand: Value, context: ExpressionContext): Expression {
  const [item, array] = compileArguments('$in', operand, context, 2, 2);
  return (scope) => {
    const wanted = item?.(scope);
    return requireArray('$in', array?.(scope)).some((value) => equalValues(value, wanted));
  };
}

function compileIndexOf(operand: Value, context: ExpressionContext): Expression {
  const [array, item, from, to] = compileArguments('$indexOfArray', operand, context, 2, 4);
  return (scope) => {
    const items = array?.(scope);
    if (isAbsent(items)) return null;
    const wanted = item?.(scope);
    const list = requireArray('$indexOfArray', items);
    const start = from === undefined ? 0 : requireInteger('$indexOfArray', from(scope));
    const end = to === undefined ? list.length : requireInteger('$indexOfArray', to(scope));
    if (start < 0 || end < 0) throw requestFailed('$indexOfArray requires non-negative bounds');
    const found = list.slice(0, end).findIndex((value, i) => i >= start && equalValues(value, wanted));
    return found;
  };
}

function range([from, to, by]: Value[]): Value {
  const start = requireInteger('$range', from);
  const end = requireInteger('$range', to);
  const step = by === undefined ? 1 : requireInteger('$range', by);
  if (step === 0) throw requestFailed('$range requires a non-zero step value');
  const count = Math.max(0, Math.ceil((end - start) / step));
  if (count > MAX_RANGE) throw requestFailed(`$range gives more than ${MAX_RANGE} numbers`);
  return Array.from({ length: count }, (_, i) => start + i * step);
}

function slice([array, a, b]: Value[]): Value {
  const items = requireArray('$slice', array);
  const first = requireInteger('$slice', a);
  if (b === undefined) return first >= 0 ? items.slice(0, first) : items.slice(first);
  const count = requireInteger('$slice', b);
  if (count <= 0) throw requestFailed('Third argument to $slice must be positive');
  const start = first >= 0 ? first : Math.max(0, items.length + first);
  return items.slice(start, start + count);
}

function compileZip(operand: Value, context: ExpressionContext): Expression {
  const named = compileNamed('$zip', operand, context, ['inputs'], ['useLongestLength', 'defaults']);
  return (scope) => {
    const lists: Value[][] = [];
    for (const input of requireArray('$zip', named.get('inputs')?.(scope))) {
      if (input === null) return null;
      lists.push(requireArray('$zip', input));
    }
    const longest = named.get('useLongestLength')?.(scope) === true;
    const defaults = named.get('defaults')?.(scope);
    if (!isAbsent(defaults) && (!longest || requireArray('$zip', defaults).length !== lists.length)) {
      throw requestFailed('$zip takes defaults, one for each input, only with useLongestLength');
    }
    const lengths = lists.map((list) => list.length);
    const length = longest ? Math.max(0, ...lengths) : lengths.length === 0 ? 0 : Math.min(...lengths);
    const fill = Array.isArray(defaults) ? defaults : [];
    return Array.from({ length }, (_, i) => lists.map((list, at) => list[i] ?? fill[at] ?? null));
  };
}

export const ARRAYS: OperatorTable = {
  $arrayElemAt: nullable('$arrayElemAt', 2, 2, elementAt),
  $arrayToObject: (operand, context) =>
    // An array of arrays is its one argument, not a list of arguments.
    unary('$arrayToObject', toObject)(
      Array.isArray(operand) && operand.length !== 1 ? [operand] : operand,
      context,
    ),
  $concatArrays: nullable('$concatArrays', 0, Infinity, (values) =>
    values.flatMap((value) => requireArray('$concatArrays', value)),
  ),
  $filter: compileFilter,
  $in: compileIn,
  $indexOfArray: compileIndexOf,
  $isArray: (operand, context) => {
    const [item] = compileArguments('$isArray', operand, context, 1, 1);
    return (scope) => Array.isArray(item?.(scope));
  },
  $map: compileMap,
  $range: nullable('$range', 2, 3, range),
  $reduce: compileReduce,
  $reverseArray: unary('$reverseArray', (value) => [...requireArray('$reverseArray', value)].reverse()),
  $size: (operand, context) => {
    const [item] = compileArguments('$size', operand, context, 1, 1);
    return (scope) => requireArray('$size', item?.(scope)).length;
  },
  $slice: nullable('$slice', 2, 3, slice),
  $zip: compileZip,
};
