import { splitPath } from './paths';
import { isDocument, type Document, type Value } from './values';
import { requestFailed } from './wire-error';

/** Gives a field its value: from the whole document and what the field holds now; undefined leaves it out. */
export type MakeField = (root: Document, current: Value | undefined) => Value | undefined;

export type Leaf = 'keep' | 'drop' | MakeField;
export type Shape = Map<string, Leaf | Shape>;

/** Puts a leaf at a dotted path. @throws WireError if another path is there, above or below */
export function addToShape(shape: Shape, path: string, leaf: Leaf): void {
  const segments = splitPath(path);
  let node = shape;
  for (const segment of segments.slice(0, -1)) {
    let next = node.get(segment);
    if (next === undefined) {
      next = new Map();
      node.set(segment, next);
    }
    if (!(next instanceof Map)) throw requestFailed(`Path collision at ${path}`);
    node = next;
  }
  const last = segments.at(-1) ?? '';
  if (node.has(last)) throw requestFailed(`Path collision at ${path}`);
  node.set(last, leaf);
}

const hasMakers = (shape: Shape): boolean =>
  [...shape.values()].some((node) => typeof node === 'function' || (node instanceof Map && hasMakers(node)));

function reshapeValue(
  value: Value | undefined,
  shape: Shape,
  root: Document,
  others: boolean,
): Value | undefined {
  if (Array.isArray(value)) {
    return value.map((item) => reshapeValue(item, shape, root, others)).filter((item) => item !== undefined);
  }
  if (value !== undefined && isDocument(value)) return reshape(value, shape, root, others);
  // A computed field inside of what is no document makes it one.
  if (hasMakers(shape)) return reshape({}, shape, root, others);
  return others ? value : undefined;
}

function leafOf(
  node: Leaf | Shape,
  current: Value | undefined,
  root: Document,
  others: boolean,
): Value | undefined {
  if (node === 'keep') return current;
  if (node === 'drop') return undefined;
  return node instanceof Map ? reshapeValue(current, node, root, others) : node(root, current);
}

/**
 * Rebuilds a document: `$project`, `$addFields` and the projection of a query are all this.
 * @param others whether fields that the shape does not name stay
 */
export function reshape(document: Document, shape: Shape, root: Document, others: boolean): Document {
  const result: Document = {};
  for (const name of Object.keys(document)) {
    const node = shape.get(name);
    // Computed fields go behind the kept ones unless everything stays in its place.
    if (node === undefined ? !others : typeof node === 'function' && !others) continue;
    const current = document[name];
    const value = node === undefined ? current : leafOf(node, current, root, others);
    if (value !== undefined) result[name] = value;
  }
  for (const [name, node] of shape) {
    const done = Object.hasOwn(document, name) && (others || typeof node !== 'function');
    if (done || node === 'keep' || node === 'drop') continue;
    const value = leafOf(node, Object.hasOwn(document, name) ? document[name] : undefined, root, others);
    if (value !== undefined) result[name] = value;
  }
  return result;
}
