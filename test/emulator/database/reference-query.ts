/**
 * A second, plain reading of MongoDB's query language, written apart from the product's: it first lists all values
 * that a path means and then asks the list. Slow and small; only for comparison.
 */
export type Doc = Record<string, unknown>;

const ABSENT = Symbol('absent');

const isDoc = (value: unknown): value is Doc =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

/** Each entry is one value, and whether it was reached as the direct end of the path. */
function meant(value: unknown, parts: string[]): { value: unknown; direct: boolean }[] {
  const [part, ...rest] = parts;
  if (part === undefined) return [{ value, direct: true }];
  if (isDoc(value)) return meant(Object.hasOwn(value, part) ? value[part] : ABSENT, rest);
  if (!Array.isArray(value)) return [{ value: ABSENT, direct: true }];
  const all: { value: unknown; direct: boolean }[] = [];
  if (/^\d+$/.test(part) && Number(part) < value.length) {
    const element: unknown = value[Number(part)];
    if (rest.length === 0) all.push({ value: element, direct: false });
    else if (typeof element === 'object' && element !== null && !(element instanceof Date))
      all.push(...meant(element, rest));
  }
  for (const element of value) if (isDoc(element)) all.push(...meant(element, parts));
  return all;
}

/** Everything a predicate may accept: what the path means, and the elements of arrays at its end. */
const candidates = (document: Doc, path: string): unknown[] =>
  meant(document, path.split('.')).flatMap(({ value, direct }) =>
    direct && Array.isArray(value) ? [value, ...(value as unknown[])] : [value],
  );

const wholes = (document: Doc, path: string): unknown[] =>
  meant(document, path.split('.')).map(({ value }) => value);

/** Equal as values: numbers by value, documents with their fields in order. */
const same = (a: unknown, b: unknown): boolean => {
  if (b === null && a === ABSENT) return true;
  if (a === ABSENT || b === ABSENT) return a === b;
  const text = (value: unknown): string =>
    value instanceof Date
      ? `date ${value.getTime()}`
      : Array.isArray(value)
        ? `[${value.map(text).join()}]`
        : isDoc(value)
          ? `{${Object.entries(value)
              .map(([k, v]) => `${JSON.stringify(k)}:${text(v)}`)
              .join()}}`
          : value === 0
            ? '0'
            : JSON.stringify(value);
  return text(a) === text(b);
};

const kind = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : value instanceof Date ? 'date' : typeof value;

/** Only for the kinds that the generators compare: numbers, texts of ASCII, dates and truth values. */
function ordered(operator: string, a: unknown, b: unknown): boolean {
  if (b === null) return operator.endsWith('e') && same(a, b);
  if (kind(a) !== kind(b) || !['number', 'string', 'date', 'boolean'].includes(kind(a))) return false;
  const [x, y] = [a, b] as [number, number];
  return { $gt: x > y, $gte: x >= y, $lt: x < y, $lte: x <= y }[operator] ?? false;
}

function holds(document: Doc, path: string, operator: string, operand: unknown): boolean {
  const all = candidates(document, path);
  const list = operand as unknown[];
  switch (operator) {
    case '$eq':
      return all.some((value) => same(value, operand));
    case '$ne':
      return !all.some((value) => same(value, operand));
    case '$in':
      return all.some((value) => list.some((item) => same(value, item)));
    case '$nin':
      return !all.some((value) => list.some((item) => same(value, item)));
    case '$exists':
      return wholes(document, path).some((value) => value !== ABSENT) === operand;
    case '$size':
      return wholes(document, path).some((value) => Array.isArray(value) && value.length === operand);
    case '$all':
      return list.length > 0 && list.every((item) => all.some((value) => same(value, item)));
    case '$mod':
      return all.some(
        (value) => typeof value === 'number' && Math.trunc(value) % Number(list[0]) === Number(list[1]),
      );
    case '$type':
      return all.some(
        (value) => value !== ABSENT && (kind(value) === 'boolean' ? 'bool' : kind(value)) === operand,
      );
    case '$regex':
      return all.some((value) => typeof value === 'string' && value.includes(String(operand)));
    case '$not': {
      const [inner, value] = Object.entries(operand as Doc)[0] ?? ['', undefined];
      return !holds(document, path, inner, value);
    }
    case '$elemMatch':
      return wholes(document, path).some(
        (value) =>
          Array.isArray(value) &&
          value.some((element) =>
            Object.keys(operand as Doc)[0]?.startsWith('$') === true
              ? Object.entries(operand as Doc).every(([inner, it]) => elementHolds(element, inner, it))
              : isDoc(element) && matches(element, operand as Doc),
          ),
      );
    default:
      return all.some((value) => ordered(operator, value, operand));
  }
}

/** An element stands for itself alone: an array in an array is not taken apart. */
function elementHolds(element: unknown, operator: string, operand: unknown): boolean {
  if (operator === '$ne') return !same(element, operand);
  return operator === '$eq' ? same(element, operand) : ordered(operator, element, operand);
}

/** Whether a document matches a query, as MongoDB would say. */
export function matches(document: Doc, query: Doc): boolean {
  return Object.entries(query).every(([key, condition]) => {
    const parts = condition as Doc[];
    if (key === '$and') return parts.every((part) => matches(document, part));
    if (key === '$or') return parts.some((part) => matches(document, part));
    if (key === '$nor') return !parts.some((part) => matches(document, part));
    if (!isDoc(condition) || Object.keys(condition)[0]?.startsWith('$') !== true) {
      return holds(document, key, '$eq', condition);
    }
    return Object.entries(condition).every(([operator, operand]) => holds(document, key, operator, operand));
  });
}
