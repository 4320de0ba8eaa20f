import type { NEXT_REASONS } from '../../../../../contracts/report/cards';
import { cleanAuthor } from '../clean-text';
import { letterAt } from '../main-class';
import type { MakeCard, Material } from '../material';
import type { Shelf, ShelfBook } from '../shelf';
import { byTitles } from './top-author';

type Reason = (typeof NEXT_REASONS)[number];
interface Wish {
  reason: Exclude<Reason, 'mostBorrowed' | 'onShelf'> | 'other';
  from: readonly ShelfBook[];
}

const HOW_MANY = 3;
const MOST_AUTHORS = 5;

/**
 * One more of an author whom the reader borrowed most, one of the reader's top class, one of a class that
 * is new to the reader, each the most borrowed that the reader never borrowed; what the shelf does not have
 * is made up for by the most borrowed of all, and by what is on the shelf where nobody knows how much.
 */
export const makeNextThree: MakeCard<'nextThree'> = ({ facts, shelf }) => {
  if (!shelf) return 'noneAvailable';
  const read = readBefore(facts, shelf);
  const chosen: { one: ShelfBook; reason: Reason }[] = [];
  const choose = ({ reason, from }: Wish, isFit: (one: ShelfBook) => boolean = () => true): void => {
    if (chosen.length === HOW_MANY) return;
    const one = from.find(
      (candidate) =>
        isFit(candidate) && !read.has(candidate) && !chosen.some((other) => other.one === candidate),
    );
    if (one) chosen.push({ one, reason: reason === 'other' ? otherReason(one) : reason });
  };

  for (const wish of authorWishes(facts, shelf)) if (chosen.length === 0) choose(wish);
  choose(classWish(facts, shelf));
  const classes = new Set(facts.all.map(({ clc }) => letterAt(clc)));
  const other = { reason: facts.loans.length > 0 ? 'newClass' : 'other', from: shelf.books } as const;
  choose(other, ({ book }) => book.clc !== undefined && !classes.has(book.clc));
  // three classes where there is nothing to go by
  const isOther = ({ book }: ShelfBook): boolean => !chosen.some(({ one }) => one.book.clc === book.clc);
  for (let i = 0; i < HOW_MANY; i++) choose({ reason: 'other', from: shelf.books }, isOther);
  for (let i = 0; i < HOW_MANY; i++) choose({ reason: 'other', from: shelf.books });

  if (chosen.length === 0) return 'noneAvailable';
  return {
    kind: 'nextThree',
    books: chosen.map(({ one, reason }) => ({ ...one, reason })),
    how: { available: shelf.books.length - read.size, asOf: shelf.asOf },
  };
};

/** Nothing is called much borrowed without a number that can be told. */
const otherReason = ({ borrowers }: ShelfBook): Reason =>
  typeof borrowers === 'number' ? 'mostBorrowed' : 'onShelf';

function* authorWishes(facts: Material['facts'], shelf: Shelf): Generator<Wish> {
  for (const { name } of byTitles(facts.authors).slice(0, MOST_AUTHORS))
    yield { reason: 'sameAuthor', from: shelf.byAuthor.get(name) ?? [] };
}

function classWish({ classes }: Material['facts'], shelf: Shelf): Wish {
  const known = classes.slice(0, -1);
  const most = Math.max(...known);
  const letter = most > 0 ? letterAt(known.indexOf(most)) : undefined;
  return { reason: 'topClass', from: shelf.byClass.get(letter ?? '') ?? [] };
}

/** What of the shelf the reader has ever borrowed, in this edition or in another. */
function readBefore({ all }: Material['facts'], { byId, byTitle }: Shelf): ReadonlySet<ShelfBook> {
  const read = new Set<ShelfBook>();
  for (const { titleKey, row } of all) {
    const same = byId.get(titleKey);
    if (same) read.add(same);
    const editions = byTitle.get(row.title ?? '');
    for (const one of editions ?? []) if (one.book.author === cleanAuthor(row.author)) read.add(one);
  }
  return read;
}
