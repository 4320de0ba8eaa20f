import { findTalk } from '../../../stores/message-chats';
import { findPreferences } from '../../../stores/message-preferences';
import type { Reply } from './compose';
import type { Conversation } from './conversation';
import { wordsOf, type Language } from './words';

/**
 * What can be asked here, and that the other language is understood, too.
 * @param first how it begins
 * @param language that of what was written; where nothing was, that of the talk before, else that of the mini program, as
 * far as it is known
 */
export async function introduce(
  { context, writer }: Conversation,
  first: 'greeting' | 'welcome' | 'onlyText',
  language?: Language,
): Promise<Reply> {
  const words = wordsOf(language ?? (await knownLanguage(context, writer)));
  return { text: [words[first], words.canDo, words.otherLanguage].join('\n') };
}

async function knownLanguage(context: Conversation['context'], writer: string): Promise<Language> {
  const talk = await findTalk(context.desk(), writer, context.now());
  if (talk) return talk.language;
  return context.openid !== '' && (await findPreferences(context.openid)).language === 'en' ? 'en' : 'zh';
}
