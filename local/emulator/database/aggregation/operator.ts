import { isDocument, typeName, type Document, type Value } from '../values';
import { requestFailed, unsupported } from '../wire-error';

/** What an expression is evaluated on: the document and the variables that are bound around it. */
export interface Scope {
  root: Document;
  variables: ReadonlyMap<string, Value | undefined>;
}

/** undefined is MongoDB's "missing". */
export type Expression = (scope: Scope) => Value | undefined;

/** What an operator needs to compile its operand. */
export interface ExpressionContext {
  /** Milliseconds since the epoch that `$$NOW` stands for. */
  now: number;
  compile: (value: Value) => Expression;
}

export type OperatorCompiler = (operand: Value, context: ExpressionContext) => Expression;
export type OperatorTable = Readonly<Record<string, OperatorCompiler>>;

/** MongoDB's truth: false, null, missing and 0 are false, everything else is true, even an empty text. */
export const isTrue = (value: Value | undefined): boolean =>
  value !== undefined && value !== null && value !== false && value !== 0;

export const isAbsent = (value: Value | undefined): value is null | undefined =>
  value === null || value === undefined;

/** The arguments of an operator; a single one may stand without its array. */
export function compileArguments(
  operator: string,
  operand: Value,
  context: ExpressionContext,
  least: number,
  most: number,
): Expression[] {
  const items = Array.isArray(operand) ? operand : [operand];
  if (items.length < least || items.length > most) {
    const wanted = least === most ? String(least) : `${least} to ${most}`;
    throw requestFailed(`Expression ${operator} takes ${wanted} arguments. ${items.length} were passed in.`);
  }
  return items.map((item) => context.compile(item));
}

/** An operator with one argument that is null for null. */
export function unary(operator: string, compute: (value: Exclude<Value, null>) => Value): OperatorCompiler {
  return (operand, context) => {
    const [argument] = compileArguments(operator, operand, context, 1, 1);
    return (scope) => {
      const value = argument?.(scope);
      return isAbsent(value) ? null : compute(value);
    };
  };
}

/** An operator with several arguments that is null if one of them is. */
export function nullable(
  operator: string,
  least: number,
  most: number,
  compute: (values: Exclude<Value, null>[]) => Value | undefined,
): OperatorCompiler {
  return (operand, context) => {
    const items = compileArguments(operator, operand, context, least, most);
    return (scope) => {
      const values: Exclude<Value, null>[] = [];
      for (const item of items) {
        const value = item(scope);
        if (isAbsent(value)) return null;
        values.push(value);
      }
      return compute(values);
    };
  };
}

/** The named arguments of an operator that takes an object; `required` ones must be there, no others than listed. */
export function compileNamed(
  operator: string,
  operand: Value,
  context: ExpressionContext,
  required: readonly string[],
  optional: readonly string[] = [],
): Map<string, Expression> {
  if (!isDocument(operand)) throw requestFailed(`${operator} takes an object`);
  for (const name of required) {
    if (!Object.hasOwn(operand, name)) throw requestFailed(`Missing '${name}' parameter to ${operator}`);
  }
  const unknown = Object.keys(operand).find((name) => !required.includes(name) && !optional.includes(name));
  if (unknown !== undefined) throw unsupported(`the parameter '${unknown}' of ${operator}`);
  return new Map(Object.entries(operand).map(([name, value]) => [name, context.compile(value)] as const));
}

export function requireNumber(operator: string, value: Value | undefined): number {
  if (typeof value !== 'number')
    throw requestFailed(`${operator} only supports numeric types, not ${typeName(value)}`);
  return value;
}

export function requireInteger(operator: string, value: Value | undefined): number {
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    throw requestFailed(`${operator} needs a whole number, not ${typeName(value)}`);
  }
  return value;
}

export function requireArray(operator: string, value: Value | undefined): Value[] {
  if (!Array.isArray(value))
    throw requestFailed(`The argument to ${operator} must be an array, but was of type: ${typeName(value)}`);
  return value;
}

export function requireString(operator: string, value: Value | undefined): string {
  if (typeof value !== 'string')
    throw requestFailed(`${operator} requires a string argument, found: ${typeName(value)}`);
  return value;
}
