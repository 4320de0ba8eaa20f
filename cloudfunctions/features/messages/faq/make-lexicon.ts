import type { FaqContent } from './content';
import { makeVocabulary } from './correct-spelling';
import { tidy } from './normalise';
import { OTHERS_BUSINESS } from './others-business';
import { EMPTY_WORDS, QUESTION_WORDS } from './question-words';
import { makePinyinWords } from './read-pinyin';
import type { FeatureTools } from './take-features';
import type { Lexicon } from './understand-question';
import { isHan, splitRuns } from './units';

/** How often a word counts as written, by where it stands; single characters help out where no word fits. */
const TIMES = { phrase: 20, meaning: 100, character: 1 };

/** The words that readers are likely to mean: those of the entries, of the synonyms, of everyday speech, of other offices. */
export function makeLexicon(
  { entries, synonyms, everyday }: FaqContent,
  tools: Pick<FeatureTools, 'cut' | 'read'>,
): Lexicon {
  const english = new Map<string, number>();
  const pairs = new Set<string>();
  const chinese = new Map<string, { word: string; times: number; syllables: readonly string[] }>();
  const count = (word: string, syllables: readonly string[], times: number): void => {
    const key = `${word} ${syllables.join(' ')}`;
    const known = chinese.get(key);
    if (known === undefined) chinese.set(key, { word, times, syllables });
    else known.times += times;
  };
  const take = (text: string, { whole }: { whole: boolean }): void => {
    for (const run of splitRuns(tidy(text))) {
      if (/^[a-z]/.test(run)) english.set(run, (english.get(run) ?? 0) + 1);
      if (!isHan(run)) continue;
      const syllables = tools.read(run);
      let at = 0;
      for (const word of whole ? [run] : tools.cut(run)) {
        const end = at + [...word].length;
        count(word, syllables.slice(at, end), whole ? TIMES.meaning : TIMES.phrase);
        at = end;
      }
      let before = '';
      for (const [i, char] of [...run].entries()) {
        count(char, [syllables[i]!], TIMES.character);
        if (before !== '') pairs.add(before + char);
        before = char;
      }
    }
  };
  for (const { question, variants } of entries) {
    for (const text of [question.zh, question.en, ...variants.zh, ...variants.en])
      take(text, { whole: false });
  }
  const groups = [...synonyms, ...everyday, ...QUESTION_WORDS.map(([, words]) => words), OTHERS_BUSINESS];
  for (const word of groups.flat()) take(word, { whole: true });
  for (const word of EMPTY_WORDS) if (/^[a-z]/.test(word)) english.set(word, (english.get(word) ?? 0) + 1);
  return {
    english,
    spelling: makeVocabulary(english),
    pinyin: makePinyinWords(chinese.values()),
    pairs,
  };
}
