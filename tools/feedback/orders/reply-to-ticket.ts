import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { FeedbackText, MAX_FEEDBACK_TEXT } from '../../../contracts/feedback';
import { wrong } from '../../staff/arguments';
import type { StaffOutput } from '../../staff/call-staff';
import { errorCode } from '../../staff/error-code';
import { both, Refused } from '../../staff/says';
import type { Says } from '../../staff/says';
import { requireTicket, type Arguments } from '../arguments';
import type { Order } from './order';
import { describeTicket } from './show-ticket';

/** `reply TICKET --text TEXT`. */
export const replyToTicket: Order = async ({ args, call, out, tell, confirm }) => {
  const { by } = args;
  const id = requireTicket(args);
  const text = requireText(args);
  for (const line of describeTicket(await call('feedback.show', { by, id }))) tell(line);
  await confirm({ en: 'Send this answer? The reader is told.', zh: '发送回复？读者会收到通知。' });
  const replied = await call('feedback.reply', { by, id, text });
  for (const line of describeTicket(replied)) out(line);
  if (replied.chat !== undefined) tell(both(CHAT_WORDS[replied.chat]));
  return 0;
};

/** @throws {UsageError} {@link Refused} */
function requireText({ text, file }: Arguments): string {
  if ((text === undefined) === (file === undefined))
    throw wrong('the answer: --text or --file', '请用 --text 或 --file 给出回复');
  const parsed = v.safeParse(FeedbackText, text ?? read(file!));
  if (parsed.success) return parsed.output;
  throw wrong(`an answer has 1 to ${MAX_FEEDBACK_TEXT} characters`, `回复为 1–${MAX_FEEDBACK_TEXT} 个字符`);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\ufeff/u, '');
  } catch (error) {
    const code = errorCode(error);
    throw new Refused({ en: `${file} cannot be read (${code})`, zh: `无法读取 ${file}（${code}）` });
  }
}

const CHAT_WORDS: Record<NonNullable<StaffOutput<'feedback.reply'>['chat']>, Says> = {
  sent: { en: 'also sent to the chat of customer service', zh: '也已发到客服会话' },
  unknown: {
    en: 'whether the chat of customer service has it is not known; the mini program does',
    zh: '不确定客服会话是否收到；小程序里已可看到',
  },
  refused: {
    en: 'WeChat did not take it for the chat of customer service; the mini program has it',
    zh: '微信没有接受发到客服会话；小程序里已可看到',
  },
  late: {
    en: 'the reader wrote to customer service more than 48 hours ago, so it is in the mini program only',
    zh: '读者在客服会话中留言已超过 48 小时，因此只在小程序里显示',
  },
};
