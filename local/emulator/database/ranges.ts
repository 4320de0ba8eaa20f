import type { Range } from './ordered-view';
import { isDocument, type Document, type Value } from './values';

/** The least value of each kind that can be compared: `$lt` and its like match no other kind. */
function leastLike(value: Value): Value | undefined {
  if (typeof value === 'number') return NaN;
  if (typeof value === 'string') return '';
  return value instanceof Date ? new Date(-8.64e15) : undefined;
}

const isBound = (value: Value | undefined): value is number | string | Date =>
  typeof value === 'number' || typeof value === 'string' || value instanceof Date;

function rangeOf(condition: Value): Range {
  if (!isDocument(condition)) return {};
  const { $gt, $gte, $lt, $lte } = condition;
  const from = [$gt, $gte].find(isBound);
  const to = [$lt, $lte].find(isBound);
  const start = from ?? (to === undefined ? undefined : leastLike(to));
  return { ...(start !== undefined && { from: start }), ...(to !== undefined && { to }) };
}

/**
 * By path, between which values a document can match, and maybe a bit more: where several conditions bound one side,
 * one of them counts.
 */
export function collectRanges(query: Document, into: Map<string, Range>): void {
  for (const [name, condition] of Object.entries(query)) {
    if (name === '$and' && Array.isArray(condition)) {
      for (const item of condition) if (isDocument(item)) collectRanges(item, into);
    } else if (!name.startsWith('$')) {
      const { from, to } = rangeOf(condition);
      if (from === undefined) continue;
      const known = into.get(name);
      const start = known?.from === undefined || isLeast(known.from) ? from : known.from;
      const end = known?.to ?? to;
      into.set(name, { from: start, ...(end !== undefined && { to: end }) });
    }
  }
}

/** A start that only says of which kind the value is. */
const isLeast = (value: Value): boolean =>
  value === '' || Number.isNaN(value) || (value instanceof Date && value.getTime() === -8.64e15);
