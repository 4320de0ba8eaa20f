import type { AskedEntry, AskOutput } from '../../../../contracts/ask';

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

export function entryView({ question, answer, page = '' }: AskedEntry, open: string): AskView {
  return { ...NOTHING_ASKED, state: 'answer', question, answer, page, pageWords: open };
}

/** @param open words of the button that leads to a page */
export function askView(output: AskOutput, open: string): AskView {
  switch (output.kind) {
    case 'answer':
      return { ...entryView(output.entry, open), lines: output.others };
    case 'nearest':
      return { ...NOTHING_ASKED, state: 'nearest', lines: output.entries };
    case 'go':
      return { ...NOTHING_ASKED, state: 'go', page: output.page, pageWords: output.what };
    case 'search':
      return { ...NOTHING_ASKED, state: 'search', searchText: output.text };
    default:
      return { ...NOTHING_ASKED, state: 'none' };
  }
}
