import type { CutWords } from './cut-words';
import type { Phrases } from './find-phrases';
import { EMPTY_WORDS } from './question-words';
import { stemEnglish } from './stem-english';
import { isHan, splitRuns, splitUnits } from './units';

/** What texts are compared by: name of a feature → how much one like it counts before its rarity. */
export type Features = Map<string, number>;

/** How much each kind of feature counts. */
const WEIGHTS = { concept: 1.6, word: 0.9, question: 0.6, char: 0.25, sound: 0.2, empty: 0.12 };

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
 * All that a phrase is compared by: `c:` meanings, `w:` words, `q:` what it asks for, `u:` characters, `p:` pairs of
 * syllables, which also know a character that was mistaken for another of the same sound.
 * @param text tidied
 */
export function takeFeatures(text: string, tools: FeatureTools): Features {
  const { features, add } = takeMeanings(text, tools);
  for (const run of splitRuns(text)) if (isHan(run)) addCharacters(run, tools, add);
  return features;
}

/** Of a long text such as an answer: meanings and words. @param text tidied */
export const takeWords = (text: string, tools: FeatureTools): Features => takeMeanings(text, tools).features;

function takeMeanings(text: string, tools: FeatureTools): { features: Features; add: Add } {
  const features: Features = new Map();
  const add: Add = (name, weight) => void features.set(name, Math.max(weight, features.get(name) ?? 0));
  const units = splitUnits(text);
  for (const concept of tools.concepts.find(units)) add(`c:${concept}`, WEIGHTS.concept);
  for (const question of tools.questions.find(units)) add(`q:${question}`, WEIGHTS.question);
  for (const run of splitRuns(text)) {
    for (const word of isHan(run) ? tools.cut(run) : [run]) {
      const name = isHan(word) ? word : stemEnglish(word);
      add(`w:${name}`, EMPTY_WORDS.has(word) ? WEIGHTS.empty : WEIGHTS.word);
    }
  }
  return { features, add };
}

function addCharacters(run: string, { read }: FeatureTools, add: Add): void {
  const syllables = read(run);
  for (const [i, char] of [...run].entries()) {
    if (!EMPTY_WORDS.has(char)) add(`u:${char}`, WEIGHTS.char);
    if (i > 0) add(`p:${syllables[i - 1]!} ${syllables[i]!}`, WEIGHTS.sound);
  }
}
