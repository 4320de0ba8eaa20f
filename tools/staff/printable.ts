/** Control characters, halves of characters, and what turns the direction of what stands behind it. */
const UNPRINTED = /[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]+/gu;

/** What is foreign, without what would change a terminal; cut to `most` characters. */
export function printable(text: string, most = 60): string {
  const clean = text.replace(UNPRINTED, ' ').trim();
  const letters = [...clean];
  return letters.length <= most ? clean : `${letters.slice(0, most - 1).join('')}…`;
}
