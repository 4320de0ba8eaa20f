import type { AuthorFacts } from '../facts';
import type { MakeCard } from '../material';

const LEAST_TITLES = 2;

export const makeTopAuthor: MakeCard<'topAuthor'> = ({ facts }) => {
  const [top] = byTitles(facts.authors);
  if (!top) return 'noAuthors';
  if (top.titles < LEAST_TITLES) return 'tooFew';
  const { name, titles, loans } = top;
  return {
    kind: 'topAuthor',
    author: name,
    ...{ titles, loans },
    how: { authors: facts.authors.size, withoutAuthor: facts.withoutAuthor },
  };
};

/** Most titles first, then most loans, then by name. */
export function byTitles(authors: ReadonlyMap<string, AuthorFacts>): AuthorFacts[] {
  return [...authors.values()].sort(
    (a, b) => b.titles - a.titles || b.loans - a.loans || (a.name < b.name ? -1 : 1),
  );
}
