import { compareCallNumbers } from '../../../../miniprogram/lib/compare-call-numbers';
import type { Dice } from './dice';

export interface ShelvedBook {
  title: string;
  callNumber: string;
}

/** Longest call number that is asked about, in UTF-16 units: four of them stand in one explanation. */
const MAX_CALL_NUMBER = 24;
const LONGEST_TITLE = 24;
/** Among how many neighbours one book is taken: near enough to have to look closely, never the same few. */
const SPREAD = 6;

/** With a slash, as Chinese libraries write them: "H62 K39" may be of another classification, in another order. */
const isClear = ({ title, callNumber }: ShelvedBook): boolean =>
  title.trim() !== '' &&
  callNumber.length <= MAX_CALL_NUMBER &&
  /^[^/\s]+\/[^\s]+$/.test(callNumber) &&
  compareCallNumbers(callNumber, callNumber) === 0;

function sharedStart(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}

/**
 * Picks books from one neighbourhood of the shelves whose order nobody could dispute.
 * @returns as they stand on the shelf, no two at the same place; undefined when there are not so many
 */
export function pickBooks(
  books: readonly ShelvedBook[],
  count: number,
  dice: Dice,
): ShelvedBook[] | undefined {
  const clear = dice.shuffle(books.filter(isClear));
  for (const anchor of clear.slice(0, 5)) {
    const nearest = clear
      .map((book) => ({ book, shared: sharedStart(book.callNumber, anchor.callNumber) }))
      .sort((a, b) => b.shared - a.shared)
      .map(({ book }) => book);
    const near = dice.shuffle(nearest.slice(0, count * SPREAD));
    const picked: ShelvedBook[] = [];
    for (const book of [anchor, ...near, ...nearest.slice(count * SPREAD)]) {
      if (picked.every((other) => compareCallNumbers(book.callNumber, other.callNumber))) picked.push(book);
      if (picked.length === count) {
        return picked
          .sort((a, b) => compareCallNumbers(a.callNumber, b.callNumber) ?? 0)
          .map(({ title, callNumber }) => ({ title: shorten(title), callNumber }));
      }
    }
  }
  return undefined;
}

/** By characters, not by halves of them. */
function shorten(title: string): string {
  const characters = [...title.trim()];
  return characters.length <= LONGEST_TITLE
    ? characters.join('')
    : `${characters.slice(0, LONGEST_TITLE - 1).join('')}…`;
}

export interface ShelfSigns {
  /** Signs at the ends of shelves, as they stand side by side. */
  ranges: { from: string; to: string }[];
  book: ShelvedBook;
  /** On which of them the book stands, from 0. */
  place: number;
}

/** Shelves with a sign each, and a book that stands between the two ends of one of them. */
export function pickShelves(
  books: readonly ShelvedBook[],
  shelves: number,
  dice: Dice,
): ShelfSigns | undefined {
  const picked = pickBooks(books, 2 * shelves + 1, dice);
  if (!picked) return undefined;
  const place = dice.below(shelves);
  const [book] = picked.splice(2 * place + 1, 1);
  const ranges = Array.from({ length: shelves }, (_, shelf) => ({
    from: picked[2 * shelf]!.callNumber,
    to: picked[2 * shelf + 1]!.callNumber,
  }));
  return { ranges, book: book!, place };
}
