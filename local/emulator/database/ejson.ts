import { isDocument, Pattern, type Document, type Value } from './values';
import { invalidParam, unsupported } from './wire-error';

/** BSON's own limit on nesting. */
const MAX_DEPTH = 100;

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Types that the SDKs cannot carry unharmed or that nobody may store here; each is refused by this name. */
const REFUSED_TYPES: Readonly<Record<string, string>> = {
  $oid: 'ObjectId (use string ids: the SDKs return an ObjectId as {})',
  $numberDecimal: 'Decimal128',
  $binary: 'Binary',
  $uuid: 'UUID',
  $timestamp: 'Timestamp',
  $minKey: 'MinKey',
  $maxKey: 'MaxKey',
  $code: 'Code',
  $symbol: 'Symbol',
  $dbPointer: 'DBPointer',
  $undefined: 'undefined',
};

function decodeNumber(text: Json | undefined): number {
  if (typeof text !== 'string' || !/^(-?\d+(\.\d+)?([eE][+-]?\d+)?|NaN|-?Infinity)$/.test(text)) {
    throw invalidParam(`not a number in extended JSON: ${JSON.stringify(text)}`);
  }
  return Number(text);
}

function decodeLong(text: Json | undefined): number {
  const value = decodeNumber(text);
  if (!Number.isSafeInteger(value)) {
    throw unsupported(`an int64 beyond 2^53 (${JSON.stringify(text)}; store it as a string)`);
  }
  return value;
}

function decodeDate(value: Json | undefined): Date {
  const ms =
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? decodeLong(value['$numberLong'])
      : typeof value === 'string'
        ? Date.parse(value)
        : typeof value === 'number'
          ? value
          : NaN;
  const date = new Date(ms);
  if (Number.isNaN(date.getTime())) throw invalidParam('not a date in extended JSON');
  return date;
}

function decodePattern(value: Json | undefined): Pattern {
  const { pattern, options } = isJsonObject(value) ? value : {};
  if (typeof pattern !== 'string' || typeof options !== 'string') {
    throw invalidParam('not a regular expression in extended JSON');
  }
  return new Pattern(pattern, options);
}

const isJsonObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function decodeServerDate(value: Json | undefined, now: number, depth: number): Date {
  const offset = isJsonObject(value) ? fromJson(value['offset'] ?? 0, now, depth) : NaN;
  if (typeof offset !== 'number') throw invalidParam('serverDate takes a number of milliseconds as offset');
  return decodeDate(now + offset);
}

function decodeTyped(key: string, value: Json | undefined, now: number, depth: number): Value | undefined {
  switch (key) {
    case '$numberInt':
    case '$numberLong':
      return decodeLong(value);
    case '$numberDouble':
      return decodeNumber(value);
    case '$date':
      return decodeDate(value);
    case '$regularExpression':
      return decodePattern(value);
    case '$tcb_server_date':
      return decodeServerDate(value, now, depth);
    default:
      if (Object.hasOwn(REFUSED_TYPES, key)) throw unsupported(`the type ${REFUSED_TYPES[key] ?? key}`);
      return undefined;
  }
}

function fromJson(json: Json, now: number, depth: number): Value {
  if (depth > MAX_DEPTH) throw invalidParam(`nested deeper than ${MAX_DEPTH} levels`);
  if (typeof json !== 'object' || json === null) return json;
  if (Array.isArray(json)) return json.map((item) => fromJson(item, now, depth + 1));
  const keys = Object.keys(json);
  const [first] = keys;
  if (first?.startsWith('$') === true) {
    const typed = decodeTyped(first, json[first], now, depth);
    if (typed !== undefined) return typed;
  }
  const document: Document = {};
  for (const key of keys) {
    // Assigning it would change the prototype of the object instead of adding a field.
    if (key === '__proto__') throw unsupported('the field name __proto__');
    document[key] = fromJson(json[key] ?? null, now, depth + 1);
  }
  return document;
}

function parseJson(text: unknown, what: string): Json {
  if (typeof text !== 'string') throw invalidParam(`${what} must be a string of extended JSON`);
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw invalidParam(`${what} is not valid extended JSON`);
  }
}

/**
 * Reads one value in canonical or relaxed extended JSON, the form in which the SDKs send queries and documents.
 * @param now milliseconds since the epoch that `{"$tcb_server_date":{"offset":ms}}` stands for
 */
export function decodeValue(text: unknown, now: number, what: string): Value {
  return fromJson(parseJson(text, what), now, 0);
}

/** As decodeValue, for the places where only an object makes sense. */
export function decodeDocument(text: unknown, now: number, what: string): Document {
  const value = decodeValue(text, now, what);
  if (!isDocument(value)) throw invalidParam(`${what} must be an object`);
  return value;
}

/** Reads what encodeValue has written, already parsed: the inside of a journal or snapshot line. */
export function valueFromJson(json: unknown): Value {
  return fromJson(json as Json, 0, 0);
}

const FIRST_ISO_YEAR = Date.UTC(1970, 0, 1);
const END_OF_ISO_YEARS = Date.UTC(10000, 0, 1);

function encodeDate(date: Date): string {
  const ms = date.getTime();
  return ms >= FIRST_ISO_YEAR && ms < END_OF_ISO_YEARS
    ? `{"$date":"${date.toISOString()}"}`
    : `{"$date":{"$numberLong":"${ms}"}}`;
}

function encodeNumber(value: number): string {
  if (Object.is(value, -0)) return '{"$numberDouble":"-0.0"}';
  return Number.isFinite(value) ? String(value) : `{"$numberDouble":"${value}"}`;
}

/** Relaxed extended JSON, which both SDKs parse back into numbers, strings and Dates. */
export function encodeValue(value: Value): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') return encodeNumber(value);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (value instanceof Date) return encodeDate(value);
  if (value instanceof Pattern) {
    return `{"$regularExpression":${JSON.stringify({ pattern: value.source, options: value.flags })}}`;
  }
  if (Array.isArray(value)) return `[${value.map(encodeValue).join(',')}]`;
  const fields = Object.keys(value).map(
    (name) => `${JSON.stringify(name)}:${encodeValue(value[name] ?? null)}`,
  );
  return `{${fields.join(',')}}`;
}
