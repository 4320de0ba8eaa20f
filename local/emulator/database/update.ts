import { splitPath } from './paths';
import type { QueryNotes } from './query-operators';
import {
  compileAddToSet,
  compilePop,
  compilePull,
  compilePullAll,
  compilePush,
  type ArrayChange,
} from './update-arrays';
import { clearSlot, findSlot, makeSlot, readSlot, writeSlot } from './update-paths';
import {
  cloneValue,
  compareValues,
  equalValues,
  fieldOf,
  isDocument,
  typeName,
  type Document,
  type Value,
} from './values';
import { requestFailed, unsupported } from './wire-error';

export interface CompiledUpdate {
  /** Gives the changed copy of a document. */
  apply: (document: Document) => Document;
  /** Whether regular expressions take part ($pull), so that the work needs a time limit. */
  usesPatterns: boolean;
}

/** Changes a document that nobody else holds, in place. */
type Change = (document: Document) => void;

interface Target {
  name: string;
  path: string[];
}

/** Sets what a function makes of the present value; undefined leaves the field as it is, or absent. */
function compute({ name, path }: Target, next: ArrayChange, create: boolean): Change {
  return (document) => {
    const found = findSlot(document, path);
    const current = found && readSlot(found);
    const value = next(current, name);
    if (value === undefined || (current === undefined && !create)) return;
    writeSlot(makeSlot(document, path), value);
  };
}

function arithmetic(operator: '$inc' | '$mul', target: Target, operand: Value): Change {
  if (typeof operand !== 'number') {
    const verb = operator === '$inc' ? 'increment' : 'multiply';
    throw requestFailed(`Cannot ${verb} with non-numeric argument: {${target.name}: ${typeName(operand)}}`);
  }
  const next = (current: Value | undefined) => {
    if (current === undefined) return operator === '$inc' ? operand : 0;
    if (typeof current !== 'number') {
      throw requestFailed(
        `Cannot apply ${operator} to a value of non-numeric type. The field '${target.name}' is of type ${typeName(current)}`,
      );
    }
    // Whole numbers know no -0, which JavaScript makes of 0 times a negative one: adding 0 takes its sign away.
    return (operator === '$inc' ? current + operand : current * operand) + 0;
  };
  return compute(target, next, true);
}

function extreme(operator: '$min' | '$max', target: Target, operand: Value): Change {
  const sign = operator === '$min' ? 1 : -1;
  const next = (current: Value | undefined) =>
    current === undefined || compareValues(operand, current) * sign < 0 ? cloneValue(operand) : current;
  return compute(target, next, true);
}

function unset({ path }: Target): Change {
  return (document) => {
    const slot = findSlot(document, path);
    if (slot !== undefined) clearSlot(slot);
  };
}

function rename(target: Target, operand: Value): Change {
  if (typeof operand !== 'string')
    throw requestFailed(`The 'to' field for $rename must be a string: ${target.name}`);
  const to = splitPath(operand);
  return (document) => {
    const slot = findSlot(document, target.path);
    const value = slot && readSlot(slot);
    if (slot === undefined || value === undefined) return;
    refuseArrays(document, target.path);
    refuseArrays(document, to);
    clearSlot(slot);
    writeSlot(makeSlot(document, to), value);
  };
}

function refuseArrays(document: Document, path: readonly string[]): void {
  for (let length = 1; length < path.length; length++) {
    const slot = findSlot(document, path.slice(0, length));
    if (slot !== undefined && Array.isArray(readSlot(slot))) {
      throw requestFailed(`$rename cannot go through an array: ${path.join('.')}`);
    }
  }
}

function compileChange(operator: string, target: Target, operand: Value, notes: QueryNotes): Change {
  switch (operator) {
    case '$set':
      return (document) => writeSlot(makeSlot(document, target.path), cloneValue(operand));
    case '$unset':
      return unset(target);
    case '$inc':
    case '$mul':
      return arithmetic(operator, target, operand);
    case '$min':
    case '$max':
      return extreme(operator, target, operand);
    case '$rename':
      return rename(target, operand);
    case '$push':
      return compute(target, compilePush(operand), true);
    case '$addToSet':
      return compute(target, compileAddToSet(operand), true);
    case '$pop':
      return compute(target, compilePop(operand), false);
    case '$pull':
      return compute(target, compilePull(operand, notes), false);
    case '$pullAll':
      return compute(target, compilePullAll(operand), false);
    default:
      throw unsupported(`the update operator ${operator}`);
  }
}

/** Two operators may not touch the same place, nor one a place inside of another's. */
function refuseConflicts(paths: readonly string[]): void {
  const seen = new Set<string>();
  const inside = new Set<string>();
  for (const path of paths) {
    const parents = path.split('.').map((_, i, all) => all.slice(0, i + 1).join('.'));
    const clash = parents.find((parent) => seen.has(parent)) ?? (inside.has(path) ? path : undefined);
    if (clash !== undefined)
      throw requestFailed(`Updating the path '${path}' would create a conflict at '${clash}'`);
    seen.add(path);
    for (const parent of parents) inside.add(parent);
  }
}

/** A command object that the SDK failed to encode, as it does inside of _.pull(_.in(…)). */
function refuseUnencoded(name: string, operand: Value): void {
  if (isDocument(operand) && 'operator' in operand && 'operands' in operand) {
    throw unsupported(`a database command inside of another one (at '${name}'; the SDK does not encode it)`);
  }
}

function operandsOf(operator: string, operands: Value): [string, Value][] {
  if (!operator.startsWith('$')) {
    throw requestFailed(`an update needs operators, but has the field '${operator}'`);
  }
  if (!isDocument(operands)) throw requestFailed(`Modifiers operate on fields but ${operator} has none`);
  return Object.entries(operands);
}

/**
 * Compiles an update with MongoDB's meaning and errors.
 * @throws WireError DATABASE_INVALID_OPERRATOR naming what is not supported, or DATABASE_REQUEST_FAILED
 */
export function compileUpdate(update: Document): CompiledUpdate {
  const notes: QueryNotes = { usesPatterns: false };
  const paths: string[] = [];
  const changes = Object.entries(update).flatMap(([operator, operands]) =>
    operandsOf(operator, operands).map(([name, operand]) => {
      refuseUnencoded(name, operand);
      paths.push(name);
      if (operator === '$rename' && typeof operand === 'string') paths.push(operand);
      return compileChange(operator, { name, path: splitPath(name) }, operand, notes);
    }),
  );
  if (changes.length === 0)
    throw requestFailed('the update is empty (the SDK drops empty objects: use command.set)');
  refuseConflicts(paths);
  const apply = (document: Document) => {
    const copy = cloneValue(document);
    for (const change of changes) change(copy);
    if (!equalValues(fieldOf(copy, '_id'), fieldOf(document, '_id'))) {
      throw requestFailed("Performing an update on the path '_id' would modify the immutable field '_id'");
    }
    return copy;
  };
  return { apply, usesPatterns: notes.usesPatterns };
}
