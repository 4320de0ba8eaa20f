/** Words of fewer letters are not corrected: too many are one letter apart. */
const MIN_LENGTH = 4;
/** Words of this many letters may be two letters wrong. */
const LONG = 8;
const MAX_LENGTH = 24;
/** Unknown words of one question that are looked for; the others stay as they are. */
const MAX_WORDS = 12;

interface Known {
  word: string;
  times: number;
}

/** Known words by their length. */
export type Vocabulary = ReadonlyMap<number, readonly Known[]>;

/** @param words Latin, lower case, with how often each is written: of words equally near the commoner is taken */
export function makeVocabulary(words: ReadonlyMap<string, number>): Vocabulary {
  const byLength = new Map<number, Known[]>();
  for (const [word, times] of words) {
    if (word.length < MIN_LENGTH || word.length > MAX_LENGTH) continue;
    const same = byLength.get(word.length) ?? [];
    same.push({ word, times });
    byLength.set(word.length, same);
  }
  return byLength;
}

/**
 * The words, each unknown one replaced by the nearest known: one letter missing, added, wrong or swapped, two in long
 * words. The first letter must be right.
 */
export function correctSpelling(words: readonly string[], vocabulary: Vocabulary): string[] {
  let looked = 0;
  return words.map((word) => {
    if (!/^[a-z]+$/.test(word) || word.length < MIN_LENGTH || word.length > MAX_LENGTH) return word;
    if (vocabulary.get(word.length)?.some((known) => known.word === word) === true || ++looked > MAX_WORDS)
      return word;
    return nearest(word, vocabulary) ?? word;
  });
}

function nearest(word: string, vocabulary: Vocabulary): string | undefined {
  const limit = word.length >= LONG ? 2 : 1;
  let best: (Known & { distance: number }) | undefined;
  for (let length = word.length - limit; length <= word.length + limit; length++) {
    for (const known of vocabulary.get(length) ?? []) {
      if (known.word[0] !== word[0]) continue;
      const distance = measureDistance(word, known.word);
      if (distance <= limit && (best === undefined || isNearer({ ...known, distance }, best))) {
        best = { ...known, distance };
      }
    }
  }
  return best?.word;
}

function isNearer(a: Known & { distance: number }, b: Known & { distance: number }): boolean {
  if (a.distance !== b.distance) return a.distance < b.distance;
  return a.times === b.times ? a.word < b.word : a.times > b.times;
}

/** Damerau's distance with neighbours swapped (optimal string alignment). */
function measureDistance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let value = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        value = Math.min(value, before[j - 2]! + 1);
      }
      row.push(value);
    }
    [before, last] = [last, row];
  }
  return last[b.length]!;
}
