import type { FaqEntry } from '../../../../contracts/faq';
import type { FaqIndex } from './make-index';
import type { Features } from './take-features';

/** How alike the nearest phrase counts beside how much of the question the whole entry knows. */
const PHRASE_SHARE = 0.6;
/** Of what the index has never seen: words tell that a question is about something else, pairs of characters less so. */
const UNSEEN = { word: 0.7, other: 0.35 };

export interface RankedEntry {
  entry: FaqEntry;
  /** From 0, nothing in common, to 1. */
  score: number;
}

export interface Ranking {
  /** All entries that have something in common with the question, best first; equals by their ids. */
  ranked: RankedEntry[];
  /** Which share of the question, by weight, the index has seen: 0 to 1. */
  known: number;
}

/** Ranks entries by one question. Depends on nothing but its arguments. */
export function rankEntries(index: FaqIndex, question: Features): Ranking {
  const weights = weigh(index, question);
  const sum = weights.reduce((total, [, weight]) => total + weight, 0) || 1;
  const length = Math.sqrt(weights.reduce((total, [, weight]) => total + weight * weight, 0)) || 1;
  const alike = new Float64Array(index.entryOf.length);
  const covered = new Float64Array(index.entries.length);
  let known = 0;
  for (const [feature, weight] of weights) {
    if (index.isKnown(feature)) known += weight;
    addTo(alike, index.phrases.get(feature), weight / length);
    addTo(covered, index.whole.get(feature), weight / sum);
  }
  const nearest = new Float64Array(index.entries.length);
  for (const [phrase, value] of alike.entries()) {
    const entry = index.entryOf[phrase]!;
    if (value > nearest[entry]!) nearest[entry] = value;
  }
  const ranked = index.entries
    .map((entry, number) => ({
      entry,
      score: PHRASE_SHARE * nearest[number]! + (1 - PHRASE_SHARE) * covered[number]!,
    }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || (a.entry.id < b.entry.id ? -1 : 1));
  return { ranked, known: known / sum };
}

const weigh = (index: FaqIndex, question: Features): [string, number][] =>
  Array.from(question, ([feature, weight]) => {
    const share = index.isKnown(feature) ? 1 : feature.startsWith('w:') ? UNSEEN.word : UNSEEN.other;
    return [feature, weight * share * index.rarity(feature)];
  });

function addTo(
  values: Float64Array,
  postings: { at: number[]; weight: number[] } | undefined,
  factor: number,
): void {
  if (postings === undefined) return;
  for (let i = 0; i < postings.at.length; i++) values[postings.at[i]!]! += factor * postings.weight[i]!;
}
