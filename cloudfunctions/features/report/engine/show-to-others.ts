import * as v from 'valibot';
import type { CardKind } from '../../../../contracts/report/cards';
import type { Report } from '../../../../contracts/report/report';
import {
  SampleCard,
  SharedCard,
  type PosterFigures,
  type SharedReport,
} from '../../../../contracts/report/shared';

/** The cards that their owner chose, with what others may see of them: the schema leaves out all the rest. */
export function shareReport({ window, since, cards }: Report, chosen: readonly CardKind[]): SharedReport {
  return {
    window,
    ...(since !== undefined && { since }),
    cards: cards.filter(({ kind }) => chosen.includes(kind)).map((card) => v.parse(SharedCard, card)),
  };
}

/** What of a report the staff may see who look through a year: counts, classes, months and the persona. */
export const sampleOf = ({ cards }: Report): SampleCard[] =>
  cards.flatMap((card) => {
    const sample = v.safeParse(SampleCard, card);
    return sample.success ? [sample.output] : [];
  });

/** Counts and the persona; cards that their owner hid give nothing to a poster either. */
export function posterOf({ window, since, cards }: Report, hidden: readonly CardKind[] = []): PosterFigures {
  const poster: PosterFigures = { window };
  if (since !== undefined) poster.since = since;
  for (const card of cards) {
    if (hidden.includes(card.kind)) continue;
    if (card.kind === 'totals') {
      poster.loans = card.loans;
      poster.titles = card.titles;
      poster.authors = card.authors;
    }
    if (card.kind === 'libraryDays') poster.libraryDays = card.days;
    if (card.kind === 'persona') poster.persona = card.persona;
  }
  return poster;
}
