import { Refused } from '../../staff/says';
import type { Says } from '../../staff/says';
import { FIELDS } from './fields';
import { findColumns } from './find-columns';
import type { Choice, Columns } from './find-columns';
import type { Findings, Place } from './findings';
import { printable } from '../../staff/printable';
import type { DateOrder } from './read-date';
import { readLoan } from './read-loan';
import type { Cells, FoundLoan, Trouble } from './read-loan';
import type { RowSink } from './row-sink';

/** What has been seen of a file. */
export interface Seen {
  /** With something in them, without the header. */
  rows: number;
  badRows: number;
  renewals: number;
  loans: number;
  returned: number;
  /** Loans by reader type; those without one under `''`. */
  types: Map<string, number>;
  /** Loans with a date that can be read, and the first and last of these days since 1970-01-01. */
  dated: number;
  firstDay: number;
  lastDay: number;
  /** Loans that began within the window. */
  inWindow: number;
  /** The title of the first loan: whoever sees it sees whether the letters were read rightly. */
  firstTitle?: string;
}

export interface Taking {
  choice: Choice;
  order: DateOrder | undefined;
  /** U+FFFD stands for bytes that the encoding has no letter for. */
  isDoubtful: boolean;
  /** Days since 1970-01-01, both within. */
  window: { fromDay: number; toDay: number } | undefined;
  /** Returns are not to be read. */
  withoutReturns: boolean;
  errors: Findings;
  warnings: Findings;
  take: (found: FoundLoan) => void;
}

const MAX_TYPES = 200;
/** Characters of it that count. */
const MAX_HEADER = 100;
const TRUE = new Set(['true', 't', 'yes', 'y', '1', '是', '续借', '√']);
const FALSE = new Set(['', 'false', 'f', 'no', 'n', '0', '否', '非续借']);

/** Makes loans of rows, tells what is wrong with them, and counts. */
export class LoanTaker implements RowSink {
  columns: Columns | undefined;
  readonly seen: Seen = {
    ...{ rows: 0, badRows: 0, renewals: 0, loans: 0, returned: 0 },
    ...{ types: new Map<string, number>(), dated: 0, firstDay: Infinity, lastDay: -Infinity },
    inWindow: 0,
  };

  constructor(private readonly taking: Taking) {}

  header(headers: readonly string[]): void {
    this.columns = findColumns(
      headers.map((header) => printable(header, MAX_HEADER)),
      this.taking.choice,
    );
  }

  broken(place: Place, says: Says): void {
    this.seen.rows++;
    this.seen.badRows++;
    this.taking.errors.add(place, undefined, says);
  }

  row(values: readonly unknown[], place: Place): void {
    const { errors, warnings, order, isDoubtful } = this.taking;
    const columns = this.columns!;
    this.seen.rows++;
    const troubles: (Omit<Trouble, 'field'> & { index: number })[] = [];
    if (isDoubtful) {
      const index = values.findIndex((value) => typeof value === 'string' && value.includes('\ufffd'));
      if (index >= 0) troubles.push({ index, says: UNREADABLE, bad: true });
    }
    const isRenewal = this.#isRenewal(values, troubles);
    const cells = this.#cellsOf(values, columns, troubles);
    const ofLoan: Trouble[] = [];
    const found = readLoan(cells, order, ofLoan);
    for (const { field, ...trouble } of ofLoan)
      troubles.push({ ...trouble, index: columns.at.get(field) ?? -1 });
    const isBad = troubles.some(({ bad }) => bad);
    for (const { index, says, bad } of troubles) {
      // What is no loan is looked at for what makes the file unsound only.
      if (isRenewal && !bad) continue;
      (bad ? errors : warnings).add(place, index < 0 ? undefined : columns.nameOf(index), says);
    }
    if (isBad) this.seen.badRows++;
    else if (isRenewal) this.seen.renewals++;
    else this.#count(found);
  }

  #count(found: FoundLoan): void {
    const { seen } = this;
    const { loan, day, readerType = '' } = found;
    seen.loans++;
    if (loan.returnedAt !== undefined) seen.returned++;
    if (day !== undefined) {
      seen.dated++;
      if (day < seen.firstDay) seen.firstDay = day;
      if (day > seen.lastDay) seen.lastDay = day;
      const { window } = this.taking;
      if (window && day >= window.fromDay && day <= window.toDay) seen.inWindow++;
    }
    seen.types.set(readerType, (seen.types.get(readerType) ?? 0) + 1);
    if (seen.types.size > MAX_TYPES) throw tooManyTypes();
    if (seen.firstTitle === undefined && loan.title !== undefined) seen.firstTitle = loan.title;
    this.taking.take(found);
  }

  #isRenewal(values: readonly unknown[], troubles: { index: number; says: Says; bad: boolean }[]): boolean {
    const index = this.columns?.renewalAt;
    if (index === undefined) return false;
    const text = (textOf(values[index]) ?? '?').toLowerCase();
    if (!TRUE.has(text) && !FALSE.has(text)) troubles.push({ index, says: NEITHER, bad: true });
    return TRUE.has(text);
  }

  #cellsOf(
    values: readonly unknown[],
    { at }: Columns,
    troubles: { index: number; says: Says; bad: boolean }[],
  ): Cells {
    const cells: Cells = {};
    for (const field of FIELDS) {
      const index = at.get(field);
      if (index === undefined || (field === 'returnedAt' && this.taking.withoutReturns)) continue;
      const value = values[index];
      if (field === 'subjects' && isTexts(value)) {
        cells.subjectList = value;
        continue;
      }
      const text = textOf(value);
      if (text === undefined) troubles.push({ index, says: NO_TEXT, bad: true });
      else cells[field] = text;
    }
    return cells;
  }
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');

/** `undefined` for what is no text, and for numbers that JSON cannot carry exactly. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim();
  if (value === undefined || value === null) return '';
  if (typeof value === 'boolean') return String(value);
  if (typeof value !== 'number') return undefined;
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? undefined : String(value);
}

const UNREADABLE: Says = {
  en: 'has bytes that are no text in this encoding; --encoding names another',
  zh: '含有这种编码中没有的字节；可用 --encoding 指定别的编码',
};
const NEITHER: Says = { en: 'neither true nor false', zh: '既不是“是”也不是“否”' };
const NO_TEXT: Says = {
  en: 'neither text nor a number that JSON carries exactly',
  zh: '不是文字，也不是 JSON 能精确表示的数字',
};

const tooManyTypes = (): Refused =>
  new Refused({
    en: `more than ${MAX_TYPES} types of readers: is that the right column? --map readerType=COLUMN, or --map readerType= for none`,
    zh: `读者类型超过 ${MAX_TYPES} 种：列对吗？请用 --map readerType=列名 指明，没有这一列则用 --map readerType=`,
  });
