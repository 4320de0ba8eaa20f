import { fieldOf, isDocument, type Document, type Value } from './values';
import { requestFailed, unsupported } from './wire-error';

const MAX_SEGMENTS = 100;

export const isArrayIndex = (segment: string): boolean => /^(0|[1-9]\d{0,6})$/.test(segment);

/** Takes a dotted path apart; positional operators ($, $[], $[name]) and unsafe names are refused by name. */
export function splitPath(path: string): string[] {
  const segments = path.split('.');
  if (segments.length > MAX_SEGMENTS) throw requestFailed(`a path has more than ${MAX_SEGMENTS} parts`);
  for (const segment of segments) {
    if (segment === '') throw requestFailed(`the path '${path}' has an empty part`);
    if (segment.startsWith('$')) throw unsupported(`'${segment}' in the path '${path}'`);
    if (segment === '__proto__') throw unsupported('the field name __proto__');
    if (segment.includes('\0')) throw requestFailed('a field name contains NUL');
  }
  return segments;
}

/**
 * Receives what lies at the end of a path: the value, or undefined if it is absent.
 * @param expand whether an array found there stands for its elements too
 */
export type PathTest = (value: Value | undefined, expand: boolean) => boolean;

function someInArray(
  items: readonly Value[],
  path: readonly string[],
  from: number,
  test: PathTest,
): boolean {
  const segment = path[from] ?? '';
  const atIndex = isArrayIndex(segment) ? items[Number(segment)] : undefined;
  if (atIndex !== undefined) {
    if (from === path.length - 1) {
      if (test(atIndex, false)) return true;
    } else if (Array.isArray(atIndex)) {
      if (someInArray(atIndex, path, from + 1, test)) return true;
    } else if (isDocument(atIndex) && someFrom(atIndex, path, from + 1, test)) {
      return true;
    }
  }
  return items.some((item) => isDocument(item) && someFrom(item, path, from, test));
}

function someFrom(document: Document, path: readonly string[], from: number, test: PathTest): boolean {
  let node: Value | undefined = document;
  for (let i = from; i < path.length; i++) {
    if (Array.isArray(node)) return someInArray(node, path, i, test);
    if (!isDocument(node)) return test(undefined, false);
    node = fieldOf(node, path[i] ?? '');
  }
  return test(node, true);
}

/**
 * Whether the test holds for one of the values that a query path means in MongoDB: arrays on the way are
 * searched element by element (documents only, not arrays in arrays), numbers are also array indexes.
 */
export function someAtPath(document: Document, path: readonly string[], test: PathTest): boolean {
  return someFrom(document, path, 0, test);
}

/** All values that an equality query on this path may meet, with arrays taken apart. */
export function valuesAtPath(document: Document, path: readonly string[]): (Value | undefined)[] {
  const found: (Value | undefined)[] = [];
  someAtPath(document, path, (value, expand) => {
    if (expand && Array.isArray(value)) found.push(...value);
    else found.push(value);
    return false;
  });
  return found;
}

/**
 * The value of a field path in an expression: arrays on the way give the array of what their documents hold,
 * and numbers are never indexes there.
 */
export function resolveFieldPath(
  value: Value | undefined,
  path: readonly string[],
  from = 0,
): Value | undefined {
  let node = value;
  for (let i = from; i < path.length; i++) {
    if (Array.isArray(node)) {
      const at = i;
      return node
        .map((item) =>
          isDocument(item) || Array.isArray(item) ? resolveFieldPath(item, path, at) : undefined,
        )
        .filter((item) => item !== undefined);
    }
    if (!isDocument(node)) return undefined;
    node = fieldOf(node, path[i] ?? '');
  }
  return node;
}
