import type { Value } from '../values';
import { requestFailed } from '../wire-error';
import {
  nullable,
  requireInteger,
  requireNumber,
  unary,
  type OperatorCompiler,
  type OperatorTable,
} from './operator';

const ofNumber = (operator: string, compute: (value: number) => number): OperatorCompiler =>
  unary(operator, (value) => compute(requireNumber(operator, value)));

const ofTwo = (operator: string, compute: (a: number, b: number) => number): OperatorCompiler =>
  nullable(operator, 2, 2, ([a, b]) => compute(requireNumber(operator, a), requireNumber(operator, b)));

function add(values: Value[]): Value {
  let sum = 0;
  let date = false;
  for (const value of values) {
    if (value instanceof Date) {
      if (date) throw requestFailed('only one date allowed in an $add expression');
      date = true;
      sum += value.getTime();
    } else sum += requireNumber('$add', value);
  }
  return date ? asDate('$add', sum) : sum;
}

function asDate(operator: string, ms: number): Date {
  const date = new Date(ms);
  if (Number.isNaN(date.getTime())) throw requestFailed(`${operator} gives a date out of range`);
  return date;
}

function subtract([from, what]: Value[]): Value {
  if (from instanceof Date) {
    return what instanceof Date
      ? from.getTime() - what.getTime()
      : asDate('$subtract', from.getTime() - requireNumber('$subtract', what));
  }
  return requireNumber('$subtract', from) - requireNumber('$subtract', what);
}

/** Towards zero, at a decimal place that may be negative (tens, hundreds, …). */
function truncate([value, place]: Value[]): Value {
  const number = requireNumber('$trunc', value);
  const digits = place === undefined ? 0 : requireInteger('$trunc', place);
  if (digits < -20 || digits > 100) throw requestFailed('$trunc takes a place from -20 to 100');
  if (!Number.isFinite(number) || digits === 0) return Math.trunc(number);
  // Moving the point in the text avoids that 4.35 * 100 becomes 434.99….
  const [mantissa, exponent = '0'] = String(number).split('e');
  const shifted = Math.trunc(Number(`${mantissa}e${Number(exponent) + digits}`));
  const [whole, power = '0'] = String(shifted).split('e');
  return Number(`${whole}e${Number(power) - digits}`);
}

export const ARITHMETIC: OperatorTable = {
  $abs: ofNumber('$abs', Math.abs),
  $add: nullable('$add', 0, Infinity, add),
  $ceil: ofNumber('$ceil', Math.ceil),
  $divide: ofTwo('$divide', (a, b) => {
    if (b === 0) throw requestFailed("can't $divide by zero");
    return a / b;
  }),
  $exp: ofNumber('$exp', Math.exp),
  $floor: ofNumber('$floor', Math.floor),
  $ln: ofNumber('$ln', (value) => {
    if (value <= 0) throw requestFailed("$ln's argument must be a positive number");
    return Math.log(value);
  }),
  $log: ofTwo('$log', (value, base) => {
    if (value <= 0) throw requestFailed("$log's argument must be a positive number");
    if (base <= 0 || base === 1) throw requestFailed("$log's base must be a positive number not equal to 1");
    return base === 10 ? Math.log10(value) : base === 2 ? Math.log2(value) : Math.log(value) / Math.log(base);
  }),
  $log10: ofNumber('$log10', (value) => {
    if (value <= 0) throw requestFailed("$log10's argument must be a positive number");
    return Math.log10(value);
  }),
  $mod: ofTwo('$mod', (a, b) => {
    if (b === 0) throw requestFailed("can't $mod by zero");
    return a % b;
  }),
  $multiply: nullable('$multiply', 0, Infinity, (values) =>
    values.reduce<number>((product, value) => product * requireNumber('$multiply', value), 1),
  ),
  $pow: ofTwo('$pow', (base, exponent) => {
    if (base === 0 && exponent < 0)
      throw requestFailed('$pow cannot take a base of 0 and a negative exponent');
    return base ** exponent;
  }),
  $sqrt: ofNumber('$sqrt', (value) => {
    if (value < 0) throw requestFailed("$sqrt's argument must be greater than or equal to 0");
    return Math.sqrt(value);
  }),
  $subtract: nullable('$subtract', 2, 2, subtract),
  $trunc: nullable('$trunc', 1, 2, truncate),
};
