import type { Bib, Holdings } from '../../../contracts/catalog';
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
  /** Empty as long as nobody has told */
  availability: string;
  tone: 'in' | 'out' | 'unknown';
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

/** The title with its copies counted, where the library's system counts none and tells of each what it does. */
function counted(bib: Bib, holdings: Holdings | null): Bib {
  const items = holdings?.items ?? [];
  const told = items.every(({ status }) => status !== 'unknown');
  if (bib.availableCopies !== undefined || holdings === null || !told) return bib;
  const available = items.filter(({ status }) => status === 'available');
  const due = items.flatMap(({ dueAt }) => dueAt ?? []).sort();
  return {
    ...bib,
    availableCopies: available.length,
    totalCopies: items.length,
    availableAt: [...new Set(available.map(({ branch }) => branch.name))],
    ...(available.length === 0 && due[0] !== undefined && { earliestDueAt: due[0] }),
  };
}

/** @param holdings its copies, once they were read */
export function bookView(bib: Bib, holdings: Holdings | null, texts: Texts, language: Language): BookView {
  const known = availability(counted(bib, holdings), texts, language);
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
    ...(known.tone === 'unknown' ? { availability: '', tone: known.tone } : known),
    facts: facts.filter(({ value }) => value !== ''),
  };
}
