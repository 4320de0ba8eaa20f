type Row = Record<string, string | number | undefined>;

/** A query that Koha's API refuses with `invalid_query`. */
export class InvalidQuery extends Error {}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** SQL's LIKE with its escapes, as MySQL compares: without regard to case. */
function like(pattern: string, text: string): boolean {
  let source = '';
  for (let at = 0; at < pattern.length; at++) {
    let char = pattern[at]!;
    if (char === '%') source += '[^]*';
    else if (char === '_') source += '[^]';
    else {
      if (char === '\\') char = pattern[++at] ?? '\\';
      source += char.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
    }
  }
  return new RegExp(`^${source}$`, 'iu').test(text);
}

function holds(value: Row[string], condition: unknown): boolean {
  if (Array.isArray(condition)) {
    const [head, ...others] = condition as unknown[];
    if (/^-(and|or)$/i.test(String(head))) return others.every((each) => holds(value, each));
    return condition.some((each) => holds(value, each));
  }
  if (!isObject(condition)) return String(value ?? '') === String(condition);
  return Object.entries(condition).every(([operator, operand]) => {
    if (operator === '-like') return like(String(operand), String(value ?? ''));
    if (operator === '>=') return Number(value) >= Number(operand);
    if (operator === '<=') return Number(value) <= Number(operand);
    throw new InvalidQuery(operator);
  });
}

/** What SQL::Abstract makes of a query, on rows in memory; columns that are not there are refused. */
export function matches(row: Row, query: unknown): boolean {
  if (Array.isArray(query)) return query.some((each) => matches(row, each));
  if (!isObject(query)) throw new InvalidQuery('not an object');
  return Object.entries(query).every(([key, value]) => {
    if (key === '-and' && Array.isArray(value)) return value.every((each) => matches(row, each));
    if (key === '-or' && Array.isArray(value)) return value.some((each) => matches(row, each));
    if (!(key in row)) throw new InvalidQuery(key);
    return holds(row[key], value);
  });
}
