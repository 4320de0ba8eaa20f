import type { Borrowers, ReportBook } from '../../../../contracts/report/fields';
import { FEW_BORROWERS } from '../../../../contracts/report/fields';
import { cleanAuthor, cleanTitle } from './clean-text';
import { letterAt, mainClass } from './main-class';

/** A title that may be recommended. */
export interface Candidate {
  bibId: string;
  title: string;
  author?: string;
  clc?: string;
  /** In the library's window, where they are counted. */
  borrowers?: number;
  /** A copy could be taken home when the library was asked. */
  available: boolean;
}

export interface ShelfBook {
  book: ReportBook & { bibId: string };
  borrowers?: Borrowers;
}

/** What is on the shelf, most borrowed first, then by bibId; made once for all readers. */
export interface Shelf {
  asOf: string;
  books: readonly ShelfBook[];
  byId: ReadonlyMap<string, ShelfBook>;
  byAuthor: ReadonlyMap<string, readonly ShelfBook[]>;
  byTitle: ReadonlyMap<string, readonly ShelfBook[]>;
  byClass: ReadonlyMap<string, readonly ShelfBook[]>;
}

/** @param asOf when the library was asked what is available */
export function makeShelf(candidates: readonly Candidate[], asOf: string): Shelf {
  const available = new Map<string, Candidate>();
  for (const one of candidates)
    if (one.available && cleanTitle(one.title) !== undefined) available.set(one.bibId, one);
  const books = [...available.values()]
    .sort((a, b) => (b.borrowers ?? 0) - (a.borrowers ?? 0) || (a.bibId < b.bibId ? -1 : 1))
    .map(toShelfBook)
    .filter(isFirstEdition());
  return {
    ...{ asOf, books },
    byId: new Map(books.map((one) => [one.book.bibId, one])),
    byAuthor: groupBy(books, ({ book }) => book.author),
    byTitle: groupBy(books, ({ book }) => book.title),
    byClass: groupBy(books, ({ book }) => book.clc),
  };
}

function toShelfBook({ bibId, title, author, clc, borrowers }: Candidate): ShelfBook {
  const name = cleanAuthor(author);
  const shown = cleanTitle(title);
  const letter = letterAt(mainClass(clc));
  return {
    book: {
      bibId,
      ...(shown !== undefined && { title: shown }),
      ...(name !== undefined && { author: name }),
      ...(letter !== undefined && { clc: letter }),
    },
    ...(borrowers !== undefined && { borrowers: borrowers < FEW_BORROWERS ? 'few' : borrowers }),
  };
}

/** A title as cards name it. */
export const bookOfCandidate = (candidate: Candidate): ShelfBook['book'] => toShelfBook(candidate).book;

/** Of several editions of a work the most borrowed is enough. */
function isFirstEdition(): (one: ShelfBook) => boolean {
  const works = new Set<string>();
  return ({ book }) => {
    const { size } = works;
    return works.add(`${book.title ?? ''}\n${book.author ?? ''}`).size > size;
  };
}

function groupBy(
  books: readonly ShelfBook[],
  key: (book: ShelfBook) => string | undefined,
): Map<string, ShelfBook[]> {
  const groups = new Map<string, ShelfBook[]>();
  for (const book of books) {
    const name = key(book);
    if (name === undefined) continue;
    const group = groups.get(name);
    if (group) group.push(book);
    else groups.set(name, [book]);
  }
  return groups;
}
