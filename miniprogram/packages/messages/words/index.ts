import { choosePlural, fill, type Language } from '../../../i18n/index';
import { en } from './en/index';
import { zhCN, type MessagesWords } from './zh-CN/index';

export type { MessagesWords };

const DICTIONARIES: Record<Language, MessagesWords> = { 'zh-CN': zhCN, en };

export function messagesWords(language: Language): MessagesWords {
  return DICTIONARIES[language];
}

/** As `fill`, with one of two words by a number: `say('{n} {n|book|books}', { n: 1 })`. */
export function say(text: string, values: Record<string, string | number>): string {
  return fill(choosePlural(text, values), values);
}
