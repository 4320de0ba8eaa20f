import type { Bib } from '../../../contracts/catalog';
import { availability } from '../../components/book-row/bib-row';
import type { Language, Texts } from '../../i18n/index';
import { clcClass, clcColour } from '../../lib/clc';

interface Fact {
  label: string;
  value: string;
}

/** What the head of the page says of a title. */
export interface BookView {
  title: string;
  subtitle: string;
  author: string;
  /** Publisher, year, edition */
  imprint: string;
  callNumber: string;
  clc: string;
  availability: string;
  tone: 'in' | 'out';
  facts: Fact[];
}

export const NO_BOOK: BookView = {
  title: '',
  subtitle: '',
  author: '',
  imprint: '',
  callNumber: '',
  clc: 'none',
  availability: '',
  tone: 'out',
  facts: [],
};

export function bookView(bib: Bib, texts: Texts, language: Language): BookView {
  const { book: t } = texts;
  const main = clcClass(bib.clc ?? bib.callNumber);
  const facts: Fact[] = [
    {
      label: t.class,
      value: main === undefined ? '' : `${main.letter} ${language === 'en' ? main.en : main.zh}`,
    },
    { label: t.subjects, value: bib.subjects.join(language === 'en' ? ', ' : '、') },
    { label: t.isbn, value: bib.isbn13 ?? '' },
  ];
  return {
    title: bib.title,
    subtitle: bib.subtitle ?? '',
    author: bib.author,
    imprint: [bib.publisher, bib.year, bib.edition]
      .filter((part) => part !== undefined && part !== '')
      .join('\u2003'),
    callNumber: bib.callNumber ?? '',
    clc: clcColour(bib.clc ?? bib.callNumber),
    ...availability(bib, texts, language),
    facts: facts.filter(({ value }) => value !== ''),
  };
}
