/** What the port takes for an id; see `Id` in contracts/fields.ts. */
const PLAIN = /^[\w.:-][\w.:~-]{0,63}$/;
const LONGEST = 64;
/** Marks an id that stands for something an id cannot spell. */
const MARK = '~';

/**
 * An id for a barcode, a card number or the number of a record: itself where that is possible, else, as for
 * `(OCoLC) 123`, its bytes in base64url after `~`. `undefined` for what is too long or empty.
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

/** The same; nothing for an id that `toId` makes of no text. */
export function textOfId(id: string): string | undefined {
  const text = fromId(id);
  return toId(text) === id ? text : undefined;
}
