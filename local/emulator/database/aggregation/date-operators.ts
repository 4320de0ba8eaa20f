import { isDocument, typeName, type Value } from '../values';
import { requestFailed } from '../wire-error';
import { formatDate, isoWeek, isoWeekYear, dayOfYear, weekOfYear } from './date-format';
import {
  compileArguments,
  compileNamed,
  isAbsent,
  requireInteger,
  requireString,
  type Expression,
  type ExpressionContext,
  type OperatorCompiler,
  type OperatorTable,
  type Scope,
} from './operator';
import { instantOf, localTime } from './time-zone';

const DEFAULT_FORMAT = '%Y-%m-%dT%H:%M:%S.%LZ';
const LOCAL_FORMAT = '%Y-%m-%dT%H:%M:%S.%L';

function requireDate(operator: string, value: Value | undefined): Date {
  if (!(value instanceof Date))
    throw requestFailed(`can't convert from BSON type ${typeName(value)} to Date (${operator})`);
  return value;
}

/** undefined: the zone was given as null, and so is the result. */
function zoneIn(operator: string, scope: Scope, zone: Expression | undefined): string | undefined {
  if (zone === undefined) return 'UTC';
  const value = zone(scope);
  return isAbsent(value) ? undefined : requireString(operator, value);
}

/** One part of a date, which is given alone or as {date, timezone}. */
function part(operator: string, read: (local: Date) => number): OperatorCompiler {
  return (operand, context) => {
    const named = isDocument(operand) && 'date' in operand;
    const parameters = named ? compileNamed(operator, operand, context, ['date'], ['timezone']) : undefined;
    const date = parameters?.get('date') ?? compileArguments(operator, operand, context, 1, 1)[0];
    return (scope) => {
      const value = date?.(scope);
      const zone = zoneIn(operator, scope, parameters?.get('timezone'));
      return isAbsent(value) || zone === undefined
        ? null
        : read(localTime(requireDate(operator, value), zone));
    };
  };
}

function compileToString(operand: Value, context: ExpressionContext): Expression {
  const named = compileNamed('$dateToString', operand, context, ['date'], ['format', 'timezone', 'onNull']);
  return (scope) => {
    const date = named.get('date')?.(scope);
    if (isAbsent(date)) return named.get('onNull')?.(scope) ?? null;
    const zone = zoneIn('$dateToString', scope, named.get('timezone'));
    if (zone === undefined) return null;
    const format = named.get('format')?.(scope) ?? (named.has('timezone') ? LOCAL_FORMAT : DEFAULT_FORMAT);
    return formatDate(requireDate('$dateToString', date), requireString('$dateToString', format), zone);
  };
}

const CALENDAR_PARTS = ['year', 'month', 'day', 'hour', 'minute', 'second', 'millisecond'] as const;

function compileFromParts(operand: Value, context: ExpressionContext): Expression {
  const named = compileNamed('$dateFromParts', operand, context, ['year'], [...CALENDAR_PARTS, 'timezone']);
  return (scope) => {
    const numbers: number[] = [];
    for (const name of CALENDAR_PARTS) {
      const expression = named.get(name);
      const value =
        expression === undefined ? (name === 'month' || name === 'day' ? 1 : 0) : expression(scope);
      if (isAbsent(value)) return null;
      numbers.push(requireInteger('$dateFromParts', value));
    }
    const zone = zoneIn('$dateFromParts', scope, named.get('timezone'));
    if (zone === undefined) return null;
    const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0, millisecond = 0] = numbers;
    if (year < 1 || year > 9999)
      throw requestFailed(`'year' must evaluate to a value in the range 1 to 9999`);
    const local = new Date(0);
    local.setUTCFullYear(year, month - 1, day);
    local.setUTCHours(hour, minute, second, millisecond);
    if (Number.isNaN(local.getTime())) throw requestFailed('$dateFromParts gives a date out of range');
    return instantOf(local.getTime(), zone);
  };
}

const ISO_TEXT =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3})\d*)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/;

/** ISO 8601 with or without time and zone. Other spellings, and `format`, are refused. */
function parseDate(text: string, zone: string | undefined): Date | undefined {
  const match = ISO_TEXT.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', own] = match;
  const fields = [year, month, day, hour, minute, second].map(Number);
  const [y = 0, m = 0, d = 0, h = 0, min = 0, s = 0] = fields;
  const local = new Date(0);
  local.setUTCFullYear(y, m - 1, d);
  local.setUTCHours(h, min, s, Number(fraction.padEnd(3, '0')));
  const valid = local.getUTCMonth() === m - 1 && local.getUTCDate() === d && h < 24 && min < 60 && s < 60;
  if (!valid) return undefined;
  if (own !== undefined && zone !== undefined) {
    throw requestFailed(
      'you cannot pass in a date/time string with time zone information together with a timezone argument',
    );
  }
  return instantOf(local.getTime(), own ?? zone ?? 'UTC');
}

function compileFromString(operand: Value, context: ExpressionContext): Expression {
  const named = compileNamed(
    '$dateFromString',
    operand,
    context,
    ['dateString'],
    ['timezone', 'onError', 'onNull'],
  );
  return (scope) => {
    const text = named.get('dateString')?.(scope);
    if (isAbsent(text)) return named.get('onNull')?.(scope) ?? null;
    const zone = named.has('timezone') ? zoneIn('$dateFromString', scope, named.get('timezone')) : 'UTC';
    if (zone === undefined) return null;
    const onError = named.get('onError');
    const date =
      typeof text === 'string' ? parseDate(text, named.has('timezone') ? zone : undefined) : undefined;
    if (date !== undefined) return date;
    if (onError !== undefined) return onError(scope);
    throw requestFailed(
      `Error parsing date string '${typeof text === 'string' ? text.slice(0, 50) : typeName(text)}'`,
    );
  };
}

export const DATES: OperatorTable = {
  $dateFromParts: compileFromParts,
  $dateFromString: compileFromString,
  $dateToString: compileToString,
  $year: part('$year', (date) => date.getUTCFullYear()),
  $month: part('$month', (date) => date.getUTCMonth() + 1),
  $dayOfMonth: part('$dayOfMonth', (date) => date.getUTCDate()),
  $dayOfWeek: part('$dayOfWeek', (date) => date.getUTCDay() + 1),
  $dayOfYear: part('$dayOfYear', dayOfYear),
  $hour: part('$hour', (date) => date.getUTCHours()),
  $minute: part('$minute', (date) => date.getUTCMinutes()),
  $second: part('$second', (date) => date.getUTCSeconds()),
  $millisecond: part('$millisecond', (date) => date.getUTCMilliseconds()),
  $week: part('$week', weekOfYear),
  $isoWeek: part('$isoWeek', isoWeek),
  $isoWeekYear: part('$isoWeekYear', isoWeekYear),
  $isoDayOfWeek: part('$isoDayOfWeek', (date) => date.getUTCDay() || 7),
};
