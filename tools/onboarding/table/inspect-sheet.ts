import { SaxesParser } from 'saxes';
import type { SaxesTagPlain } from 'saxes';
import { letterOf } from '../../staff/letter-of';
import { MAX_COLUMNS, MAX_ROWS } from './table';

/** What a sheet has beside its values, which its reader passes over. */
export interface Inspection {
  /** Places of cells with a formula, and of those that show an error, e.g. `#N/A`. */
  formulas: Place[];
  errors: Place[];
  /** Ranges of merged cells, e.g. `A1:B1`. */
  merges: string[];
  /** Rows that have something right of the columns that are looked at. */
  tooWide: number[];
  /** It has more rows than are looked at; the rest was not inspected. */
  tooLong: boolean;
}

export interface Place {
  row: number;
  column: string;
}

/** The limits of the format itself. */
const LAST_ROW = 1_048_576;
const LAST_COLUMN = 16_384;
/** A filled row further down is an accident. */
const LAST_LOOKED_AT = 5 * MAX_ROWS;

/** Goes through the XML of a sheet once. @throws {SyntaxError} when it is no sheet */
export function inspectSheet(xml: string): Inspection {
  const found: Inspection = { formulas: [], errors: [], merges: [], tooWide: [], tooLong: false };
  const parser = new SaxesParser();
  let cell: { row: number; column: number; isError: boolean } | undefined;
  let lastFilled = 0;
  let filled = 0;
  const isFilled = (): void => {
    if (!cell) return;
    if (cell.column > MAX_COLUMNS) found.tooWide.push(cell.row);
    if (cell.row === lastFilled) return;
    lastFilled = cell.row;
    found.tooLong ||= ++filled > MAX_ROWS || cell.row > LAST_LOOKED_AT;
  };
  const place = (): Place => ({ row: cell!.row, column: letterOf(cell!.column) });
  parser.on('error', (error) => {
    throw new SyntaxError(error.message);
  });
  parser.on('opentag', ({ name, attributes }: SaxesTagPlain) => {
    switch (localName(name)) {
      case 'row':
        if (Number(attributes['r'] ?? 1) > LAST_ROW) throw new SyntaxError('a row that cannot be');
        break;
      case 'c':
        cell = { ...placeOf(attributes['r'] ?? ''), isError: attributes['t'] === 'e' };
        if (cell.isError) found.errors.push(place());
        break;
      case 'f':
        if (cell) found.formulas.push(place());
        isFilled();
        break;
      case 'v':
      case 'is':
        isFilled();
        break;
      case 'mergeCell':
        found.merges.push(attributes['ref'] ?? '');
    }
  });
  parser.on('closetag', ({ name }) => {
    if (localName(name) === 'c') cell = undefined;
  });
  // In pieces, so that a sheet that is too long is not gone through to its end.
  for (let at = 0; at < xml.length && !found.tooLong; at += PIECE) parser.write(xml.slice(at, at + PIECE));
  if (!found.tooLong) parser.close();
  found.tooWide = [...new Set(found.tooWide)];
  return found;
}

const PIECE = 256 * 1024;

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

function placeOf(reference: string): { row: number; column: number } {
  const [, letters = '', digits = ''] = /^([A-Z]{1,3})(\d{1,7})$/.exec(reference) ?? [];
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  const row = Number(digits);
  if (column < 1 || column > LAST_COLUMN || row < 1 || row > LAST_ROW)
    throw new SyntaxError('no place of a cell');
  return { row, column };
}
