import { compileQuery } from './query';
import { addToShape, reshape, type Leaf, type MakeField, type Shape } from './reshape';
import { isDocument, type Document, type Value } from './values';
import { requestFailed, unsupported } from './wire-error';

function makeSlice(operand: Value): MakeField {
  const [skip, limit] = Array.isArray(operand) ? operand : [undefined, operand];
  const whole = (value: Value | undefined): value is number =>
    typeof value === 'number' && Number.isInteger(value);
  if (!whole(limit) || (skip !== undefined && (!whole(skip) || limit <= 0))) {
    throw requestFailed('$slice takes a number, or [skip, limit] with a positive limit');
  }
  return (_root, current) => {
    if (!Array.isArray(current)) return current;
    if (skip === undefined) return limit >= 0 ? current.slice(0, limit) : current.slice(limit);
    const start = skip >= 0 ? skip : Math.max(0, current.length + skip);
    return current.slice(start, start + limit);
  };
}

function makeElemMatch(field: string, operand: Value): MakeField {
  if (field.includes('.')) throw unsupported(`$elemMatch in a projection of the nested field '${field}'`);
  const { test } = compileQuery({ item: { $elemMatch: operand } });
  return (_root, current) => {
    const found = Array.isArray(current) ? current.find((item) => test({ item: [item] })) : undefined;
    return found === undefined ? undefined : [found];
  };
}

/** Whether a projection lists what to give, what to leave out, or neither yet. */
type Mode = 'include' | 'exclude' | undefined;

function leafFor(field: string, value: Value): { leaf: Leaf; mode: Mode } {
  if (value === true || (typeof value === 'number' && value !== 0)) return { leaf: 'keep', mode: 'include' };
  if (value === false || value === 0) return { leaf: 'drop', mode: 'exclude' };
  if (!isDocument(value)) throw unsupported(`a computed field ('${field}') in the projection of a query`);
  const [operator, ...others] = Object.keys(value);
  if (operator === undefined || others.length > 0)
    throw requestFailed(`the projection of '${field}' is invalid`);
  const operand = value[operator] ?? null;
  if (operator === '$slice') return { leaf: makeSlice(operand), mode: undefined };
  if (operator === '$elemMatch') return { leaf: makeElemMatch(field, operand), mode: 'include' };
  throw unsupported(`${operator} in the projection of '${field}'`);
}

/**
 * Compiles the projection of a query: `{field: 1}`, `{field: 0}`, `$slice` and `$elemMatch`.
 * @throws WireError naming what is not supported
 */
export function compileProjection(projection: Document): (document: Document) => Document {
  const shape: Shape = new Map();
  let mode: Mode;
  let id: Leaf = 'keep';
  for (const [field, value] of Object.entries(projection)) {
    const { leaf, mode: wanted } = leafFor(field, value);
    if (field === '_id') {
      id = leaf;
      continue;
    }
    if (wanted !== undefined && mode !== undefined && wanted !== mode) {
      throw requestFailed('Projection cannot have a mix of inclusion and exclusion.');
    }
    mode ??= wanted;
    addToShape(shape, field, leaf);
  }
  const onlyId = Object.keys(projection).length === 1 && id === 'keep' && '_id' in projection;
  const others = mode === undefined ? !onlyId : mode === 'exclude';
  if (id === 'drop' || !others) addToShape(shape, '_id', id);
  return (document) => reshape(document, shape, document, others);
}
