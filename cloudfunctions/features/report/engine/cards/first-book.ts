import { bookOf } from '../facts';
import { dateText } from '../local-clock';
import type { MakeCard } from '../material';
import { reachesBack } from '../reaches-back';

export const makeFirstBook: MakeCard<'firstBook'> = ({ facts }) => {
  const { loans, earlier, reading } = facts;
  const first = loans[0]!;
  const firstDay = earlier.reduce((day, loan) => Math.min(day, loan.day), first.day);
  return {
    kind: 'firstBook',
    book: bookOf(first),
    on: dateText(first.day),
    ...(reading.sinceDay === undefined &&
      reachesBack(facts) && {
        firstEver: { on: dateText(firstDay), days: reading.snapshot.day - firstDay },
      }),
    how: { loans: loans.length, earlierLoans: earlier.length },
  };
};
