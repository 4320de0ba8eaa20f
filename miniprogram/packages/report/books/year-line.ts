import type { YearBook } from '../../../../contracts/report/shared';
import type { Language } from '../../../i18n/index';
import { clcColour } from '../../../lib/clc';
import { dayText } from '../../../lib/dates';
import { say, type ReportWords } from '../words/index';

/** A title of the year as a line of the list. */
export interface YearLine {
  key: number;
  bibId: string;
  title: string;
  author: string;
  clc: string;
  words: string;
}

export function yearLine(
  { book: { bibId = '', title, author = '', clc }, on, loans }: YearBook,
  key: number,
  { books: t, cards }: ReportWords,
  language: Language,
): YearLine {
  const day = dayText(on, language, '');
  return {
    ...{ key, bibId, author },
    title: title ?? cards.noTitle,
    clc: clcColour(clc),
    words: say(loans > 1 ? t.lineTimes : t.line, { day, n: loans }),
  };
}
