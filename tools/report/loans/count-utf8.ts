/**
 * Letters of several bytes in UTF-8, and beginnings or bytes that are part of none; what is left of a letter that
 * was cut counts once. A letter between two pieces is a stray, which is one of hundreds of thousands.
 */
export function countUtf8(bytes: Uint8Array): { letters: number; strays: number } {
  let letters = 0;
  let strays = 0;
  for (let i = 0; i < bytes.length; i++) {
    const length = lengthOf(bytes[i]!);
    if (length === 1) continue;
    const following = followingOf(bytes, i + 1, length - 1);
    if (length > 1 && following === length - 1) letters++;
    else strays++;
    i += following;
  }
  return { letters, strays };
}

/** Of the letter that a byte begins; 0 for a byte that begins none. */
function lengthOf(byte: number): number {
  if (byte < 0x80) return 1;
  if (byte >= 0xc2 && byte <= 0xdf) return 2;
  if (byte >= 0xe0 && byte <= 0xef) return 3;
  return byte >= 0xf0 && byte <= 0xf4 ? 4 : 0;
}

/** How many bytes from here on go on with a letter, at most `most`. */
function followingOf(bytes: Uint8Array, from: number, most: number): number {
  let count = 0;
  while (count < most && (bytes[from + count]! & 0xc0) === 0x80) count++;
  return count;
}
