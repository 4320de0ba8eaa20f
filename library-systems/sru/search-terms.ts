import { Converter as ToTraditional } from 'opencc-js/cn2t';
import { Converter as ToSimplified } from 'opencc-js/t2cn';

const toSimplified = ToSimplified({ from: 't', to: 'cn' });
const toTraditional = ToTraditional({ from: 'cn', to: 't' });

const BETWEEN = /[\s\p{Cc}，。；、：！？《》〈〉「」『』（）【】“”]+/u;

/** Words that a reader typed, as blanks and Chinese punctuation part them. Punctuation alone is none: servers find anything by it. */
export function wordsOf(text: string): string[] {
  const words = text.split(BETWEEN);
  return [...new Set(words.filter((word) => /[\p{L}\p{N}]/u.test(word)))];
}

/** A word and how it is written in the other Chinese script. */
export function bothScripts(word: string): string[] {
  return /\p{Script=Han}/u.test(word)
    ? [...new Set([word, toSimplified(word), toTraditional(word)])]
    : [word];
}
