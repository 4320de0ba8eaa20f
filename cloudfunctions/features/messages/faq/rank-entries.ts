import type { FaqEntry } from '../../../../contracts/faq';
import type { FaqIndex } from './make-index';
import type { Features } from './take-features';

/** Of what the index has never seen: words tell that a question is about something else, the rest less so. */
const UNSEEN = { word: 0.7, other: 0.35 };

export interface RankedEntry {
  entry: FaqEntry;
  /** Which share of the question the entry has, by weight and rarity: 0 to 1. */
  score: number;
}

export interface Ranking {
  /** All entries that have something in common with the question, best first; equals by their ids. */
  ranked: RankedEntry[];
  /** Which share of the question, by weight and rarity, any entry has: 0 to 1. */
  known: number;
}

/** Ranks entries by one question as BM25 does. Depends on nothing but its arguments. */
export function rankEntries({ entries, postings }: FaqIndex, question: Features): Ranking {
  const scores = new Float64Array(entries.length);
  let sum = 0;
  let known = 0;
  for (const [feature, weight] of question) {
    const found = postings.get(feature);
    if (found === undefined) {
      sum += weight * rarityOf(0, entries.length) * (feature.startsWith('w:') ? UNSEEN.word : UNSEEN.other);
      continue;
    }
    const rarity = weight * rarityOf(found.at.length, entries.length);
    sum += rarity;
    known += rarity;
    for (let i = 0; i < found.at.length; i++) scores[found.at[i]!]! += rarity * found.weight[i]!;
  }
  if (sum === 0) return { ranked: [], known: 0 };
  const ranked = entries
    .map((entry, number) => ({ entry, score: scores[number]! / sum }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || (a.entry.id < b.entry.id ? -1 : 1));
  return { ranked, known: known / sum };
}

const rarityOf = (found: number, all: number): number => Math.log(1 + (all + 0.5) / (found + 0.5));
