import { createHash } from 'node:crypto';

const ID = /^[\w.:~-]{1,64}$/;

/** An id of the contract's form for a barcode or a number of the system; what has another form is hashed. */
export function idFor(text: string): string {
  if (ID.test(text)) return text;
  return `h-${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
}
