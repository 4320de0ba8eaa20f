/**
 * Letters of several bytes in UTF-8, and bytes that are part of none. What is cut at the ends of a piece counts as
 * strays, which is three of hundreds of thousands.
 */
export function countUtf8(bytes: Uint8Array): { letters: number; strays: number } {
  let letters = 0;
  let strays = 0;
  for (let i = 0; i < bytes.length; i++) {
    const length = lengthOf(bytes[i]!);
    if (length === 1) continue;
    if (length > 1 && areFollowing(bytes, i + 1, length - 1)) {
      letters++;
      i += length - 1;
    } else strays++;
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

function areFollowing(bytes: Uint8Array, from: number, count: number): boolean {
  for (let i = from; i < from + count; i++) if ((bytes[i]! & 0xc0) !== 0x80) return false;
  return true;
}
