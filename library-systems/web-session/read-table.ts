import { byTag, findAll, textOf } from './parse-page';
import type { Element } from './parse-page';

/** What a column is called here, and the words that stand in its heading. */
export type Columns<Name extends string> = Record<Name, RegExp>;

/** One line of a table: the cell of each column that the table has. */
export type Line<Name extends string> = Partial<Record<Name, Element>>;

const cellsOf = (row: Element): Element[] =>
  row.childNodes.filter((node): node is Element => 'tagName' in node && byTag('td', 'th')(node));

/**
 * The lines of the first table that has the columns asked for, found by its
 * headings: versions of one system order their columns differently.
 * @returns undefined when no table of the page has all of `needed`
 */
export function readTable<Name extends string>(
  root: Element,
  columns: Columns<Name>,
  needed: readonly Name[],
): Line<Name>[] | undefined {
  for (const table of findAll(root, byTag('table'))) {
    const rows = rowsOf(table);
    for (const [i, row] of rows.entries()) {
      const places = placesOf(row, columns);
      if (!needed.every((name) => places.has(name))) continue;
      return rows.slice(i + 1).flatMap((line) => readLine(line, places));
    }
  }
  return undefined;
}

/** The rows of a table itself, not those of tables within its cells. */
function rowsOf(table: Element): Element[] {
  const inner = new Set(findAll(table, byTag('table')).flatMap((one) => findAll(one, byTag('tr'))));
  return findAll(table, byTag('tr')).filter((row) => !inner.has(row));
}

function placesOf<Name extends string>(row: Element, columns: Columns<Name>): Map<Name, number> {
  const places = new Map<Name, number>();
  const headings = cellsOf(row).map((cell) => textOf(cell).replace(/\s/gu, ''));
  for (const name of Object.keys(columns) as Name[]) {
    const place = headings.findIndex((heading) => heading.length <= 20 && columns[name].test(heading));
    if (place >= 0) places.set(name, place);
  }
  return places;
}

/** Rows with fewer cells than the table has columns are remarks ("no records"), not lines. */
function readLine<Name extends string>(row: Element, places: Map<Name, number>): Line<Name>[] {
  const cells = cellsOf(row);
  if (cells.length <= Math.max(...places.values())) return [];
  const line: Line<Name> = {};
  for (const [name, place] of places) {
    const cell = cells[place];
    if (cell) line[name] = cell;
  }
  return [line];
}

/** The words in a cell; empty when the table has no such column. */
export const wordsIn = (cell: Element | undefined): string => (cell ? textOf(cell) : '');
