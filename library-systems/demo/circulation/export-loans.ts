import type { ReportLoan } from '../../../contracts/report/loan';
import { copyOf, type Circulation } from './circulation';
import type { EndedLoan, LoanRow, Reader } from './rows';

/** All loans of one reader, as a library's system writes them into a file for its staff. */
export interface ExportedReader {
  ref: string;
  readerType: string;
  loans: ReportLoan[];
}

/** Reader after reader, those without loans left out. */
export function* exportLoans(circulation: Circulation): Generator<ExportedReader> {
  const { ledger, past } = circulation;
  for (const reader of ledger.readers.values()) {
    const rows: (LoanRow | EndedLoan)[] = [
      ...past.of(reader),
      ...ledger.ended.by('reader', reader.id),
      ...ledger.loans.by('reader', reader.id),
    ];
    if (rows.length > 0) yield describe(circulation, reader, rows);
  }
}

function describe(
  circulation: Circulation,
  { id, type }: Reader,
  rows: readonly (LoanRow | EndedLoan)[],
): ExportedReader {
  const loans = rows.map((row): ReportLoan => {
    const { item, bib } = copyOf(circulation, row.barcode);
    return {
      loanId: row.id,
      bibId: row.bibId,
      title: bib.title,
      author: bib.author,
      clc: bib.callNumber,
      subjects: bib.subjects,
      loanedAt: row.loanedAt,
      dueAt: row.dueAt,
      ...('returnedAt' in row && { returnedAt: row.returnedAt }),
      renewals: row.renewals,
      branch: item.branch.name,
    };
  });
  return { ref: id, readerType: type, loans };
}
