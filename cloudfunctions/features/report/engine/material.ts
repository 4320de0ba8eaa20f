import type { Card, CardKind, CardOf } from '../../../../contracts/report/cards';
import type { ReportBook } from '../../../../contracts/report/fields';
import type { LibraryYear } from '../../../../contracts/report/library-year';
import type { WithheldReason } from '../../../../contracts/report/report';
import type { Facts } from './facts';
import type { Shelf } from './shelf';

/** The whole library's figures, as reports look at them. */
export interface LibraryFigures {
  year: LibraryYear;
  /** A title's borrowers in the window; undefined where they are few. @param titleKey its bibId, else its words */
  borrowersOf(titleKey: string): number | undefined;
  /** The title of a bibId; undefined where the catalogue has it no more. */
  describe(bibId: string): ReportBook | undefined;
}

/** All that cards are made from. */
export interface Material {
  facts: Facts;
  library?: LibraryFigures;
  readerType?: string;
  /** Days with an entry at the gate, as numbers since 1970-01-01; absent where the library does not tell. */
  gateDays?: readonly number[];
  shelf?: Shelf;
  /** The owner lets keywords speak of health, religion, law and politics. */
  sensitiveKeywords: boolean;
  /** Cards made before this one, in the order of the registry. */
  shown: ShownCards;
}

/** The cards of a report while it is made. */
export class ShownCards {
  readonly cards: Card[] = [];

  find<K extends CardKind>(kind: K): CardOf<K> | undefined {
    return this.cards.find((card): card is CardOf<K> => card.kind === kind);
  }
}

/** Makes one card, or says why there is none. */
export type MakeCard<K extends CardKind> = (material: Material) => CardOf<K> | WithheldReason;
