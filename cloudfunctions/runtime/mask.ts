const SHOWN = 4;
/** Shorter numbers would give too much away with four characters shown. */
const SHORTEST_SHOWN = 8;
const LONGEST_MASK = 12;

/** A card number with all but its last four characters hidden; a short one is hidden whole. */
export function maskCardNumber(cardNumber: string): string {
  const characters = [...cardNumber];
  if (characters.length < SHORTEST_SHOWN) return '*'.repeat(SHOWN);
  const hidden = Math.min(characters.length - SHOWN, LONGEST_MASK);
  return '*'.repeat(hidden) + characters.slice(-SHOWN).join('');
}

/** A name with all but its first character hidden; how long it is stays hidden, too. */
export function maskName(name: string): string {
  const [first, second] = [...new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(name.trim())];
  return first === undefined || second === undefined ? '＊' : `${first.segment}＊`;
}
