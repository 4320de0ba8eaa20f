import type { ReportOpenOutput } from '../../../../contracts/report/actions';
import type { CardKind } from '../../../../contracts/report/cards';
import { cardView } from '../cards/index';
import type { Saying } from '../cards/card-view';

/** A card that may be shown to others. */
export interface Choice {
  kind: CardKind;
  label: string;
  /** What it would tell */
  gist: string;
  /** Why it is not chosen by itself; empty for most */
  careful: string;
  chosen: boolean;
}

/** They compare the reader with others or tell of lateness: only their owner can choose them. */
const CAREFUL = { percentile: 'careful', onTime: 'carefulOnTime' } as const;

/** The cards of a report that are not hidden; those of the open link, or all but the careful ones, are chosen. */
export function choicesOf({ report, hidden, link }: ReportOpenOutput, saying: Saying): Choice[] {
  const { share: t } = saying.words;
  return report.cards
    .filter(({ kind }) => !hidden.includes(kind))
    .flatMap((card) => {
      const seen = cardView(card, saying);
      if (seen === undefined) return [];
      const { kind } = card;
      const careful = kind === 'percentile' || kind === 'onTime' ? t[CAREFUL[kind]] : '';
      const [book] = seen.books;
      const figure = [seen.figure, seen.unit].filter((part) => part !== '').join(' ');
      const gist = [figure, book?.title ?? '', seen.words.map(({ text }) => text).join(' '), ...seen.lines];
      return [
        {
          kind,
          label: seen.label,
          gist: gist.find((text) => text !== '') ?? '',
          careful,
          chosen: link === undefined ? careful === '' : link.cards.includes(kind),
        },
      ];
    });
}

export function chosenOf(choices: readonly Choice[]): CardKind[] {
  return choices.filter(({ chosen }) => chosen).map(({ kind }) => kind);
}
