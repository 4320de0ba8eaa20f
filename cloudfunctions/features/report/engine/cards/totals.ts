import type { MakeCard } from '../material';

export const makeTotals: MakeCard<'totals'> = ({ facts }) => {
  const { loans, titles, authors, months, withoutAuthor } = facts;
  const names = facts.reading.span.monthNames;
  return {
    kind: 'totals',
    loans: loans.length,
    titles: titles.size,
    authors: authors.size,
    months: months.map((count, i) => ({ month: names[i]!, loans: count })),
    how: { withoutAuthor },
  };
};
