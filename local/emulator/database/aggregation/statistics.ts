import { compareValues, type Value } from '../values';
import { compileArguments, isAbsent, type OperatorCompiler, type OperatorTable } from './operator';

export type Summary = (values: readonly (Value | undefined)[]) => Value;

const numbersIn = (values: readonly (Value | undefined)[]): number[] =>
  values.filter((value) => typeof value === 'number');

function extreme(values: readonly (Value | undefined)[], sign: 1 | -1): Value {
  let best: Value = null;
  for (const value of values) {
    if (!isAbsent(value) && (best === null || compareValues(value, best) * sign < 0)) best = value;
  }
  return best;
}

function deviation(numbers: readonly number[], divisor: number): Value {
  if (divisor < 1) return null;
  const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  return Math.sqrt(numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / divisor);
}

/** What is no number is passed over by sums and averages, null and missing by $min and $max. */
export const SUMMARIES: Readonly<Record<string, Summary>> = {
  $sum: (values) => numbersIn(values).reduce((sum, value) => sum + value, 0),
  $avg: (values) => {
    const numbers = numbersIn(values);
    return numbers.length === 0 ? null : numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  },
  $min: (values) => extreme(values, 1),
  $max: (values) => extreme(values, -1),
  $stdDevPop: (values) => {
    const numbers = numbersIn(values);
    return deviation(numbers, numbers.length);
  },
  $stdDevSamp: (values) => {
    const numbers = numbersIn(values);
    return deviation(numbers, numbers.length - 1);
  },
};

/** Outside of $group: over the arguments, or over the array that a single argument gives. */
const overArguments =
  (operator: string, summary: Summary): OperatorCompiler =>
  (operand, context) => {
    const items = compileArguments(operator, operand, context, 1, Infinity);
    return (scope) => {
      const values = items.map((item) => item(scope));
      const [only] = values;
      return summary(items.length === 1 && Array.isArray(only) ? only : values);
    };
  };

export const STATISTICS: OperatorTable = Object.fromEntries(
  Object.entries(SUMMARIES).map(([operator, summary]) => [operator, overArguments(operator, summary)]),
);
