import { CsvError, parse } from 'csv-parse';
import { Refused } from '../../staff/says';
import type { Problem } from '../../staff/says';
import { decodeText } from './decode-text';
import { requireCommas } from './require-commas';
import { letterOf } from '../../staff/letter-of';
import { formulaProblem, MAX_COLUMNS, MAX_ROWS, startsFormula, tooManyRows } from './table';
import type { Table, TableRow } from './table';

/** Longest record, characters: twice the longest item that could be right. */
const MAX_RECORD = 20_000;

/**
 * A CSV file (RFC 4180, comma). A record is a row, as in the spreadsheet that
 * wrote it, also where a cell has several lines.
 * @throws {Refused} when it cannot be read at all
 */
export async function readCsv(file: string, bytes: Buffer): Promise<Table> {
  const { text, readAs } = decodeText(file, bytes);
  requireCommas(file, text);
  const rows: TableRow[] = [];
  const problems: Problem[] = [];
  const parser = parse(text, {
    relax_column_count: true,
    skip_empty_lines: false,
    max_record_size: MAX_RECORD,
  });
  let row = 0;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      row++;
      const cells = record.map((cell) => cell.trim());
      if (cells.every((cell) => cell === '')) continue;
      if (rows.length === MAX_ROWS) {
        return { file, readAs: `CSV, ${readAs}`, rows: [], tooLong: true, problems: [tooManyRows(file)] };
      }
      cells.forEach((cell, i) => {
        if (startsFormula(cell)) problems.push(formulaProblem(file, row, letterOf(i + 1)));
      });
      if (cells.slice(MAX_COLUMNS).some((cell) => cell !== '')) problems.push(tooWide(file, row));
      rows.push({ row, cells: cells.slice(0, MAX_COLUMNS) });
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new Refused({
      en: `${file}, after row ${row}: no sound CSV from here on; a quotation mark that is not closed, perhaps`,
      zh: `${file} 第 ${row} 行以后不是正确的 CSV：可能有没有配对的引号`,
    });
  }
  return { file, readAs: `CSV, ${readAs}`, rows, problems };
}

export const tooWide = (file: string, row: number): Problem => ({
  file,
  row,
  en: `has something right of column ${letterOf(MAX_COLUMNS)}: delete it`,
  zh: `在 ${letterOf(MAX_COLUMNS)} 列右边还有内容：请删去`,
});
