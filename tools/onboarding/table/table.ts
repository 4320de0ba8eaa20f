import { MAX_BANK_ITEMS } from '../../../contracts/staff';
import type { Problem } from '../../staff/says';

/** A sheet as text, whatever file it came from. */
export interface Table {
  file: string;
  /** How the file was read, for whoever checks that it was read rightly. */
  readAs: string;
  /** Every row that has something in it; the first of them is the header. */
  rows: TableRow[];
  /** It has more rows than a bank can have; single ones say nothing then. */
  tooLong?: true;
  /** What the form of the file itself has wrong. */
  problems: Problem[];
}

export interface TableRow {
  /** As a spreadsheet numbers it, from 1. */
  row: number;
  /** Trimmed; '' for an empty cell. */
  cells: string[];
}

/** The largest file that is looked at, bytes; a bank of 4,000 long items has about half of it. */
export const MAX_FILE_BYTES = 16 * 1024 * 1024;
/** Rows with something in them: the header and as many items as a bank may have. */
export const MAX_ROWS = MAX_BANK_ITEMS + 1;
/** Columns that are looked at; those of a bank are about half of it. */
export const MAX_COLUMNS = 64;

export const tooManyRows = (file: string): Problem => ({
  file,
  en: `has more than ${MAX_BANK_ITEMS} items; a bank has at most ${MAX_BANK_ITEMS}`,
  zh: `题目超过 ${MAX_BANK_ITEMS} 道；一个题库最多 ${MAX_BANK_ITEMS} 道`,
});

/** A cell that a spreadsheet would run. Full-width signs are typed by accident and run by some. */
export const startsFormula = (text: string): boolean => /^[=+\-@]/u.test(text.trimStart().normalize('NFKC'));

export const formulaProblem = (file: string, row: number, column: string): Problem => ({
  file,
  row,
  column,
  en: 'a formula, or text that begins with = + - @: put in the plain text',
  zh: '是公式，或以 = + - @ 开头：请改成普通文字',
});
