import { addToShape, reshape, type Shape } from '../reshape';
import { isDocument, type Document, type Value } from '../values';
import { requestFailed } from '../wire-error';
import { compileExpression } from './expression';
import type { StageRun } from './group-stage';

interface Plan {
  shape: Shape;
  kept: number;
  dropped: number;
  computed: number;
  id: 'keep' | 'drop' | undefined;
}

const isFlag = (value: Value): value is boolean | number =>
  typeof value === 'boolean' || typeof value === 'number';

const isNested = (value: Value): value is Document =>
  isDocument(value) && Object.keys(value)[0]?.startsWith('$') !== true;

function compute(plan: Plan, path: string, value: Value, now: number): void {
  const expression = compileExpression(value, now);
  addToShape(plan.shape, path, (root) => expression({ root, variables: new Map() }));
  plan.computed++;
}

function planField(plan: Plan, path: string, value: Value, now: number): void {
  if (isNested(value)) {
    const entries = Object.entries(value);
    if (entries.length === 0) throw requestFailed(`an empty object is not a valid value for '${path}'`);
    for (const [name, inner] of entries) planField(plan, `${path}.${name}`, inner, now);
  } else if (!isFlag(value)) {
    compute(plan, path, value, now);
  } else {
    const leaf = value === false || value === 0 ? 'drop' : 'keep';
    addToShape(plan.shape, path, leaf);
    if (path === '_id') plan.id = leaf;
    else if (leaf === 'keep') plan.kept++;
    else plan.dropped++;
  }
}

export function compileProject(value: Value, now: number): StageRun {
  if (!isDocument(value) || Object.keys(value).length === 0) {
    throw requestFailed('$project specification must be an object with at least one field');
  }
  const plan: Plan = { shape: new Map(), kept: 0, dropped: 0, computed: 0, id: undefined };
  for (const [path, field] of Object.entries(value)) planField(plan, path, field, now);
  const including = plan.kept + plan.computed > 0 || (plan.id === 'keep' && plan.dropped === 0);
  if (including && plan.dropped > 0) {
    throw requestFailed('Invalid $project: it cannot include some fields and exclude others');
  }
  if (including && !plan.shape.has('_id')) plan.shape.set('_id', 'keep');
  return (documents) => documents.map((document) => reshape(document, plan.shape, document, !including));
}

function addFields(plan: Plan, path: string, value: Value, now: number): void {
  if (!isNested(value) || Object.keys(value).length === 0) {
    compute(plan, path, value, now);
    return;
  }
  for (const [name, inner] of Object.entries(value)) addFields(plan, `${path}.${name}`, inner, now);
}

export function compileAddFields(value: Value, now: number): StageRun {
  if (!isDocument(value) || Object.keys(value).length === 0) {
    throw requestFailed('$addFields specification must be an object with at least one field');
  }
  const plan: Plan = { shape: new Map(), kept: 0, dropped: 0, computed: 0, id: undefined };
  for (const [path, field] of Object.entries(value)) addFields(plan, path, field, now);
  return (documents) => documents.map((document) => reshape(document, plan.shape, document, true));
}

export function compileReplaceRoot(value: Value, now: number): StageRun {
  if (!isDocument(value) || value['newRoot'] === undefined || Object.keys(value).length !== 1) {
    throw requestFailed("$replaceRoot takes 'newRoot' alone");
  }
  const expression = compileExpression(value['newRoot'], now);
  return (documents) =>
    documents.map((root) => {
      const result = expression({ root, variables: new Map() });
      if (result === undefined || !isDocument(result)) {
        throw requestFailed("'newRoot' expression must evaluate to an object");
      }
      return result;
    });
}
