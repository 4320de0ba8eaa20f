/** What the port takes for an id; see `Id` in contracts/fields.ts. */
const PLAIN = /^[\w.:-][\w.:~-]{0,63}$/;
const LONGEST = 64;
/** Marks an id that stands for something an id cannot spell. */
const MARK = '~';

/**
 * An id for a barcode or card number: itself where that is possible, else its
 * bytes in base64url after `~`. `undefined` for what is too long or empty.
 */
export function toId(text: string): string | undefined {
  if (PLAIN.test(text)) return text;
  if (text === '') return undefined;
  const id = MARK + Buffer.from(text, 'utf8').toString('base64url');
  return id.length <= LONGEST ? id : undefined;
}

/** What an id stands for. */
export const fromId = (id: string): string =>
  id.startsWith(MARK) ? Buffer.from(id.slice(1), 'base64url').toString('utf8') : id;
