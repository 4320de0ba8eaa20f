import { en } from './en';
import { zh, type ChatWords } from './zh';

export type { ChatWords };
export type Language = 'zh' | 'en';
export const wordsOf = (language: Language): ChatWords => (language === 'en' ? en : zh);
