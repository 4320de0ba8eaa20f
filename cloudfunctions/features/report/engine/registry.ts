import type { Card, CardKind } from '../../../../contracts/report/cards';
import type { Report, WithheldReason } from '../../../../contracts/report/report';
import { makeCameBackTo } from './cards/came-back-to';
import { makeLongestCompanion, makeQuickest } from './cards/companions';
import { makeFirstBook } from './cards/first-book';
import { makeKeywords } from './cards/keywords';
import { makeLibraryDays } from './cards/library-days';
import { makeLibraryYear } from './cards/library-year';
import { makeNextThree } from './cards/next-three';
import { makeOnTime } from './cards/on-time';
import { makePeakMonth } from './cards/peak-month';
import { makePeakTime } from './cards/peak-time';
import { makePercentile } from './cards/percentile';
import { makePersona } from './cards/persona';
import { makePopularity } from './cards/popularity';
import { makeTopAuthor } from './cards/top-author';
import { makeTopClass } from './cards/top-class';
import { makeTotals } from './cards/totals';
import type { MakeCard, Material } from './material';

const MAKERS: { [K in CardKind]: MakeCard<K> } = {
  totals: makeTotals,
  firstBook: makeFirstBook,
  peakMonth: makePeakMonth,
  peakTime: makePeakTime,
  longestCompanion: makeLongestCompanion,
  quickest: makeQuickest,
  topClass: makeTopClass,
  topAuthor: makeTopAuthor,
  cameBackTo: makeCameBackTo,
  popularity: makePopularity,
  onTime: makeOnTime,
  libraryDays: makeLibraryDays,
  percentile: makePercentile,
  keywords: makeKeywords,
  persona: makePersona,
  nextThree: makeNextThree,
  libraryYear: makeLibraryYear,
};

/** The cards of each tier, in the order of the story. */
const STORIES: Record<Report['tier'], readonly CardKind[]> = {
  none: ['libraryYear', 'persona', 'nextThree'],
  few: [
    'totals',
    'firstBook',
    'longestCompanion',
    'topClass',
    'cameBackTo',
    'popularity',
    'persona',
    'nextThree',
  ],
  full: [
    'totals',
    'firstBook',
    'peakMonth',
    'peakTime',
    'longestCompanion',
    'quickest',
    'topClass',
    'topAuthor',
    'cameBackTo',
    'popularity',
    'onTime',
    'libraryDays',
    'percentile',
    'keywords',
    'persona',
    'nextThree',
  ],
};

export const storyOf = (tier: Report['tier']): [CardKind, (material: Material) => Card | WithheldReason][] =>
  STORIES[tier].map((kind) => [kind, MAKERS[kind]]);
