import { EMPTY_WORDS } from './question-words';
import type { PinyinWords } from './read-pinyin';

/** Words of at most so many characters are looked for, that are written at least so often (as in makeLexicon). */
const LONGEST = 4;
const OFTEN = 60;

/**
 * Puts right a character that was mistaken for another of the same sound, as 序借 for 续借: one that nobody writes beside
 * its neighbours, where a known word sounds the same and has all the other characters.
 * @param han a run of Han characters
 * @param syllables its reading, one a character
 * @param pairs characters that are known to stand together
 */
export function correctHomophones(
  han: string,
  syllables: readonly string[],
  words: PinyinWords,
  pairs: ReadonlySet<string>,
): string {
  const chars = [...han];
  const isOdd = (at: number): boolean =>
    !EMPTY_WORDS.has(chars[at]!) &&
    !pairs.has(`${chars[at - 1] ?? ''}${chars[at]!}`) &&
    !pairs.has(`${chars[at]!}${chars[at + 1] ?? ''}`);
  for (let at = 0; at < chars.length; at++) {
    if (isOdd(at)) chars[at] = rightCharacter(chars, syllables, words, at) ?? chars[at]!;
  }
  return chars.join('');
}

/** The character that makes a known word of those around, the longest word first. */
function rightCharacter(
  chars: readonly string[],
  syllables: readonly string[],
  { byLetters }: PinyinWords,
  at: number,
): string | undefined {
  for (let length = Math.min(LONGEST, chars.length); length > 1; length--) {
    for (let from = Math.max(0, at + 1 - length); from <= at && from + length <= chars.length; from++) {
      const found = byLetters.get(syllables.slice(from, from + length).join(''));
      if (found === undefined || found.times < OFTEN) continue;
      const word = [...found.word];
      if (word.length === length && word.every((char, i) => from + i === at || char === chars[from + i])) {
        return word[at - from];
      }
    }
  }
  return undefined;
}
