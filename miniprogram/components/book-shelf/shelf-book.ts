import type { BibSummary } from '../../../contracts/catalog';
import { clcColour } from '../../lib/clc';

/** A title as a spine on a shelf. */
export interface ShelfBook {
  bibId: string;
  title: string;
  /** What a screen reader says */
  label: string;
  clc: string;
  /** Which of the five heights, so that a shelf has a rhythm and a book always the same height */
  height: number;
}

const HEIGHTS = 5;

export function shelfBook(bib: BibSummary): ShelfBook {
  return {
    bibId: bib.bibId,
    title: bib.title,
    label: bib.author === '' ? bib.title : `${bib.title}, ${bib.author}`,
    clc: clcColour(bib.clc ?? bib.callNumber),
    height: heightOf(bib.bibId),
  };
}

function heightOf(bibId: string): number {
  let hash = 7;
  for (const char of bibId) hash = (hash * 31 + char.charCodeAt(0)) % 9973;
  return hash % HEIGHTS;
}
