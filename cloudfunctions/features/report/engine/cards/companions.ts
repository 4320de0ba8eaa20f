import { bookOf } from '../facts';
import { dateText } from '../local-clock';
import type { MakeCard } from '../material';
import type { KnownLoan, Reading } from '../prepare-loans';

const endDay = ({ ending, returnDay }: KnownLoan, { snapshot }: Reading): number =>
  ending === 'returned' ? returnDay : snapshot.day;

/** Loans stand in the order of time, so the first of several equal ones is taken. */
export const makeLongestCompanion: MakeCard<'longestCompanion'> = ({ facts }) => {
  const compared = facts.loans.filter(({ days }) => days >= 0);
  const [first, ...others] = compared;
  if (!first) return 'noReturns';
  const longest = others.reduce((best, loan) => (loan.days > best.days ? loan : best), first);
  return {
    kind: 'longestCompanion',
    book: bookOf(longest),
    days: longest.days,
    from: dateText(longest.day),
    to: dateText(endDay(longest, facts.reading)),
    open: longest.ending === 'open',
    how: { compared: compared.length, unknownEnd: facts.loans.length - compared.length },
  };
};

export const makeQuickest: MakeCard<'quickest'> = ({ facts }) => {
  const returned = facts.loans.filter(({ ending }) => ending === 'returned');
  const [first, ...others] = returned;
  if (!first) return 'noReturns';
  const quickest = others.reduce((best, loan) => (loan.days < best.days ? loan : best), first);
  // then all that came back were kept as long as the longest, and none was quick
  if (facts.loans.every(({ days }) => days <= quickest.days)) return 'sameAsLongest';
  return {
    kind: 'quickest',
    book: bookOf(quickest),
    days: quickest.days,
    from: dateText(quickest.day),
    to: dateText(quickest.returnDay),
    how: { returned: returned.length },
  };
};
