import type { FaqEntry } from '../../../../contracts/faq';
import { tidy } from './normalise';
import type { Features } from './take-features';

/** How often a word of a field counts for the entry. */
const FIELDS = { question: 3, variant: 2, keywords: 5, answer: 0.5 };
/** BM25's: how soon more of the same word stops counting, and how much a long entry has to say it more often. */
const SATURATION = 1.5;
const LENGTH = 0.5;

/** Where a feature occurs: numbers of entries, and how much it counts there, from 0 to 1. */
export interface Postings {
  at: number[];
  weight: number[];
}

export interface FaqIndex {
  entries: readonly FaqEntry[];
  postings: ReadonlyMap<string, Postings>;
  /** Numbers of entries by their questions and variants, tidied. */
  byPhrase: ReadonlyMap<string, number>;
}

/** What is taken from a text: of a phrase all that texts are compared by, of an answer its words only. */
export interface TakeFeatures {
  phrase: (text: string) => Features;
  answer: (text: string) => Features;
}

/** Makes the index of all entries. Their order does not matter but for a phrase that stands in two. */
export function makeIndex(entries: readonly FaqEntry[], take: TakeFeatures): FaqIndex {
  const byPhrase = new Map<string, number>();
  const counts = entries.map((entry, number) => {
    const count: Features = new Map();
    for (const language of ['zh', 'en'] as const) {
      const question = entry.question[language];
      for (const phrase of [question, ...entry.variants[language]]) {
        const text = tidy(phrase);
        if (!byPhrase.has(text)) byPhrase.set(text, number);
        addTo(count, take.phrase(text), phrase === question ? FIELDS.question : FIELDS.variant);
      }
      addTo(count, take.answer(tidy(entry.answer[language])), FIELDS.answer);
    }
    for (const keyword of entry.keywords) addTo(count, take.phrase(tidy(keyword)), FIELDS.keywords);
    return count;
  });
  return { entries, byPhrase, postings: post(counts) };
}

function addTo(count: Features, features: Features, times: number): void {
  for (const feature of features.keys()) count.set(feature, (count.get(feature) ?? 0) + times);
}

function post(counts: readonly Features[]): Map<string, Postings> {
  const lengths = counts.map((count) => {
    let length = 0;
    for (const times of count.values()) length += times;
    return length;
  });
  const middle = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length) || 1;
  const posted = new Map<string, Postings>();
  for (const [number, count] of counts.entries()) {
    const pull = SATURATION * (1 - LENGTH + (LENGTH * lengths[number]!) / middle);
    for (const [feature, times] of count) {
      let postings = posted.get(feature);
      if (postings === undefined) posted.set(feature, (postings = { at: [], weight: [] }));
      postings.at.push(number);
      postings.weight.push(times / (times + pull));
    }
  }
  return posted;
}
