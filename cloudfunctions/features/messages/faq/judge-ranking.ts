import type { Ranking } from './rank-entries';

/** What is known of a question when its answers have been ranked. */
export interface Evidence extends Ranking {
  /** Words that say that another office is meant, unless the first entry says them itself. */
  foreign: number;
  /** Units of the question: characters of Chinese, words of English. */
  length: number;
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
const OURS = { base: -17.58, score: 10.35, known: 5.21, foreign: -3.45, length: 4.26 };
const RIGHT = { base: -1.17, score: 2.66, lead: 14.18 };
/** The same share of a short question is had more easily by chance; beyond these units that makes no difference. */
const LONG = 24;

const logistic = (value: number): number => 1 / (1 + Math.exp(-value));

export function judgeRanking({ ranked, known, foreign, length, hasContent }: Evidence): Judgement {
  const [first, second] = ranked;
  if (first === undefined || !hasContent) return { ours: 0, confidence: 0 };
  const ours = logistic(
    OURS.base +
      OURS.score * first.score +
      OURS.known * known +
      OURS.foreign * Math.min(2, foreign) +
      OURS.length * Math.log(Math.min(LONG, Math.max(1, length))),
  );
  const lead = first.score - (second?.score ?? 0);
  return { ours, confidence: ours * logistic(RIGHT.base + RIGHT.score * first.score + RIGHT.lead * lead) };
}
