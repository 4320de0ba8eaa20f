import type { AskedEntry, AskOutput } from '../../../../contracts/ask';
import { fill, type Texts } from '../../../i18n/index';
import type { MessagesWords } from '../words/index';
import { pageName } from './page-name';

interface Line {
  id: string;
  question: string;
}

/** What was found, ready to be shown. */
export type AskState =
  'idle' | 'asking' | 'answer' | 'nearest' | 'none' | 'go' | 'search' | 'tooLong' | 'error';

export interface AskView {
  state: AskState;
  question: string;
  answer: string;
  /** Where it is done, and what that is called; empty where it is done nowhere here */
  page: string;
  pageWords: string;
  /** Other questions, or those that come nearest */
  lines: Line[];
  /** To be looked for in the catalogue */
  searchText: string;
}

export const NOTHING_ASKED: AskView = {
  state: 'idle',
  question: '',
  answer: '',
  page: '',
  pageWords: '',
  lines: [],
  searchText: '',
};

export function entryView(
  { question, answer, page = '' }: AskedEntry,
  words: MessagesWords,
  texts: Texts,
): AskView {
  const t = words.ask;
  const name = pageName(page, texts, words);
  const pageWords = name === undefined ? t.open : fill(t.openPage, { page: name });
  return { ...NOTHING_ASKED, state: 'answer', question, answer, page, pageWords };
}

export function askView(output: AskOutput, words: MessagesWords, texts: Texts): AskView {
  switch (output.kind) {
    case 'answer':
      return { ...entryView(output.entry, words, texts), lines: output.others };
    case 'nearest':
      return { ...NOTHING_ASKED, state: 'nearest', lines: output.entries };
    case 'go':
      return { ...NOTHING_ASKED, state: 'go', page: output.page, pageWords: goWords(output.what, words.ask) };
    case 'search':
      return { ...NOTHING_ASKED, state: 'search', searchText: output.text };
    default:
      return { ...NOTHING_ASKED, state: 'none' };
  }
}

/** A function newer than this app may name more than it knows. */
function goWords(what: string, t: MessagesWords['ask']): string {
  return (t.goes as Partial<Record<string, string>>)[what] ?? t.open;
}
