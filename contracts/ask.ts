import * as v from 'valibot';

/** Of a question to the answering machine, in characters; more is refused with kind words, not read in part. */
export const MAX_QUESTION_TEXT = 500;

const Line = v.object({ id: v.string(), question: v.string() });

/** One entry of the FAQ in the reader's language, with what the library has said filled in. */
export const AskedEntry = v.object({
  ...Line.entries,
  topic: v.string(),
  answer: v.string(),
  /** Where it is done in the mini program, without leading slash. */
  page: v.optional(v.string()),
});
export type AskedEntry = v.InferOutput<typeof AskedEntry>;

const Language = v.picklist(['zh-CN', 'en']);

/**
 * - answer: this is it, and what else may have been meant
 * - nearest: perhaps one of these
 * - none: a librarian can be asked
 * - go: the words name a page or an order, which the mini program opens itself: nothing is done without another tap
 * - search: an ISBN or a title
 */
export const AskOutput = v.variant('kind', [
  v.object({ kind: v.literal('answer'), entry: AskedEntry, others: v.array(Line) }),
  v.object({ kind: v.literal('nearest'), entries: v.array(Line) }),
  v.object({ kind: v.literal('none') }),
  v.object({ kind: v.literal('go'), page: v.string(), what: v.string() }),
  v.object({ kind: v.literal('search'), text: v.string() }),
]);
export type AskOutput = v.InferOutput<typeof AskOutput>;

export const AskInput = v.object({
  text: v.pipe(
    v.string(),
    v.check((text) => [...text].length <= MAX_QUESTION_TEXT, `at most ${MAX_QUESTION_TEXT} characters`),
    v.trim(),
    v.minLength(1),
  ),
  language: Language,
});
export const AskEntryInput = v.object({ id: v.pipe(v.string(), v.maxLength(48)), language: Language });
export const AskTopicsInput = v.object({ language: Language });
export const AskTopicsOutput = v.object({
  topics: v.array(v.object({ id: v.string(), name: v.string(), questions: v.array(Line) })),
  /** Whether the library answers in the customer-service chat too. */
  chat: v.boolean(),
});

export const askApi = {
  'ask.question': { input: AskInput, output: AskOutput },
  'ask.entry': { input: AskEntryInput, output: AskedEntry },
  'ask.topics': { input: AskTopicsInput, output: AskTopicsOutput },
} as const;
