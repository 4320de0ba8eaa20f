import { both } from '../../staff/says';
import type { Says } from '../../staff/says';

/** Where something stands: rows as a spreadsheet numbers them, lines as an editor does, both from 1. */
export interface Place {
  row: number;
  line: number;
}

/** Most that are shown; all are counted. */
export const MAX_SHOWN = 50;

/**
 * What is wrong or doubtful in a file, row by row. What a cell says is never shown: it is about a reader.
 */
export class Findings {
  readonly shown: string[] = [];
  readonly #counts = new Map<string, number>();
  #rows = 0;
  #lastRow = 0;

  /** @param column as it is named to staff, e.g. `D "due"` */
  add({ row, line }: Place, column: string | undefined, says: Says): void {
    const what = both(column === undefined ? says : { en: `${column}: ${says.en}`, zh: says.zh });
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1);
    if (row !== this.#lastRow) this.#rows++;
    this.#lastRow = row;
    if (this.shown.length >= MAX_SHOWN) return;
    const place = row === line ? `row ${row} 第 ${row} 行` : `row ${row} (line ${line}) 第 ${row} 行`;
    this.shown.push(`${place}: ${what}`);
  }

  /** Rows that have any. */
  get rows(): number {
    return this.#rows;
  }

  get total(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
  }

  /** What there is, and how often, most first. */
  get counts(): readonly (readonly [what: string, count: number])[] {
    return [...this.#counts].sort(([, a], [, b]) => b - a);
  }
}
