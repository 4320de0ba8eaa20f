import type { Persona } from '../../../../contracts/report/cards';

/** What is drawn on a card; its words for screen readers stand beside it. */
export type Chart =
  | { kind: 'months'; values: number[]; labels: string[] }
  /** Loans by hour around a dial, and by weekday below it */
  | { kind: 'clock'; hours: number[]; weekdays: number[]; labels: string[] }
  /** A shelf of spines, as high as their loans */
  | { kind: 'spines'; classes: { key: string; loans: number }[] }
  /** So many squares of which some are filled */
  | { kind: 'squares'; of: number; filled: number }
  /** A hundred dots */
  | { kind: 'dots'; filled: number }
  | { kind: 'streak'; weeks: number }
  | { kind: 'rings'; count: number }
  /** Twelve volumes on a shelf, for a cover */
  | { kind: 'year' }
  /** A volume for each title */
  | { kind: 'volumes'; count: number }
  | { kind: 'motif'; persona: Persona };

/** Of the drawing, px; and what it is drawn with. */
export interface Sheet {
  width: number;
  height: number;
  ink: string;
  /** How much larger than usual its texts are */
  scale: number;
}

/** Height of a chart for each px of its width. */
const SHAPES: Record<Chart['kind'], number> = {
  months: 0.52,
  clock: 1.02,
  spines: 0.62,
  squares: 0.5,
  dots: 0.62,
  streak: 0.24,
  rings: 1,
  year: 0.6,
  volumes: 0.5,
  motif: 0.72,
};

export function shapeOf(kind: Chart['kind']): number {
  return SHAPES[kind];
}
