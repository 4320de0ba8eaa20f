import type { DataField, MarcRecord } from './record';
import { fieldsOf, subfieldsOf } from './record';

/** How a place in a record is written in a configuration: `905$d/$e` is 905 $d, a slash, and $e. */
export const FIELD_REF = /^[0-9A-Za-z]{3}(?:\$[0-9A-Za-z](?:[^$]{0,3}(?=\$))?)+$/;

interface Part {
  code: string;
  /** What stands between this subfield and the next. */
  after: string;
}

/** A place in a record, ready to be read many times. */
export interface FieldRef {
  readonly tag: string;
  readonly parts: readonly Part[];
}

/** @throws RangeError when `text` is no reference; configurations are checked with `FIELD_REF` before */
export function parseFieldRef(text: string): FieldRef {
  if (!FIELD_REF.test(text)) throw new RangeError(`not a reference to a field, such as 905$d/$e: ${text}`);
  return { tag: text.slice(0, 3), parts: partsOf(text.slice(3)) };
}

const partsOf = (text: string): Part[] =>
  [...text.matchAll(/\$([0-9A-Za-z])([^$]*)/g)].map(([, code, after]) => ({
    code: code ?? '',
    after: after ?? '',
  }));

/** The referenced subfields of one field, joined; blank ones leave no separator behind. */
export function readParts(field: DataField, parts: readonly Part[]): string | undefined {
  let text = '';
  let separator = '';
  for (const { code, after } of parts) {
    const value = subfieldsOf(field, code)[0];
    if (value === undefined) continue;
    text += (text === '' ? '' : separator) + value;
    separator = after;
  }
  return text === '' ? undefined : text;
}

/** First value of the first reference that the record has. */
export function readRef(record: MarcRecord, refs: readonly FieldRef[]): string | undefined {
  for (const { tag, parts } of refs) {
    for (const field of fieldsOf(record, tag)) {
      const value = readParts(field, parts);
      if (value !== undefined) return value;
    }
  }
  return undefined;
}
