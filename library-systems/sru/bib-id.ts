/** What an id of the contract may be made of, but for the mark of an encoded one. */
const PLAIN = /^[\w.:-][\w.:~-]{0,63}$/;
const LONGEST = 64;

/**
 * The library's own number as an id of the contract. Numbers with other characters, such as `(OCoLC) 123`, are encoded
 * and begin with `~`.
 * @returns nothing for a number too long to be encoded
 */
export function toId(number: string): string | undefined {
  if (PLAIN.test(number)) return number;
  const encoded = `~${Buffer.from(number, 'utf8').toString('base64url')}`;
  return encoded.length > LONGEST ? undefined : encoded;
}

/** The library's number for an id; nothing for an id that none of its numbers has. */
export function fromId(id: string): string | undefined {
  if (!id.startsWith('~')) return PLAIN.test(id) ? id : undefined;
  const number = Buffer.from(id.slice(1), 'base64url').toString('utf8');
  return number !== '' && toId(number) === id ? number : undefined;
}
