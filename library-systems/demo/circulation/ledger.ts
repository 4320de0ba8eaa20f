import * as v from 'valibot';
import { Journal } from './journal';
import type { Change } from './journal';
import { EndedLoan, FineRow, HoldRow, LoanRow, Reader } from './rows';
import { Table } from './table';

const ROWS = { readers: Reader, loans: LoanRow, holds: HoldRow, fines: FineRow, ended: EndedLoan } as const;
type TableName = keyof typeof ROWS;
const TABLE_NAMES = Object.keys(ROWS) as TableName[];
type Row<N extends TableName> = v.InferOutput<(typeof ROWS)[N]>;

/** The tables as they are on the first day. */
export interface FirstDay {
  readers: readonly Reader[];
  loans: readonly LoanRow[];
  holds: readonly HoldRow[];
  fines: readonly FineRow[];
}

/**
 * Who has what: readers, loans, holds, fines, and the loans that ended since
 * the first day. What is put or removed counts at once; `commit` resolves when
 * it is on the disk.
 */
export class Ledger {
  readonly readers = new Table<Reader, 'card'>({ card: ({ cardNumber }) => cardNumber });
  readonly loans = new Table<LoanRow, 'reader' | 'barcode' | 'bib'>({
    reader: (loan) => loan.reader,
    barcode: (loan) => loan.barcode,
    bib: (loan) => loan.bibId,
  });
  readonly holds = new Table<HoldRow, 'reader' | 'bib' | 'barcode'>({
    reader: (hold) => hold.reader,
    bib: (hold) => hold.bibId,
    barcode: ({ status, barcode }) => (status === 'inTransit' || status === 'ready' ? barcode : undefined),
  });
  readonly fines = new Table<FineRow, 'reader'>({ reader: (fine) => fine.reader });
  readonly ended = new Table<EndedLoan, 'reader'>({ reader: (loan) => loan.reader });
  readonly #journal: Journal;
  #changes: Change[] = [];
  #lastNumber = 0;
  #version = 0;
  #copyMoved: (barcode: string) => void = () => undefined;

  private constructor(journal: Journal) {
    this.#journal = journal;
  }

  /** @throws when the journal in this folder is damaged or holds rows of another kind */
  static async open(dir: string, first: FirstDay): Promise<Ledger> {
    const ledger = new Ledger(await Journal.open(dir));
    ledger.#load(first);
    for (const [table, id, row] of ledger.#journal.changes()) {
      const name = v.parse(v.picklist(TABLE_NAMES), table);
      ledger.#set(name, id, row === null ? null : v.parse(ROWS[name], row));
    }
    return ledger;
  }

  /** Grows with every change: what was computed from an older version must be computed anew. */
  get version(): number {
    return this.#version;
  }

  /** From now on `moved` is told the barcode of every copy that may have changed hands. */
  watchCopies(moved: (barcode: string) => void): void {
    this.#copyMoved = moved;
  }

  put<N extends TableName>(name: N, row: Row<N>): void {
    this.#change(name, row.id, row);
  }

  remove(name: TableName, id: string): void {
    this.#change(name, id, null);
  }

  /** A number that no row has had yet, also after rows were removed. */
  nextNumber(): number {
    return ++this.#lastNumber;
  }

  /** Resolves when everything put or removed since the last commit is on the disk, as one transaction. */
  async commit(): Promise<void> {
    if (this.#changes.length === 0) return;
    const changes = this.#changes;
    this.#changes = [];
    await this.#journal.append(changes);
  }

  /** Back to a first day, on the disk too. */
  reset(first: FirstDay): Promise<void> {
    for (const name of TABLE_NAMES) this[name].clear();
    this.#changes = [];
    this.#load(first);
    return this.#journal.clear();
  }

  close(): Promise<void> {
    return this.#journal.close();
  }

  #load(first: FirstDay): void {
    for (const name of ['readers', 'loans', 'holds', 'fines'] as const) {
      for (const row of first[name]) this.#set(name, row.id, row);
    }
  }

  #change(name: TableName, id: string, row: Row<TableName> | null): void {
    const before = name === 'loans' || name === 'holds' ? this[name].get(id) : undefined;
    this.#set(name, id, row);
    this.#changes.push([name, id, row]);
    const after = name === 'loans' || name === 'holds' ? this[name].get(id) : undefined;
    const barcodes = [before?.barcode, after?.barcode].filter((barcode) => barcode !== undefined);
    for (const barcode of new Set(barcodes)) this.#copyMoved(barcode);
  }

  #set(name: TableName, id: string, row: Row<TableName> | null): void {
    // Each name's table holds its own kind of row, which the compiler cannot see through a union.
    const table = this[name] as unknown as Table<Row<TableName>, string>;
    if (row === null) table.delete(id);
    else table.put(row);
    this.#lastNumber = Math.max(this.#lastNumber, Number(/^[a-z](\d+)$/.exec(id)?.[1] ?? 0));
    this.#version++;
  }
}
