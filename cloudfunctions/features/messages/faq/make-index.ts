import type { FaqEntry } from '../../../../contracts/faq';
import { tidy } from './normalise';
import type { Features } from './take-features';

/** How often a word of a field counts for the whole entry. */
const FIELDS = { question: 3, variant: 2, keywords: 2.5, answer: 0.5 };
/** BM25's: how soon more of the same word stops counting, and how much a long entry has to say it more often. */
const SATURATION = 1;
const LENGTH = 0.5;

/** Where a feature occurs: numbers of phrases or entries, and how much it weighs there. */
interface Postings {
  at: number[];
  weight: number[];
}

export interface FaqIndex {
  entries: readonly FaqEntry[];
  /** The entry of each phrase; a phrase is a question or one of its variants, in one language. */
  entryOf: readonly number[];
  /** Rarity of a feature among the entries; of one that is nowhere, the greatest. */
  rarity: (feature: string) => number;
  isKnown: (feature: string) => boolean;
  /** Phrases by feature; weights are those of a vector of length 1. */
  phrases: ReadonlyMap<string, Postings>;
  /** Entries by feature; weights are from 0 to 1. */
  whole: ReadonlyMap<string, Postings>;
}

/** What is taken from a text: of a phrase all that texts are compared by, of an answer its words only. */
export interface TakeFeatures {
  phrase: (text: string) => Features;
  answer: (text: string) => Features;
}

/** Makes the index of all entries, in any order. */
export function makeIndex(entries: readonly FaqEntry[], take: TakeFeatures): FaqIndex {
  const phrases: { entry: number; features: Features }[] = [];
  const wholes = entries.map((entry, number) => {
    const whole: Features = new Map();
    const addPhrase = (text: string, field: number): void => {
      const features = take.phrase(tidy(text));
      phrases.push({ entry: number, features });
      addCounts(whole, features, field);
    };
    for (const language of ['zh', 'en'] as const) {
      addPhrase(entry.question[language], FIELDS.question);
      for (const variant of entry.variants[language]) addPhrase(variant, FIELDS.variant);
      addCounts(whole, take.answer(tidy(entry.answer[language])), FIELDS.answer);
    }
    for (const keyword of entry.keywords) addCounts(whole, take.phrase(tidy(keyword)), FIELDS.keywords);
    return whole;
  });
  const rarity = measureRarity(wholes);
  return {
    entries,
    entryOf: phrases.map(({ entry }) => entry),
    rarity: (feature) => rarity.get(feature) ?? rarityOf(0, entries.length),
    isKnown: (feature) => rarity.has(feature),
    phrases: invert(phrases.map(({ features }) => toUnitVector(features, rarity))),
    whole: invert(saturate(wholes)),
  };
}

function addCounts(whole: Features, features: Features, times: number): void {
  for (const feature of features.keys()) whole.set(feature, (whole.get(feature) ?? 0) + times);
}

const rarityOf = (found: number, all: number): number => Math.log(1 + (all + 0.5) / (found + 0.5));

function measureRarity(wholes: readonly Features[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const whole of wholes) {
    for (const feature of whole.keys()) found.set(feature, (found.get(feature) ?? 0) + 1);
  }
  return new Map(Array.from(found, ([feature, times]) => [feature, rarityOf(times, wholes.length)]));
}

function toUnitVector(features: Features, rarity: ReadonlyMap<string, number>): Features {
  const weights = Array.from(features, ([feature, weight]): [string, number] => [
    feature,
    weight * (rarity.get(feature) ?? 0),
  ]);
  const length = Math.sqrt(weights.reduce((sum, [, weight]) => sum + weight * weight, 0)) || 1;
  return new Map(weights.map(([feature, weight]) => [feature, weight / length]));
}

function saturate(wholes: readonly Features[]): Features[] {
  const lengths = wholes.map((whole) => [...whole.values()].reduce((sum, times) => sum + times, 0));
  const middle = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, wholes.length);
  return wholes.map((whole, number) => {
    const pull = SATURATION * (1 - LENGTH + (LENGTH * lengths[number]!) / (middle || 1));
    return new Map(Array.from(whole, ([feature, times]) => [feature, times / (times + pull)]));
  });
}

function invert(vectors: readonly Features[]): Map<string, Postings> {
  const inverted = new Map<string, Postings>();
  for (const [number, vector] of vectors.entries()) {
    for (const [feature, weight] of vector) {
      let postings = inverted.get(feature);
      if (postings === undefined) inverted.set(feature, (postings = { at: [], weight: [] }));
      postings.at.push(number);
      postings.weight.push(weight);
    }
  }
  return inverted;
}
