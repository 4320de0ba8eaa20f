import type { CardOf } from '../../../../../contracts/report/cards';
import type { MakeCard } from '../material';

const MOST_TITLES = 10;

export const makeLibraryYear: MakeCard<'libraryYear'> = ({ library }) => {
  if (!library || library.year.loans === 0) return 'noLibraryYear';
  const { year } = library;
  const top: CardOf<'libraryYear'>['top'] = [];
  for (const { bibId, borrowers } of year.top) {
    const book = library.describe(bibId);
    if (book && top.length < MOST_TITLES) top.push({ book, borrowers });
  }
  const { loans, titles, months, classes, readers, asOf } = year;
  return { kind: 'libraryYear', ...{ loans, titles, months, classes, top }, how: { readers, asOf } };
};
