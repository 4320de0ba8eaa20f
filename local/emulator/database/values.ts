/** A regular expression inside a query. It never occurs in a stored document. */
export class Pattern {
  constructor(
    readonly source: string,
    readonly flags: string,
  ) {}
}

export type Value = null | boolean | number | string | Date | Pattern | Value[] | Document;
export interface Document {
  [field: string]: Value;
}
/** What the cloud allows as `_id` here; a real ObjectId cannot pass through the SDKs unharmed. */
export type DocumentId = string | number;

export function isDocument(value: Value | undefined): value is Document {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Date) &&
    !(value instanceof Pattern)
  );
}

/** An own field only: `constructor` and its kind are ordinary field names in a document. */
export function fieldOf(document: Document, name: string): Value | undefined {
  return Object.hasOwn(document, name) ? document[name] : undefined;
}

export function cloneValue<T extends Value>(value: T): T;
export function cloneValue(value: Value): Value {
  if (Array.isArray(value)) return value.map((item) => cloneValue(item));
  if (!isDocument(value)) return value;
  const copy: Document = {};
  for (const name of Object.keys(value)) copy[name] = cloneValue(value[name] ?? null);
  return copy;
}

/** MongoDB's order of types; an absent value comes before everything. */
function typeRank(value: Value | undefined): number {
  if (value === undefined) return 0;
  if (value === null) return 1;
  if (typeof value === 'number') return 2;
  if (typeof value === 'string') return 3;
  if (typeof value === 'boolean') return 6;
  if (value instanceof Date) return 7;
  if (value instanceof Pattern) return 8;
  return Array.isArray(value) ? 5 : 4;
}

/** Values of one bracket can be ordered by $lt and its kind; others never match each other. */
export const sameBracket = (a: Value | undefined, b: Value | undefined): boolean =>
  typeRank(a) === typeRank(b);

const TYPE_NAMES = ['missing', 'null', 'number', 'string', 'object', 'array', 'bool', 'date', 'regex'];

/** The name that MongoDB's messages and `$type` use. */
export function typeName(value: Value | undefined): string {
  if (typeof value !== 'number') return TYPE_NAMES[typeRank(value)] ?? 'object';
  if (!Number.isInteger(value) || Object.is(value, -0)) return 'double';
  if (value === (value | 0)) return 'int';
  return Number.isSafeInteger(value) ? 'long' : 'double';
}

const compareNumbers = (a: number, b: number): number => {
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : -1;
  if (Number.isNaN(b)) return 1;
  return a < b ? -1 : a > b ? 1 : 0;
};

/** By code point, as MongoDB compares UTF-8; JavaScript's own `<` puts U+1F4DA before U+FF01. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    const surrogateX = x >= 0xd800 && x <= 0xdfff;
    const surrogateY = y >= 0xd800 && y <= 0xdfff;
    if (surrogateX !== surrogateY && x >= 0xd800 && y >= 0xd800) return surrogateX ? 1 : -1;
    return x < y ? -1 : 1;
  }
  return a.length < b.length ? -1 : 1;
}

function compareArrays(a: Value[], b: Value[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const order = compareValues(a[i], b[i]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareDocuments(a: Document, b: Document): number {
  const namesA = Object.keys(a);
  const namesB = Object.keys(b);
  for (let i = 0; i < namesA.length && i < namesB.length; i++) {
    const nameA = namesA[i] ?? '';
    const nameB = namesB[i] ?? '';
    const order =
      typeRank(a[nameA]) - typeRank(b[nameB]) ||
      compareStrings(nameA, nameB) ||
      compareValues(a[nameA], b[nameB]);
    if (order !== 0) return order;
  }
  return namesA.length - namesB.length;
}

/** MongoDB's total order over values: negative, 0 (equal) or positive. Field order in documents counts. */
export function compareValues(a: Value | undefined, b: Value | undefined): number {
  if (a === b) return 0;
  const rank = typeRank(a) - typeRank(b);
  if (rank !== 0) return rank;
  if (typeof a === 'number' && typeof b === 'number') return compareNumbers(a, b);
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b);
  if (typeof a === 'boolean') return a ? 1 : -1;
  if (a instanceof Date && b instanceof Date) return a.getTime() - b.getTime();
  if (Array.isArray(a) && Array.isArray(b)) return compareArrays(a, b);
  if (a instanceof Pattern && b instanceof Pattern) {
    return compareStrings(a.source, b.source) || compareStrings(a.flags, b.flags);
  }
  if (isDocument(a) && isDocument(b)) return compareDocuments(a, b);
  return 0;
}

export const equalValues = (a: Value | undefined, b: Value | undefined): boolean => compareValues(a, b) === 0;

/**
 * Equal values have equal keys and unequal values different ones, also when keys are written one behind the other:
 * for maps, groups and indexes.
 */
export function keyOf(value: Value | undefined): string {
  if (value === undefined) return 'u';
  if (value === null) return 'z';
  if (typeof value === 'number') return value === 0 ? 'n0' : `n${value}`;
  if (typeof value === 'string') return `s${value.length}:${value}`;
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (value instanceof Date) return `d${value.getTime()}`;
  if (value instanceof Pattern) return `r${keyOf(value.source)}${keyOf(value.flags)}`;
  if (Array.isArray(value)) return `[${value.map(keyOf).join('')}]`;
  const fields = Object.keys(value).map((name) => keyOf(name) + keyOf(value[name]));
  return `{${fields.join('')}}`;
}
