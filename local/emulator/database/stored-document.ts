import { isDocument, Pattern, type Document, type Value } from './values';
import { requestFailed, unsupported } from './wire-error';

const MAX_DEPTH = 100;

function checkField(name: string): void {
  if (name === '') throw requestFailed('a field name is empty');
  if (name.startsWith('$')) throw requestFailed(`the field name '${name}' begins with $`);
  if (name.includes('.')) throw requestFailed(`the field name '${name}' contains a dot`);
  if (name.includes('\0')) throw requestFailed('a field name contains NUL');
}

function checkValue(value: Value, path: string, depth: number): void {
  if (depth > MAX_DEPTH) throw requestFailed(`the document is nested deeper than ${MAX_DEPTH} levels`);
  if (value instanceof Pattern) throw unsupported(`storing a regular expression (at '${path}')`);
  if (Array.isArray(value)) {
    for (const item of value) checkValue(item, path, depth + 1);
  } else if (isDocument(value)) {
    for (const [name, field] of Object.entries(value)) {
      checkField(name);
      checkValue(field, name, depth + 1);
    }
  }
}

/** @throws WireError if the document holds what may not be stored */
export function checkStorable(document: Document): void {
  checkValue(document, '', 0);
}
