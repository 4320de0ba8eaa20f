import { addToShape, reshape, type Shape } from '../reshape';
import { compareValues, isDocument, keyOf, sameBracket, type Document, type Value } from '../values';
import { requestFailed, unsupported } from '../wire-error';
import { compileExpression } from './expression';
import { mergeInto } from './object-operators';
import type { Expression, Scope } from './operator';
import { SUMMARIES } from './statistics';

/** What `$group` makes of the values of one group, in the order of the documents. */
type Accumulator = (values: readonly (Value | undefined)[]) => Value;

function distinct(values: readonly (Value | undefined)[]): Value[] {
  const found = new Map<string, Value>();
  for (const value of values)
    if (value !== undefined) found.set(keyOf(value), found.get(keyOf(value)) ?? value);
  return [...found.values()];
}

function merge(values: readonly (Value | undefined)[]): Document {
  const result: Document = {};
  for (const value of values) mergeInto(result, value);
  return result;
}

const ACCUMULATORS: ReadonlyMap<string, Accumulator> = new Map<string, Accumulator>([
  ...Object.entries(SUMMARIES),
  ['$addToSet', distinct],
  ['$first', (values) => values[0] ?? null],
  ['$last', (values) => values.at(-1) ?? null],
  ['$push', (values) => values.filter((value) => value !== undefined)],
  ['$mergeObjects', merge],
]);

interface OutputField {
  name: string;
  expression: Expression;
  accumulate: Accumulator;
}

function compileField(stage: string, name: string, value: Value, now: number): OutputField {
  const operators = isDocument(value) ? Object.keys(value) : [];
  const [operator] = operators;
  if (!isDocument(value) || operator === undefined || operators.length !== 1) {
    throw requestFailed(`The field '${name}' of ${stage} must be an accumulator object`);
  }
  if (name.includes('.')) throw requestFailed(`The field name '${name}' of ${stage} cannot contain '.'`);
  if (name.startsWith('$')) throw unsupported(`the field '${name}' of ${stage}`);
  const accumulate = ACCUMULATORS.get(operator);
  if (accumulate === undefined) throw unsupported(`the accumulator ${operator}`);
  return { name, expression: compileExpression(value[operator] ?? null, now), accumulate };
}

const scopeOf = (root: Document): Scope => ({ root, variables: new Map() });

interface Group {
  id: Value;
  members: Document[];
}

function summarize({ id, members }: Group, fields: readonly OutputField[]): Document {
  const result: Document = { _id: id };
  for (const { name, expression, accumulate } of fields) {
    result[name] = accumulate(members.map((member) => expression(scopeOf(member))));
  }
  return result;
}

export interface StageRun {
  (documents: readonly Document[]): Document[];
  /** Whether regular expressions take part. */
  usesPatterns?: boolean;
}

export function compileGroup(value: Value, now: number): StageRun {
  if (!isDocument(value)) throw requestFailed("a group's fields must be specified in an object");
  const { _id, ...others } = value;
  if (_id === undefined) throw requestFailed('a group specification must include an _id');
  const idOf = compileExpression(_id, now);
  const fields = Object.entries(others).map(([name, field]) => compileField('$group', name, field, now));
  return (documents) => {
    const groups = new Map<string, Group>();
    for (const document of documents) {
      const id = idOf(scopeOf(document)) ?? null;
      const key = keyOf(id);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { id, members: [document] });
      else group.members.push(document);
    }
    return Array.from(groups.values(), (group) => summarize(group, fields));
  };
}

function checkBoundaries(value: Value | undefined): Value[] {
  if (!Array.isArray(value) || value.length < 2) throw requestFailed('$bucket needs at least two boundaries');
  for (const [i, boundary] of value.entries()) {
    const before = value[i - 1];
    if (before === undefined) continue;
    if (!sameBracket(boundary, before)) throw requestFailed('$bucket boundaries must be of one type');
    if (compareValues(boundary, before) <= 0)
      throw requestFailed('$bucket boundaries must be in ascending order');
  }
  return value;
}

/** The last boundary that is not above the value; -1 below the first, and the last index for values out of range. */
function bucketOf(boundaries: readonly Value[], value: Value): number {
  let low = -1;
  let high = boundaries.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (compareValues(boundaries[middle], value) <= 0) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** As in MongoDB only buckets with documents come out, in the order of the boundaries, the default last. */
export function compileBucket(value: Value, now: number): StageRun {
  if (!isDocument(value)) throw requestFailed('$bucket takes an object');
  const { groupBy, boundaries, default: otherwise, output = { count: { $sum: 1 } }, ...others } = value;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw unsupported(`the parameter '${unknown}' of $bucket`);
  if (groupBy === undefined) throw requestFailed("$bucket requires 'groupBy' and 'boundaries'");
  if (!isDocument(output)) throw requestFailed("$bucket 'output' must be an object");
  const bounds = checkBoundaries(boundaries);
  const inRange = (candidate: Value) => {
    const bucket = bucketOf(bounds, candidate);
    return bucket >= 0 && bucket < bounds.length - 1;
  };
  if (otherwise !== undefined && inRange(otherwise)) {
    throw requestFailed(
      "$bucket 'default' must be less than the lowest boundary or greater than or equal to the highest",
    );
  }
  const keyExpression = compileExpression(groupBy, now);
  const fields = Object.entries(output).map(([name, field]) => compileField('$bucket', name, field, now));
  return (documents) => {
    const groups: Group[] = bounds.slice(0, -1).map((id) => ({ id, members: [] }));
    const rest: Group = { id: otherwise ?? null, members: [] };
    for (const document of documents) {
      const key = keyExpression(scopeOf(document)) ?? null;
      const group = groups[bucketOf(bounds, key)];
      if (group !== undefined) group.members.push(document);
      else if (otherwise !== undefined) rest.members.push(document);
      else
        throw requestFailed(
          '$bucket could not find a matching branch for a document, and no default was given',
        );
    }
    return [...groups, rest]
      .filter(({ members }) => members.length > 0)
      .map((group) => summarize(group, fields));
  };
}

/** Sets one, perhaps nested, field of a document. */
export function setField(document: Document, path: string, value: Value): Document {
  const shape: Shape = new Map();
  addToShape(shape, path, () => value);
  return reshape(document, shape, document, true);
}
