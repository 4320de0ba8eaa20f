import type { CardKind } from '../../../contracts/report/cards';
import type { Report } from '../../../contracts/report/report';
import type { Shown } from '../../stores/report-shares';
import { shareReport } from './engine/show-to-others';

/**
 * What is seen of a report: others see the cards that are to be shared, are in it, and are not hidden; no link where
 * none is left.
 * @param toShare undefined: no link is wanted
 */
export function chooseShown(
  report: Report,
  hidden: readonly CardKind[],
  toShare: readonly CardKind[] | undefined,
): Shown {
  const cards = report.cards
    .map(({ kind }) => kind)
    .filter((kind) => toShare?.includes(kind) && !hidden.includes(kind));
  const shown: Shown = { hidden: [...hidden] };
  if (cards.length > 0) shown.link = { cards, shared: shareReport(report, cards) };
  return shown;
}
