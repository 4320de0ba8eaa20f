import { resolveFieldPath, splitPath } from '../paths';
import { isDocument, type Document, type Value } from '../values';
import { requestFailed, unsupported } from '../wire-error';
import { ARITHMETIC } from './arithmetic-operators';
import { ARRAYS } from './array-operators';
import { CONTROL } from './control-operators';
import { DATES } from './date-operators';
import { OBJECTS_AND_SETS } from './object-operators';
import type { Expression, ExpressionContext, OperatorCompiler } from './operator';
import { STATISTICS } from './statistics';
import { STRINGS } from './string-operators';

const OPERATORS: ReadonlyMap<string, OperatorCompiler> = new Map(
  [ARITHMETIC, ARRAYS, CONTROL, DATES, OBJECTS_AND_SETS, STRINGS, STATISTICS].flatMap((table) =>
    Object.entries(table),
  ),
);

function compileVariable(reference: string, context: ExpressionContext): Expression {
  const [name = '', ...path] = reference.split('.');
  if (path.length > 0) splitPath(path.join('.'));
  switch (name) {
    case 'ROOT':
    case 'CURRENT':
      return ({ root }) => resolveFieldPath(root, path);
    case 'NOW':
      return () => new Date(context.now);
    case 'REMOVE':
      return () => undefined;
    default:
      return ({ variables }) => {
        if (!variables.has(name)) throw requestFailed(`Use of undefined variable: ${name}`);
        return resolveFieldPath(variables.get(name), path);
      };
  }
}

function compileString(text: string, context: ExpressionContext): Expression {
  if (text.startsWith('$$')) return compileVariable(text.slice(2), context);
  if (!text.startsWith('$')) return () => text;
  const path = splitPath(text.slice(1));
  return ({ root }) => resolveFieldPath(root, path);
}

function compileObject(object: Document, context: ExpressionContext): Expression {
  const names = Object.keys(object);
  const [first] = names;
  if (first?.startsWith('$') === true) {
    if (names.length > 1) throw requestFailed(`an expression has one operator, not ${names.join(', ')}`);
    const compileOperator = OPERATORS.get(first);
    if (compileOperator === undefined) throw unsupported(`the expression operator ${first}`);
    return compileOperator(object[first] ?? null, context);
  }
  const fields = names.map((name) => {
    splitPath(name);
    if (name.includes('.')) throw requestFailed(`the field name '${name}' in an object contains a dot`);
    return [name, context.compile(object[name] ?? null)] as const;
  });
  return (scope) => {
    const result: Document = {};
    for (const [name, evaluate] of fields) {
      const value = evaluate(scope);
      if (value !== undefined) result[name] = value;
    }
    return result;
  };
}

/**
 * Compiles an aggregation expression with MongoDB's meaning.
 * @param now milliseconds since the epoch that `$$NOW` stands for
 * @throws WireError DATABASE_INVALID_OPERRATOR naming what is not supported, or DATABASE_REQUEST_FAILED
 */
export function compileExpression(value: Value, now: number): Expression {
  const context: ExpressionContext = { now, compile: (inner) => compile(inner, context) };
  return context.compile(value);
}

function compile(value: Value, context: ExpressionContext): Expression {
  if (typeof value === 'string') return compileString(value, context);
  if (Array.isArray(value)) {
    const items = value.map(context.compile);
    return (scope) => items.map((item) => item(scope) ?? null);
  }
  if (isDocument(value)) return compileObject(value, context);
  return () => value;
}
