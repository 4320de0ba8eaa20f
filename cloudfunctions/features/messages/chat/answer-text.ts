import { MAX_QUESTION_TEXT } from '../../../../contracts/ask';
import { AppError } from '../../../runtime/app-error';
import { watchErasures } from '../../../stores/erasures';
import { findTalk, keepTalk, removeTalk, type Talk } from '../../../stores/message-chats';
import { countCall } from '../../../stores/rates';
import { answerer, type Machine } from '../ask/answerer';
import type { Reply } from './compose';
import { speak, type Conversation, type Spoken } from './conversation';
import { handOver, wantsLibrarian } from './hand-over';
import { isGreeting } from '../faq/is-greeting';
import { tellEntry, tellReply, type Told } from './tell-answer';
import { tellIfTitle, tellIsbn, tellTitle } from './tell-books';
import { tellHolds, tellLoans } from './tell-loans';
import { introduce } from './introduce';
import { tellRenewal } from './tell-renewal';
import type { Language } from './words';

const HOLDS =
  /^(?:查看?|看看?|显示)?我的预约$|^预约(?:列表|记录)$|^(?:show |list )?my (?:holds|reservations)$/iu;
const NUMBER = /^([1-9])[.．、。)）]?$/u;
const SOMETHING = /[\p{L}\p{N}]/u;
/** Of a message that is too long so many characters are looked at to know its language. */
const LOOKED_AT = 200;

/** Answers one text. What it says is bounded by what a message may hold; nothing of the reader's own text is repeated. */
export async function answerText(conversation: Conversation, typed: string): Promise<Reply> {
  const { context, writer, account, services } = conversation;
  if (isTooLong(typed)) {
    const { words } = speak(conversation, hasHan(typed.slice(0, LOOKED_AT)) ? 'zh' : 'en');
    return { text: words.tooLong(MAX_QUESTION_TEXT) };
  }
  const text = typed.replace(/[\p{Cc}\p{Cs}]+/gu, ' ').trim();
  const desk = context.desk();
  const [erasures, talk] = await Promise.all([
    watchErasures(desk.lookup, writer),
    findTalk(desk, writer, context.now()),
  ]);
  if (!SOMETHING.test(text)) return introduce(conversation, 'greeting');
  const machine = await answerer();
  const spoken = speak(conversation, languageOf(machine, text) ?? talk?.language ?? 'zh');
  if (await isTooOften(conversation)) return { text: spoken.words.tooMany };
  if (isGreeting(text)) return introduce(conversation, 'greeting', hasHan(text) ? 'zh' : 'en');
  // WeChat's check knows the mini program's users only; of others nothing is kept or passed on
  if (account === 'miniProgram' && (await services.checkText(writer, text)) === 'risky')
    return { text: spoken.words.rejected };
  const { reply, next } = await answer(spoken, machine, text, talk);
  await keepTalk(desk, writer, next, context.now());
  if (await erasures.hadOne()) await removeTalk(writer);
  return reply;
}

/** Does not count a text of megabytes. */
const isTooLong = (text: string): boolean =>
  text.length > 2 * MAX_QUESTION_TEXT || [...text].length > MAX_QUESTION_TEXT;
const hasHan = (text: string): boolean => /\p{Script=Han}/u.test(text);

/** That of the question, to pinyin Chinese; undefined where it has no words: an ISBN, a number. */
function languageOf(machine: Machine, text: string): Language | undefined {
  if (hasHan(text)) return 'zh';
  const words = text.replace(/\bisbn\b/giu, '');
  if (!/\p{L}{2}/u.test(words)) return undefined;
  return hasHan(machine.understand(words)) ? 'zh' : 'en';
}

async function isTooOften({ writer, context }: Conversation): Promise<boolean> {
  try {
    await countCall(writer, 'messages.chat', context.now());
    return false;
  } catch (error) {
    if (error instanceof AppError && error.code === 'BUSY') return true;
    throw error;
  }
}

async function answer(
  spoken: Spoken,
  machine: Machine,
  text: string,
  talk: Talk | undefined,
): Promise<{ reply: Reply; next: Talk }> {
  const { language } = spoken;
  const kept = talk?.question === undefined ? {} : { question: talk.question };
  const wanted = wantsLibrarian(text);
  if (wanted) {
    const question = wanted.question ?? talk?.question;
    const { reply, handed } = await handOver(spoken, question);
    // asked once more, the same question is not handed on twice
    const left = handed || question === undefined ? {} : { question };
    return { reply, next: { language, offered: [], ...left } };
  }
  const told = (said: Told, question: { question?: string }) => ({
    reply: { text: said.text },
    next: { language, offered: said.offered, ...question },
  });
  const number = NUMBER.exec(text.normalize('NFKC'))?.[1];
  if (number !== undefined && talk) {
    const entry = machine.find(talk.offered[Number(number) - 1] ?? '');
    // what was offered stays offered: the second may be looked at after the first
    if (entry) return told({ text: (await tellEntry(spoken, entry)).text, offered: talk.offered }, kept);
  }
  const plain = (said: string) => told({ text: said, offered: [] }, kept);
  if (number !== undefined) return plain(spoken.words.gone);
  if (HOLDS.test(text)) return plain(await tellHolds(spoken));
  const reading = machine.read(text);
  switch (reading.kind) {
    case 'renew':
      return plain(await tellRenewal(spoken));
    case 'loans':
      return plain(await tellLoans(spoken));
    case 'isbn':
      return plain(await tellIsbn(spoken, reading.isbn13));
    case 'title':
      return plain(await tellTitle(spoken, reading.title));
    case 'faq':
      break;
  }
  const book = reading.reply.kind === 'answer' ? undefined : await tellIfTitle(spoken, text);
  if (book !== undefined) return plain(book);
  return told(await tellReply(spoken, reading.reply), { question: text });
}
