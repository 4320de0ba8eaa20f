import type { FaqEntry } from '../../../../contracts/faq';
import type { FaqContent } from './content';
import { cutWords, type CutWords } from './cut-words';
import { findForeignWords } from './find-foreign-words';
import { makePhrases, type PhraseGroup } from './find-phrases';
import { judgeRanking, type Judgement } from './judge-ranking';
import { makeIndex } from './make-index';
import { makeLexicon } from './make-lexicon';
import { normalise } from './normalise';
import { EMPTY_WORDS, QUESTION_WORDS } from './question-words';
import { rankEntries, type RankedEntry } from './rank-entries';
import { readHan } from './read-han';
import { takeFeatures, takeWords } from './take-features';
import { understandQuestion } from './understand-question';
import { splitUnits } from './units';

interface Found {
  /** In which language to reply: that of the question; to pinyin in Chinese. */
  language: 'zh' | 'en';
  /** How likely the first entry is the right one: 0 to 1. */
  confidence: number;
}

/** What is said to a question: one answer, the nearest questions to choose from, or that a librarian must be asked. */
export type FaqReply =
  | (Found & { kind: 'answer'; entry: FaqEntry; others: FaqEntry[] })
  | (Found & { kind: 'nearest'; entries: FaqEntry[] })
  | (Found & { kind: 'none' });

export interface FaqAnswerer {
  /** @param text as it was typed; of more than MAX_QUESTION characters the first are read */
  answer: (text: string) => FaqReply;
  /** The question as it was understood: pinyin in characters, spelling mended. */
  understand: (text: string) => string;
}

/** Entries that are offered at most. */
const NEAREST = 3;
/**
 * Below, the question is taken for none of ours; at or above, the first entry is said. The first is low: whoever asks
 * something else loses a glance at three questions, beside which a librarian is offered; whoever asks of ours and is
 * sent on waits for one.
 */
const OURS = 0.1;
const CONFIDENT = 0.65;

/**
 * Makes the index of questions and answers: about a second of work and 50 MB in a new process, so once a process. Answering
 * keeps nothing.
 */
export function makeAnswerer(content: FaqContent, { cut = cutWords }: { cut?: CutWords } = {}): FaqAnswerer {
  const tools = {
    cut,
    read: readHan,
    concepts: makePhrases(joinGroups(content.synonyms, content.everyday)),
    questions: makePhrases(QUESTION_WORDS),
  };
  const emptyWords = makePhrases([...QUESTION_WORDS, ['', [...EMPTY_WORDS]]]);
  const countForeign = findForeignWords(content.entries);
  // Texts repeat themselves: while the index is made, a run is cut and read aloud once.
  const once = { ...tools, cut: remember(cut), read: remember(readHan) };
  const lexicon = makeLexicon(content, once);
  const index = makeIndex(content.entries, {
    phrase: (text) => takeFeatures(text, once),
    answer: (text) => takeWords(text, once),
  });
  const understand = (text: string): string => understandQuestion(text, lexicon);
  return {
    understand,
    answer: (text) => {
      const question = understand(text);
      const units = splitUnits(question);
      const { ranked, known } = rankEntries(index, takeFeatures(question, tools));
      const judged = judgeRanking({
        ranked,
        known,
        foreign: ranked[0] === undefined ? 0 : countForeign(units, ranked[0].entry),
        length: units.length,
        hasContent: emptyWords.cover(units) === undefined,
      });
      const same = index.byPhrase.get(normalise(text));
      return reply(
        /\p{Script=Han}/u.test(question) ? 'zh' : 'en',
        same === undefined ? judged : { ours: 1, confidence: 1 },
        putFirst(same === undefined ? undefined : content.entries[same], ranked),
      );
    },
  };
}

/** The best entries; one that has the question word for word comes first. */
function putFirst(same: FaqEntry | undefined, ranked: readonly RankedEntry[]): FaqEntry[] {
  const entries = ranked.slice(0, NEAREST + 1).map(({ entry }) => entry);
  return (same === undefined ? entries : [same, ...entries.filter((entry) => entry !== same)]).slice(
    0,
    NEAREST,
  );
}

function reply(language: 'zh' | 'en', { ours, confidence }: Judgement, entries: FaqEntry[]): FaqReply {
  const [first, ...others] = entries;
  if (first === undefined || ours < OURS) return { kind: 'none', language, confidence };
  if (confidence < CONFIDENT) return { kind: 'nearest', language, confidence, entries };
  return { kind: 'answer', language, confidence, entry: first, others };
}

function remember<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>();
  return (key) => {
    let value = made.get(key);
    if (value === undefined) made.set(key, (value = make(key)));
    return value;
  };
}

/** Everyday words join the group of synonyms that their first word stands in; else they are a group of their own. */
function joinGroups(
  synonyms: readonly (readonly string[])[],
  everyday: readonly (readonly string[])[],
): PhraseGroup[] {
  const meanings = new Map(synonyms.flatMap((words) => words.map((word) => [word, words[0] ?? ''])));
  const named = (groups: readonly (readonly string[])[]): PhraseGroup[] =>
    groups
      .map(([first = '', ...words]): PhraseGroup => [meanings.get(first) ?? first, [first, ...words]])
      .sort(([a], [b]) => (a < b ? -1 : 1));
  return [...named(synonyms), ...named(everyday)];
}
