import type { ExerciseOutput } from '../../../../contracts/onboarding';
import type { Dice } from './dice';
import { pickBooks, pickShelves, type ShelvedBook } from './pick-books';

const BOOKS = 5;
const SHELVES = 4;

/** Books to be put in order and one to be found. Where the library has too few whose order is clear: none. */
export function generateExercise(books: readonly ShelvedBook[], dice: Dice): ExerciseOutput {
  const inOrder = pickBooks(books, BOOKS, dice);
  const signs = pickShelves(books, SHELVES, dice);
  return {
    books: inOrder ? dice.shuffle(inOrder) : [],
    ...(signs && { shelves: { ranges: signs.ranges, book: signs.book } }),
  };
}
