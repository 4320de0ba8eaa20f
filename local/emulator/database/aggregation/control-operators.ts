import { compareValues, isDocument, type Value } from '../values';
import { requestFailed, unsupported } from '../wire-error';
import {
  compileArguments,
  compileNamed,
  isAbsent,
  isTrue,
  type Expression,
  type ExpressionContext,
  type OperatorCompiler,
  type OperatorTable,
} from './operator';

/** By MongoDB's whole order of values: different types compare, and missing comes before null. */
function comparison(operator: string, decide: (order: number) => Value): OperatorCompiler {
  return (operand, context) => {
    const [left, right] = compileArguments(operator, operand, context, 2, 2);
    return (scope) => decide(compareValues(left?.(scope), right?.(scope)));
  };
}

function compileCond(operand: Value, context: ExpressionContext): Expression {
  const [test, then, otherwise] = isDocument(operand)
    ? namedInOrder('$cond', operand, context, ['if', 'then', 'else'])
    : compileArguments('$cond', operand, context, 3, 3);
  return (scope) => (isTrue(test?.(scope)) ? then : otherwise)?.(scope);
}

function namedInOrder(
  operator: string,
  operand: Value,
  context: ExpressionContext,
  names: readonly string[],
): (Expression | undefined)[] {
  const named = compileNamed(operator, operand, context, names);
  return names.map((name) => named.get(name));
}

function compileIfNull(operand: Value, context: ExpressionContext): Expression {
  const items = compileArguments('$ifNull', operand, context, 2, Infinity);
  return (scope) => {
    let value: Value | undefined;
    for (const item of items) {
      value = item(scope);
      if (!isAbsent(value)) return value;
    }
    return value;
  };
}

function compileSwitch(operand: Value, context: ExpressionContext): Expression {
  if (!isDocument(operand) || !Array.isArray(operand['branches']) || operand['branches'].length === 0) {
    throw requestFailed('$switch requires at least one branch');
  }
  const unknown = Object.keys(operand).find((name) => name !== 'branches' && name !== 'default');
  if (unknown !== undefined) throw unsupported(`the parameter '${unknown}' of $switch`);
  const branches = operand['branches'].map((branch) =>
    namedInOrder('$switch', branch, context, ['case', 'then']),
  );
  const otherwise = operand['default'] === undefined ? undefined : context.compile(operand['default']);
  return (scope) => {
    for (const [test, then] of branches) if (isTrue(test?.(scope))) return then?.(scope);
    if (otherwise === undefined)
      throw requestFailed('$switch could not find a matching branch, and no default was given');
    return otherwise(scope);
  };
}

function compileLet(operand: Value, context: ExpressionContext): Expression {
  if (!isDocument(operand) || !isDocument(operand['vars']) || operand['in'] === undefined) {
    throw requestFailed("$let takes 'vars' and 'in'");
  }
  const variables = Object.entries(operand['vars']).map(
    ([name, value]) => [variableName(name), context.compile(value)] as const,
  );
  const body = context.compile(operand['in']);
  return (scope) => {
    const bound = new Map(scope.variables);
    for (const [name, evaluate] of variables) bound.set(name, evaluate(scope));
    return body({ root: scope.root, variables: bound });
  };
}

/** @throws WireError unless it can be referred to as `$$name` */
export function variableName(name: string): string {
  if (!/^[a-z\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*$/.test(name)) {
    throw requestFailed(`'${name}' is no name for a variable: it must begin with a small letter`);
  }
  return name;
}

export const CONTROL: OperatorTable = {
  $and: (operand, context) => {
    const items = compileArguments('$and', operand, context, 0, Infinity);
    return (scope) => items.every((item) => isTrue(item(scope)));
  },
  $or: (operand, context) => {
    const items = compileArguments('$or', operand, context, 0, Infinity);
    return (scope) => items.some((item) => isTrue(item(scope)));
  },
  $not: (operand, context) => {
    const [item] = compileArguments('$not', operand, context, 1, 1);
    return (scope) => !isTrue(item?.(scope));
  },
  $cmp: comparison('$cmp', (order) => Math.sign(order)),
  $eq: comparison('$eq', (order) => order === 0),
  $ne: comparison('$ne', (order) => order !== 0),
  $gt: comparison('$gt', (order) => order > 0),
  $gte: comparison('$gte', (order) => order >= 0),
  $lt: comparison('$lt', (order) => order < 0),
  $lte: comparison('$lte', (order) => order <= 0),
  $cond: compileCond,
  $ifNull: compileIfNull,
  $switch: compileSwitch,
  $let: compileLet,
  $literal: (operand) => () => operand,
};
