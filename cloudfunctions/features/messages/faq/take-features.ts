import type { CutWords } from './cut-words';
import type { Phrases } from './find-phrases';
import { EMPTY_WORDS } from './question-words';
import { stemEnglish } from './stem-english';
import { isHan, splitRuns, splitUnits } from './units';

/** What texts are compared by: name of a feature → how much one like it counts before its rarity. */
export type Features = Map<string, number>;

/** How much each kind of feature counts. */
const WEIGHTS = { concept: 1.2, word: 0.9, question: 0.45, pair: 0.55, char: 0.25, sound: 0.3, empty: 0.12 };

export interface FeatureTools {
  cut: CutWords;
  /** Words that mean the same. */
  concepts: Phrases;
  /** What a question asks for. */
  questions: Phrases;
  /** A run of Han characters as syllables, one a character. */
  read: (han: string) => string[];
}

type Add = (name: string, weight: number) => void;

/**
 * All that a phrase is compared by: `c:` meanings, `w:` words, `q:` what it asks for, `b:` pairs of characters or of
 * words, `u:` characters, `p:` pairs of syllables.
 * @param text tidied
 */
export function takeFeatures(text: string, tools: FeatureTools): Features {
  const { features, add } = collect();
  addMeanings(text, tools, add);
  let before: string | undefined;
  for (const run of splitRuns(text)) {
    if (isHan(run)) {
      for (const word of tools.cut(run)) addWord(word, word, add);
      addCharacters(run, tools, add);
      before = undefined;
      continue;
    }
    const stem = stemEnglish(run);
    addWord(run, stem, add);
    if (EMPTY_WORDS.has(run)) continue;
    if (before !== undefined) add(`b:${before} ${stem}`, WEIGHTS.pair);
    before = stem;
  }
  return features;
}

/** Of a long text such as an answer: meanings and words. @param text tidied */
export function takeWords(text: string, tools: FeatureTools): Features {
  const { features, add } = collect();
  addMeanings(text, tools, add);
  for (const run of splitRuns(text)) {
    if (isHan(run)) for (const word of tools.cut(run)) addWord(word, word, add);
    else addWord(run, stemEnglish(run), add);
  }
  return features;
}

function collect(): { features: Features; add: Add } {
  const features: Features = new Map();
  const add: Add = (name, weight) => void features.set(name, Math.max(weight, features.get(name) ?? 0));
  return { features, add };
}

function addMeanings(text: string, { concepts, questions }: FeatureTools, add: Add): void {
  const units = splitUnits(text);
  for (const concept of concepts.find(units)) add(`c:${concept}`, WEIGHTS.concept);
  for (const question of questions.find(units)) add(`q:${question}`, WEIGHTS.question);
}

const addWord = (word: string, stem: string, add: Add): void =>
  add(`w:${stem}`, EMPTY_WORDS.has(word) ? WEIGHTS.empty : WEIGHTS.word);

function addCharacters(run: string, { read }: FeatureTools, add: Add): void {
  const chars = [...run];
  const syllables = read(run);
  for (const [i, char] of chars.entries()) {
    if (!EMPTY_WORDS.has(char)) add(`u:${char}`, WEIGHTS.char);
    if (i === 0) continue;
    add(`b:${chars[i - 1]!}${char}`, WEIGHTS.pair);
    add(`p:${syllables[i - 1]!} ${syllables[i]!}`, WEIGHTS.sound);
  }
}
