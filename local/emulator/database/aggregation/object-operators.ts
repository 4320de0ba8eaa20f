import { isDocument, keyOf, typeName, type Document, type Value } from '../values';
import { requestFailed } from '../wire-error';
import {
  compileArguments,
  isAbsent,
  isTrue,
  nullable,
  requireArray,
  unary,
  type OperatorTable,
} from './operator';

export function mergeInto(target: Document, value: Value | undefined): void {
  if (isAbsent(value)) return;
  if (!isDocument(value))
    throw requestFailed(`$mergeObjects requires object inputs, but input is of type ${typeName(value)}`);
  Object.assign(target, value);
}

/** Without duplicates, the first of each kept. */
function distinct(values: readonly Value[]): Value[] {
  const seen = new Set<string>();
  return values.filter((value) => {
    const key = keyOf(value);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

const keysOf = (operator: string, value: Value | undefined): Set<string> =>
  new Set(requireArray(operator, value).map(keyOf));

const sameKeys = (a: Set<string>, b: Set<string>): boolean =>
  a.size === b.size && [...a].every((key) => b.has(key));

function intersect(lists: readonly Value[]): Value[] {
  const [first, ...others] = lists;
  if (first === undefined) return [];
  const sets = others.map((list) => keysOf('$setIntersection', list));
  return distinct(requireArray('$setIntersection', first)).filter((value) =>
    sets.every((set) => set.has(keyOf(value))),
  );
}

export const OBJECTS_AND_SETS: OperatorTable = {
  $mergeObjects: (operand, context) => {
    const items = compileArguments('$mergeObjects', operand, context, 0, Infinity);
    return (scope) => {
      const result: Document = {};
      for (const item of items) {
        const value = item(scope);
        // A single argument may be an array of objects.
        for (const part of items.length === 1 && Array.isArray(value) ? value : [value])
          mergeInto(result, part);
      }
      return result;
    };
  },
  $objectToArray: unary('$objectToArray', (value) => {
    if (!isDocument(value))
      throw requestFailed(`$objectToArray requires a document input, found: ${typeName(value)}`);
    return Object.entries(value).map(([k, v]) => ({ k, v }));
  }),
  $allElementsTrue: (operand, context) => {
    const [item] = compileArguments('$allElementsTrue', operand, context, 1, 1);
    return (scope) => requireArray('$allElementsTrue', item?.(scope)).every(isTrue);
  },
  $anyElementTrue: (operand, context) => {
    const [item] = compileArguments('$anyElementTrue', operand, context, 1, 1);
    return (scope) => requireArray('$anyElementTrue', item?.(scope)).some(isTrue);
  },
  $setDifference: nullable('$setDifference', 2, 2, ([a, b]) => {
    const unwanted = keysOf('$setDifference', b);
    return distinct(requireArray('$setDifference', a)).filter((value) => !unwanted.has(keyOf(value)));
  }),
  $setEquals: (operand, context) => {
    const items = compileArguments('$setEquals', operand, context, 2, Infinity);
    return (scope) => {
      const [first, ...others] = items.map((item) => keysOf('$setEquals', item(scope)));
      return first !== undefined && others.every((other) => sameKeys(first, other));
    };
  },
  $setIntersection: nullable('$setIntersection', 0, Infinity, intersect),
  $setIsSubset: (operand, context) => {
    const [part, whole] = compileArguments('$setIsSubset', operand, context, 2, 2);
    return (scope) => {
      const all = keysOf('$setIsSubset', whole?.(scope));
      return [...keysOf('$setIsSubset', part?.(scope))].every((key) => all.has(key));
    };
  },
  $setUnion: nullable('$setUnion', 0, Infinity, (lists) =>
    distinct(lists.flatMap((list) => requireArray('$setUnion', list))),
  ),
};
