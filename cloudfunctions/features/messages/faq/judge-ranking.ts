import type { Ranking } from './rank-entries';

/** What is known of a question when its answers have been ranked. */
export interface Evidence extends Ranking {
  /** Words that say that another office is meant, unless the first entry says them itself. */
  foreign: number;
  /** Whether anything is left when question words and empty words are taken away. */
  hasContent: boolean;
}

export interface Judgement {
  /** How likely the question is one that the entries are about: 0 to 1. */
  ours: number;
  /** How likely the first entry is the right one: 0 to 1. */
  confidence: number;
}

/**
 * Logistic weights, fitted on the development questions of test/fixtures/faq and on left-out variants. Questions that
 * are not ours went in twice, once as if no word of theirs were listed, for the list will never be complete.
 */
const OURS = { base: -4.97, score: 4.41, known: 3.95, foreign: -2.94 };
const RIGHT = { base: -0.53, score: 2.2, lead: 4.77 };

const logistic = (value: number): number => 1 / (1 + Math.exp(-value));

export function judgeRanking({ ranked, known, foreign, hasContent }: Evidence): Judgement {
  const [first, second] = ranked;
  if (first === undefined || !hasContent) return { ours: 0, confidence: 0 };
  const ours = logistic(
    OURS.base + OURS.score * first.score + OURS.known * known + OURS.foreign * Math.min(2, foreign),
  );
  const lead = first.score - (second?.score ?? 0);
  return { ours, confidence: ours * logistic(RIGHT.base + RIGHT.score * first.score + RIGHT.lead * lead) };
}
