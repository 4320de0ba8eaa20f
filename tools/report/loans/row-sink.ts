import type { Says } from '../../staff/says';
import type { Place } from './findings';

/** Takes the rows of a file as they are read, whatever form it has. */
export interface RowSink {
  /** How the columns are called; again, with more at the end, where rows bring more. */
  header: (headers: readonly string[]) => void;
  /** What a row has in each column: text, or what JSON has. */
  row: (values: readonly unknown[], place: Place) => void;
  /** A row that cannot be taken apart. */
  broken: (place: Place, says: Says) => void;
}

/** Longest row, bytes: several times the longest that could be taken. */
export const MAX_ROW_BYTES = 128 * 1024;
