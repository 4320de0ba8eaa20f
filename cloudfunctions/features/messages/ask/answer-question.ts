import type * as v from 'valibot';
import type {
  AskedEntry,
  AskEntryInput,
  AskInput,
  AskOutput,
  AskTopicsInput,
  AskTopicsOutput,
} from '../../../../contracts/ask';
import type { FaqEntry } from '../../../../contracts/faq';
import type { Context } from '../../../runtime/context';
import { requireFound } from '../../../runtime/require';
import { currentMessageSettings } from '../../../stores/message-settings';
import { countOften } from '../../../stores/rates';
import { isGreeting } from '../faq/is-greeting';
import { sayAnswer } from '../faq/say-answer';
import { answerer } from './answerer';
import { isTitle } from './is-title';
import { questions } from './questions';
import { readFacts } from './read-facts';
import { TOPIC_NAMES } from './topic-names';

type Language = 'zh' | 'en';
/** What Shutong is and can do. */
const ABOUT = 'app-what';
const SHELF = 'pages/shelf/shelf';

const languageOf = (language: 'zh-CN' | 'en'): Language => (language === 'en' ? 'en' : 'zh');
const lineOf = ({ id, question }: FaqEntry, language: Language): { id: string; question: string } => ({
  id,
  question: question[language],
});

/** Answers a question of the page, in the page's language. Nothing is done and nothing is kept. */
export async function answerQuestion(
  context: Context,
  { text, language }: v.InferOutput<typeof AskInput>,
): Promise<AskOutput> {
  await countOften(context.openid, 'ask', context.now());
  const shown = languageOf(language);
  if (isGreeting(text)) {
    const entry = requireFound((await questions()).find(ABOUT), 'question');
    return { kind: 'answer', entry: await describe(context, entry, shown), others: [] };
  }
  const machine = await answerer();
  const reading = machine.read(text);
  switch (reading.kind) {
    case 'renew':
    case 'loans':
      return { kind: 'go', page: SHELF, what: reading.kind };
    case 'isbn':
      return { kind: 'search', text: reading.isbn13 };
    case 'title':
      return { kind: 'search', text: reading.title };
    case 'faq':
      break;
  }
  const { reply } = reading;
  // words that answer no question may be what a book is called
  if (reply.kind !== 'answer' && (await isTitle(context, text))) return { kind: 'search', text };
  if (reply.kind === 'none') return { kind: 'none' };
  if (reply.kind === 'nearest') {
    return { kind: 'nearest', entries: reply.entries.map((entry) => lineOf(entry, shown)) };
  }
  const others = reply.others.map((entry) => lineOf(entry, shown));
  return { kind: 'answer', entry: await describe(context, reply.entry, shown), others };
}

/** One entry by its id. @throws {AppError} NOT_FOUND */
export async function showEntry(
  context: Context,
  { id, language }: v.InferOutput<typeof AskEntryInput>,
): Promise<AskedEntry> {
  await countOften(context.openid, 'ask', context.now());
  const entry = requireFound((await questions()).find(id), 'question');
  return describe(context, entry, languageOf(language));
}

/** All questions by topic, and whether they can also be asked in WeChat's chat. */
export async function listTopics(
  context: Context,
  { language }: v.InferOutput<typeof AskTopicsInput>,
): Promise<v.InferOutput<typeof AskTopicsOutput>> {
  await countOften(context.openid, 'ask', context.now());
  const shown = languageOf(language);
  const [{ entries }, { chat }] = await Promise.all([questions(), currentMessageSettings(context.now())]);
  const topics = Object.entries(TOPIC_NAMES).map(([id, name]) => ({
    id,
    name: name[shown],
    questions: entries.filter(({ topic }) => topic === id).map((entry) => lineOf(entry, shown)),
  }));
  return { topics: topics.filter(({ questions }) => questions.length > 0), chat };
}

async function describe(context: Context, entry: FaqEntry, language: Language): Promise<AskedEntry> {
  const { topic, page } = entry;
  return {
    ...lineOf(entry, language),
    topic,
    answer: sayAnswer(entry, language, await readFacts(context, entry, language)),
    ...(page !== undefined && { page }),
  };
}
