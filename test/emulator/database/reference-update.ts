/**
 * A second, plain reading of MongoDB's update language for one operator on one path, written apart from the
 * product's. Throws where MongoDB refuses. Only for comparison.
 */
import { matches, type Doc } from './reference-query';

type Container = Record<string, unknown>;

/** Not structuredClone: under jest its Dates are of another realm. */
function copyOf<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copyOf) as T;
  if (!isContainer(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copyOf(inner)])) as T;
}

const json = (value: unknown): string => JSON.stringify(value);

function order(a: unknown, b: unknown): number {
  const rank = (value: unknown): number =>
    value === null
      ? 0
      : typeof value === 'number'
        ? 1
        : typeof value === 'string'
          ? 2
          : typeof value === 'boolean'
            ? 5
            : 6;
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if (a instanceof Date && b instanceof Date) return a.getTime() - b.getTime();
  return (a as number) < (b as number) ? -1 : (a as number) > (b as number) ? 1 : 0;
}

/** What the operator makes of the present value; undefined: nothing is there and nothing comes. */
function next(operator: string, current: unknown, operand: unknown): unknown {
  const list = (): unknown[] => {
    if (current !== undefined && !Array.isArray(current)) throw new Error('not an array');
    return (current as unknown[] | undefined) ?? [];
  };
  switch (operator) {
    case '$set':
      return operand;
    case '$inc':
    case '$mul':
      if (current === undefined) return operator === '$inc' ? operand : 0;
      if (typeof current !== 'number') throw new Error('not a number');
      // without -0
      return (operator === '$inc' ? current + Number(operand) : current * Number(operand)) + 0;
    case '$min':
      return current === undefined || order(operand, current) < 0 ? operand : current;
    case '$max':
      return current === undefined || order(operand, current) > 0 ? operand : current;
    case '$push':
      return [...list(), operand];
    case '$addToSet':
      return list().some((item) => json(item) === json(operand)) ? current : [...list(), operand];
    case '$pop':
      return current === undefined ? undefined : operand === 1 ? list().slice(0, -1) : list().slice(1);
    case '$pull':
      return current === undefined
        ? undefined
        : list().filter((item) => !matches({ item: [item] }, { item: { $elemMatch: { $eq: operand } } }));
    case '$pullAll':
      return current === undefined
        ? undefined
        : list().filter((item) => !(operand as unknown[]).some((unwanted) => json(unwanted) === json(item)));
    default:
      throw new Error(`no reference for ${operator}`);
  }
}

const isContainer = (value: unknown): value is Container =>
  typeof value === 'object' && value !== null && !(value instanceof Date);

const mayHold = (container: Container, part: string): boolean =>
  !Array.isArray(container) || /^\d+$/.test(part);

/** Whether there is a value, walking through documents and by number through arrays. */
function lookUp(root: Doc, parts: string[]): unknown {
  let node: unknown = root;
  for (const part of parts) {
    if (!isContainer(node) || !mayHold(node, part) || !Object.hasOwn(node, part)) return undefined;
    node = node[part];
  }
  return node;
}

/** The document after the update. */
export function updated(before: Doc, operator: string, path: string, operand: unknown): Doc {
  const root = copyOf(before);
  const parts = path.split('.');
  const last = parts.at(-1) ?? '';
  const present = lookUp(root, parts);
  if (operator === '$unset') {
    const parent = lookUp(root, parts.slice(0, -1));
    if (present === undefined || !isContainer(parent)) return root;
    if (Array.isArray(parent)) parent[Number(last)] = null;
    else delete parent[last];
    return root;
  }
  const value = next(operator, present, operand);
  if (value === undefined) return root;
  let node: Container = root;
  for (const part of parts.slice(0, -1)) {
    if (!mayHold(node, part)) throw new Error('in the way');
    pad(node, part);
    if (!Object.hasOwn(node, part)) node[part] = {};
    const inner = node[part];
    if (!isContainer(inner)) throw new Error('in the way');
    node = inner;
  }
  if (!mayHold(node, last)) throw new Error('in the way');
  pad(node, last);
  node[last] = copyOf(value);
  return root;
}

function pad(container: Container, part: string): void {
  if (Array.isArray(container)) while (container.length < Number(part)) container.push(null);
}
