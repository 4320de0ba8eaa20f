import type { CardKind } from './cards';

/** All kinds of cards, without their schemas: a kind that is not here, or is none, does not compile. */
const KINDS: Record<CardKind, true> = {
  totals: true,
  firstBook: true,
  peakMonth: true,
  peakTime: true,
  longestCompanion: true,
  quickest: true,
  topClass: true,
  topAuthor: true,
  cameBackTo: true,
  popularity: true,
  onTime: true,
  libraryDays: true,
  percentile: true,
  keywords: true,
  persona: true,
  nextThree: true,
  libraryYear: true,
};
export const CARD_KINDS = Object.keys(KINDS) as [CardKind, ...CardKind[]];
