import { zipSync } from 'fflate';
import { readSheet } from 'read-excel-file/node';
import type { CellValue } from 'read-excel-file/node';
import { Refused } from '../../staff/says';
import type { Problem } from '../../staff/says';
import { firstSheetOf } from './first-sheet';
import { inspectSheet } from './inspect-sheet';
import type { Inspection } from './inspect-sheet';
import { damaged, openArchive } from './open-archive';
import { tooWide } from './read-csv';
import { letterOf } from '../../staff/letter-of';
import { formulaProblem, startsFormula, tooManyRows } from './table';
import type { Table, TableRow } from './table';

/**
 * The first sheet of an .xlsx workbook. What the reading library passes over
 * (formulas, errors, merged cells) is looked for first, and it is only given
 * what was unpacked within bounds.
 * @throws {Refused} when it cannot be read at all
 */
export async function readXlsx(file: string, bytes: Buffer): Promise<Table> {
  if (bytes.subarray(0, 4).toString('hex') === 'd0cf11e0') {
    throw new Refused({
      en: `${file} is an old .xls workbook or has a password: save it as .xlsx without one`,
      zh: `${file} 是旧的 .xls 工作簿或设有密码：请另存为不带密码的 .xlsx`,
    });
  }
  const entries = openArchive(file, bytes);
  try {
    const name = firstSheetOf(entries);
    const sheet = entries.get(name);
    if (!sheet) throw damaged(file);
    const inspection = inspectSheet(Buffer.from(sheet).toString('utf8'));
    const table = { file, readAs: 'XLSX', rows: [] };
    // Its values are not read: there would be too many of them.
    if (inspection.tooLong) return { ...table, tooLong: true, problems: [tooManyRows(file)] };
    const others = [...entries].filter(([other]) => other === name || !other.startsWith('xl/worksheets/'));
    const clean = Buffer.from(zipSync(Object.fromEntries(others), { level: 0 }));
    const values = await readSheet(clean, 1).catch(() => {
      throw damaged(file);
    });
    return withRows({ ...table, problems: problemsOf(file, inspection) }, values);
  } catch (error) {
    if (error instanceof SyntaxError) throw damaged(file);
    throw error;
  }
}

function problemsOf(file: string, { formulas, errors, merges, ...sheet }: Inspection): Problem[] {
  return [
    ...merges.map((range) => ({
      file,
      row: Number(/\d+/.exec(range)?.[0] ?? 1),
      en: `cells ${range} are merged: unmerge them`,
      zh: `单元格 ${range} 是合并的：请取消合并`,
    })),
    ...formulas.map(({ row, column }) => formulaProblem(file, row, column)),
    ...errors.map(({ row, column }) => ({
      file,
      row,
      column,
      en: 'shows an error, e.g. #N/A: put in the plain text',
      zh: '显示错误值（如 #N/A）：请改成普通文字',
    })),
    ...sheet.tooWide.map((row) => tooWide(file, row)),
  ];
}

function withRows(table: Table, sheet: readonly (readonly (CellValue | null)[])[]): Table {
  const rows: TableRow[] = [];
  const problems = [...table.problems];
  sheet.forEach((values, i) => {
    const cells = values.map(toText);
    if (cells.every((cell) => cell === '')) return;
    cells.forEach((cell, column) => {
      if (startsFormula(cell)) problems.push(formulaProblem(table.file, i + 1, letterOf(column + 1)));
    });
    rows.push({ row: i + 1, cells });
  });
  return { ...table, rows, problems };
}

function toText(value: unknown): string {
  // Dates of cells have no zone; the library gives them in UTC.
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
