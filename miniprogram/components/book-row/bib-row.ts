import type { BibSummary } from '../../../contracts/catalog';
import { fill, type Language, type Texts } from '../../i18n/index';
import { clcColour } from '../../lib/clc';
import { dayText, daysUntil } from '../../lib/dates';

/** A title as a line of a list, ready to be shown. */
export interface BibRow {
  bibId: string;
  title: string;
  /** Author, publisher, year */
  byline: string;
  callNumber: string;
  clc: string;
  availability: string;
  /** `in`: can be taken from the shelf now; `unknown`: the list does not tell */
  tone: 'in' | 'out' | 'unknown';
}

export const NO_ROW: BibRow = {
  bibId: '',
  title: '',
  byline: '',
  callNumber: '',
  clc: 'none',
  availability: '',
  tone: 'out',
};

export function bibRow(bib: BibSummary, texts: Texts, language: Language): BibRow {
  const byline = [bib.author, bib.publisher, bib.year].filter((part) => part !== undefined && part !== '');
  return {
    bibId: bib.bibId,
    title: bib.title,
    byline: byline.join('\u2003'),
    callNumber: bib.callNumber ?? '',
    clc: clcColour(bib.clc ?? bib.callNumber),
    ...availability(bib, texts, language),
  };
}

/** Where a reader can have a title now, else when the first copy comes back. */
export function availability(
  bib: BibSummary,
  { availability: t }: Texts,
  language: Language,
): Pick<BibRow, 'availability' | 'tone'> {
  if (bib.availableCopies === undefined) return { availability: t.unknown, tone: 'unknown' };
  if (bib.availableCopies > 0) {
    const text =
      bib.availableAt !== undefined && bib.availableAt.length > 0
        ? fill(t.at, { places: bib.availableAt.join(language === 'en' ? ', ' : '、') })
        : fill(t.copies, { n: bib.availableCopies });
    return { availability: text, tone: 'in' };
  }
  if (bib.totalCopies === 0) return { availability: t.none, tone: 'out' };
  if (bib.earliestDueAt === undefined) return { availability: t.out, tone: 'out' };
  if (daysUntil(bib.earliestDueAt) < 0) return { availability: t.outOverdue, tone: 'out' };
  return { availability: fill(t.outUntil, { day: dayText(bib.earliestDueAt, language) }), tone: 'out' };
}
