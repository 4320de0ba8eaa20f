/** Words by the letters of their pinyin, with how dear each is: the more often it is written, the cheaper. */
export interface PinyinWords {
  byLetters: ReadonlyMap<string, { word: string; times: number; cost: number }>;
  longest: number;
}

/** Letters that are looked at; a question of more is none in pinyin. */
const MAX_LETTERS = 120;
/** What a letter costs that belongs to no word, and a word beside its rarity. */
const STRAY = 9;
const WORD = 2.5;
/** At least this share of the letters must belong to words. */
const SURE = 0.85;

/** @param words Han words, how often each is written, and how it is read */
export function makePinyinWords(
  words: Iterable<{ word: string; times: number; syllables: readonly string[] }>,
): PinyinWords {
  const byLetters = new Map<string, { word: string; times: number; cost: number }>();
  let longest = 0;
  for (const { word, times, syllables } of words) {
    const letters = syllables.join('');
    if (!/^[a-z]+$/.test(letters)) continue;
    // A longer word saves the price of two.
    const cost = WORD + Math.log(1 + 40_000 / times) / 2;
    const known = byLetters.get(letters);
    if (known === undefined || cost < known.cost || (cost === known.cost && word < known.word)) {
      byLetters.set(letters, { word, times, cost });
    }
    longest = Math.max(longest, letters.length);
  }
  return { byLetters, longest };
}

/**
 * Reads Latin letters as pinyin, with or without blanks, and writes it in the likeliest known words.
 * @param letters lower case, without blanks
 * @returns nothing when it is no pinyin that we know
 */
export function readPinyin(letters: string, { byLetters, longest }: PinyinWords): string | undefined {
  if (letters.length < 2 || letters.length > MAX_LETTERS) return undefined;
  const best: { cost: number; from: number; word?: string }[] = [{ cost: 0, from: -1 }];
  for (let end = 1; end <= letters.length; end++) {
    best[end] = { cost: best[end - 1]!.cost + STRAY, from: end - 1 };
    for (let from = Math.max(0, end - longest); from < end; from++) {
      const found = byLetters.get(letters.slice(from, end));
      if (found === undefined) continue;
      const cost = best[from]!.cost + found.cost;
      if (cost < best[end]!.cost) best[end] = { cost, from, word: found.word };
    }
  }
  const words: string[] = [];
  let strays = 0;
  for (let at = letters.length; at > 0; at = best[at]!.from) {
    const { word } = best[at]!;
    if (word === undefined) strays++;
    else words.push(word);
  }
  return strays <= letters.length * (1 - SURE) ? words.reverse().join('') : undefined;
}
