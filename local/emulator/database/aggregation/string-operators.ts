import { compareStrings, typeName, type Value } from '../values';
import { requestFailed } from '../wire-error';
import {
  compileArguments,
  isAbsent,
  nullable,
  requireInteger,
  requireString,
  type ExpressionContext,
  type Expression,
  type OperatorTable,
} from './operator';

const EMPTY: Value = '';

/** What MongoDB takes for a text in the operators that are lenient. */
function asText(operator: string, value: Value | undefined): string {
  if (isAbsent(value)) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (value instanceof Date) return value.toISOString();
  throw requestFailed(`can't convert from BSON type ${typeName(value)} to String (${operator})`);
}

function ofText(operator: string, compute: (text: string) => Value) {
  return (operand: Value, context: ExpressionContext): Expression => {
    const [item] = compileArguments(operator, operand, context, 1, 1);
    return (scope) => compute(asText(operator, item?.(scope)));
  };
}

/** Only ASCII letters, as in MongoDB. */
const toLower = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
const toUpper = (text: string): string => text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());

function bytesOf(operator: string, text: Buffer, start: number, count: number): string {
  if (start < 0) throw requestFailed(`${operator}: starting index must be non-negative`);
  const end = count < 0 ? text.length : Math.min(text.length, start + count);
  const splitsCharacter = (at: number) => ((text[at] ?? 0) & 0xc0) === 0x80;
  if (splitsCharacter(start) || splitsCharacter(end)) {
    throw requestFailed(`${operator}: invalid range, it cuts a UTF-8 character`);
  }
  return text.toString('utf8', start, end);
}

function compileSubstring(operator: '$substrBytes' | '$substr' | '$substrCP') {
  return (operand: Value, context: ExpressionContext): Expression => {
    const [item, from, length] = compileArguments(operator, operand, context, 3, 3);
    return (scope) => {
      const text = asText(operator, item?.(scope));
      const start = requireInteger(operator, from?.(scope));
      const count = requireInteger(operator, length?.(scope));
      if (operator !== '$substrCP') return bytesOf(operator, Buffer.from(text), start, count);
      if (start < 0 || count < 0) throw requestFailed('$substrCP: index and length must be non-negative');
      return [...text].slice(start, start + count).join('');
    };
  };
}

/** Positions are counted in bytes of UTF-8 or in code points. */
function compileIndexOf(operator: '$indexOfBytes' | '$indexOfCP') {
  return (operand: Value, context: ExpressionContext): Expression => {
    const [item, sought, from, to] = compileArguments(operator, operand, context, 2, 4);
    return (scope) => {
      const value = item?.(scope);
      if (isAbsent(value)) return null;
      const units = (text: string): readonly (string | number)[] =>
        operator === '$indexOfCP' ? [...text] : [...Buffer.from(text)];
      const text = units(requireString(operator, value));
      const wanted = units(requireString(operator, sought?.(scope)));
      const start = from === undefined ? 0 : requireInteger(operator, from(scope));
      const end = Math.min(text.length, to === undefined ? text.length : requireInteger(operator, to(scope)));
      if (start < 0 || end < 0) throw requestFailed(`${operator} requires non-negative bounds`);
      for (let at = start; at + wanted.length <= end; at++) {
        if (wanted.every((unit, i) => text[at + i] === unit)) return at;
      }
      return -1;
    };
  };
}

export const STRINGS: OperatorTable = {
  $concat: nullable('$concat', 0, Infinity, (values) =>
    values.reduce<string>((text, value) => text + requireString('$concat', value), ''),
  ),
  $indexOfBytes: compileIndexOf('$indexOfBytes'),
  $indexOfCP: compileIndexOf('$indexOfCP'),
  $split: nullable('$split', 2, 2, ([text, separator]) => {
    if (separator === EMPTY) throw requestFailed('$split requires a non-empty separator');
    return requireString('$split', text).split(requireString('$split', separator));
  }),
  $strLenBytes: (operand, context) => {
    const [item] = compileArguments('$strLenBytes', operand, context, 1, 1);
    return (scope) => Buffer.byteLength(requireString('$strLenBytes', item?.(scope)));
  },
  $strLenCP: (operand, context) => {
    const [item] = compileArguments('$strLenCP', operand, context, 1, 1);
    return (scope) => [...requireString('$strLenCP', item?.(scope))].length;
  },
  $strcasecmp: (operand, context) => {
    const [a, b] = compileArguments('$strcasecmp', operand, context, 2, 2);
    return (scope) =>
      Math.sign(
        compareStrings(
          toUpper(asText('$strcasecmp', a?.(scope))),
          toUpper(asText('$strcasecmp', b?.(scope))),
        ),
      );
  },
  $substr: compileSubstring('$substr'),
  $substrBytes: compileSubstring('$substrBytes'),
  $substrCP: compileSubstring('$substrCP'),
  $toLower: ofText('$toLower', toLower),
  $toUpper: ofText('$toUpper', toUpper),
};
