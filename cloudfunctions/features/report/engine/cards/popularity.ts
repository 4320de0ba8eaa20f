import { FEW_BORROWERS } from '../../../../../contracts/report/fields';
import { bookOf, type TitleFacts } from '../facts';
import type { MakeCard } from '../material';

/** Titles with few borrowers are equal here: not even their order may tell how few. */
export const makePopularity: MakeCard<'popularity'> = ({ facts, library }) => {
  if (!library) return 'noLibraryYear';
  const { year } = library;
  let most: { title: TitleFacts; borrowers: number } | undefined;
  let least: { title: TitleFacts; borrowers: number } | undefined;
  let fewTitles = 0;
  for (const title of facts.titles.values()) {
    const counted = library.borrowersOf(title.key) ?? 0;
    const borrowers = counted < FEW_BORROWERS ? 0 : counted;
    if (borrowers === 0) fewTitles++;
    if (!most || borrowers > most.borrowers) most = { title, borrowers };
    if (!least || borrowers < least.borrowers) least = { title, borrowers };
  }
  const popular = most && most.borrowers > 0 ? most : undefined;
  // one title alone, or several alike, are one or the other
  const niche = least && least.borrowers < (popular?.borrowers ?? 1) ? least : undefined;
  return {
    kind: 'popularity',
    ...(popular && { popular: { book: bookOf(popular.title.first), borrowers: popular.borrowers } }),
    ...(niche && {
      niche: { book: bookOf(niche.title.first), borrowers: niche.borrowers === 0 ? 'few' : niche.borrowers },
    }),
    fewTitles,
    how: {
      titles: facts.titles.size,
      ...{ readers: year.readers, libraryLoans: year.loans, asOf: year.asOf },
    },
  };
};
