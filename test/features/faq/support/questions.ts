import fs from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import type { FaqAnswerer, FaqReply } from '../../../../cloudfunctions/features/messages/faq/make-answerer';

const FOLDER = path.join(__dirname, '../../../fixtures/faq');
const Questions = v.array(
  v.strictObject({ text: v.string(), lang: v.picklist(['zh', 'en', 'pinyin', 'typo']), entry: v.string() }),
);
const Others = v.array(v.strictObject({ text: v.string() }));

export type Question = v.InferOutput<typeof Questions>[number];

export interface QuestionSet {
  name: 'development' | 'development of a third hand' | 'written by another hand';
  questions: Question[];
  outOfScope: string[];
}

const read = (name: string): unknown => JSON.parse(fs.readFileSync(path.join(FOLDER, name), 'utf8'));

const readSet = (name: QuestionSet['name'], questions: string, others: string): QuestionSet => ({
  name,
  questions: v.parse(Questions, read(questions)),
  outOfScope: v.parse(Others, read(others)).map(({ text }) => text),
});

/** The questions by which the engine's numbers were chosen. */
export const readDevelopmentSet = (): QuestionSet =>
  readSet('development', 'development.json', 'development-out-of-scope.json');

/** More of them, by the hand that wrote the entries' later variants; no question of it stands in an entry. */
export const readThirdSet = (): QuestionSet =>
  readSet('development of a third hand', 'development-third.json', 'development-third-out-of-scope.json');

/** The questions that others wrote and the engine was never fitted to, when they are there. */
export const readForeignSet = (): QuestionSet | undefined =>
  fs.existsSync(path.join(FOLDER, 'paraphrases.json'))
    ? readSet('written by another hand', 'paraphrases.json', 'out-of-scope.json')
    : undefined;

/** Ids of the entries of a reply, best first. */
export function entriesOf(reply: FaqReply): string[] {
  switch (reply.kind) {
    case 'answer':
      return [reply.entry, ...reply.others].map(({ id }) => id);
    case 'nearest':
      return reply.entries.map(({ id }) => id);
    case 'none':
      return [];
  }
}

export interface Score {
  /** Share of questions whose entry came first, and came among three; what was taken for no question of ours counts as missed. */
  top1: number;
  top3: number;
  /** Of the questions that were answered without asking back, the share answered rightly. */
  precision: number;
  /** Shares of the questions out of scope that got no answer, and that were sent to a librarian at once. */
  rejected: number;
  sentOn: number;
}

export function scoreAnswers({ answer }: FaqAnswerer, { questions, outOfScope }: QuestionSet): Score {
  const replies = questions.map(({ text, entry }) => ({ entry, reply: answer(text) }));
  const answered = replies.filter(({ reply }) => reply.kind === 'answer');
  const others = outOfScope.map((text) => answer(text).kind);
  const share = <T>(all: readonly T[], is: (one: T) => boolean): number =>
    all.filter(is).length / Math.max(1, all.length);
  return {
    top1: share(replies, ({ entry, reply }) => entriesOf(reply)[0] === entry),
    top3: share(replies, ({ entry, reply }) => entriesOf(reply).includes(entry)),
    precision: share(answered, ({ entry, reply }) => entriesOf(reply)[0] === entry),
    rejected: share(others, (kind) => kind !== 'answer'),
    sentOn: share(others, (kind) => kind === 'none'),
  };
}
