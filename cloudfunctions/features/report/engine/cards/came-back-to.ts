import { bookOf } from '../facts';
import type { MakeCard } from '../material';

export const makeCameBackTo: MakeCard<'cameBackTo'> = ({ facts }) => {
  const again = [...facts.titles.values()].filter(({ loans }) => loans >= 2);
  const [first, ...others] = again;
  if (!first) return 'none';
  // titles stand in the order of their first loans
  const most = others.reduce((best, title) => (title.loans > best.loans ? title : best), first);
  return {
    kind: 'cameBackTo',
    book: bookOf(most.first),
    loans: most.loans,
    others: others.length,
    how: { titles: facts.titles.size, loans: facts.loans.length },
  };
};
