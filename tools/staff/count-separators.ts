export type Separator = ',' | ';' | '\t';

/** A header is shorter than this, characters. */
const LOOKED_AT = 20_000;

/** How often the first row with something in it has each of them, outside quotation marks. */
export function countSeparators(text: string): Record<Separator, number> {
  const counts = { ',': 0, ';': 0, '\t': 0 };
  let quoted = false;
  for (const letter of text.slice(0, LOOKED_AT).trimStart()) {
    if (letter === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (letter === '\n' || letter === '\r') break;
    else if (letter in counts) counts[letter as Separator]++;
  }
  return counts;
}
