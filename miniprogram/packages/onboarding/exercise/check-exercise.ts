import type { ExerciseOutput } from '../../../../contracts/onboarding/index';
import { fill, type Texts } from '../../../i18n/index';
import { parseCallNumber } from '../../../lib/call-number';
import { compareCallNumbers } from '../../../lib/compare-call-numbers';

export type Book = ExerciseOutput['books'][number];
export type Range = NonNullable<ExerciseOutput['shelves']>['ranges'][number];

/** What is said of an answer. */
export interface Verdict {
  right: boolean;
  words: string;
  /** Call numbers of the two books that stand the wrong way round */
  mixedUp: string[];
}

/** Looks at a row of books from the left: the first two that stand the wrong way round are explained. */
export function checkOrder(row: readonly Book[], { exercise: t }: Texts): Verdict {
  for (const [at, book] of row.entries()) {
    const after = row[at + 1];
    if (after === undefined) break;
    if ((compareCallNumbers(book.callNumber, after.callNumber) ?? 0) > 0)
      return {
        right: false,
        words: explain(book.callNumber, after.callNumber, t),
        mixedUp: [book.callNumber, after.callNumber],
      };
  }
  return { right: true, words: t.right, mixedUp: [] };
}

/** @param a stands before b, and should stand after it */
function explain(a: string, b: string, t: Texts['exercise']): string {
  const [x, y] = [parseCallNumber(a), parseCallNumber(b)];
  if (x === undefined || y === undefined) return fill(t.wrongPlain, { a, b });
  if (x.classNumber !== y.classNumber)
    return fill(t.wrongClass, { a, b, x: x.classNumber, y: y.classNumber });
  if (x.bookNumber !== y.bookNumber) return fill(t.wrongNumber, { a, b, x: x.bookNumber, y: y.bookNumber });
  return fill(t.wrongRest, { a, b });
}

/** Whether a book stands on a shelf with these signs, and if not, on which side of it. */
export function checkShelf(range: Range, book: Book, { exercise: t }: Texts): Verdict {
  const { from, to } = range;
  const words = { book: book.callNumber, from, to };
  if ((compareCallNumbers(book.callNumber, from) ?? 0) < 0)
    return { right: false, words: fill(t.shelfBefore, words), mixedUp: [] };
  if ((compareCallNumbers(book.callNumber, to) ?? 0) > 0)
    return { right: false, words: fill(t.shelfAfter, words), mixedUp: [] };
  return { right: true, words: fill(t.shelfRight, words), mixedUp: [] };
}
