import type * as v from 'valibot';
import type { Loan, RenewScannedInput, RenewScannedOutput } from '../../../contracts/loans';
import type { LibrarySystem } from '../../../library-systems/library-system';
import { classifyScan } from '../../../miniprogram/lib/barcode';
import { requireCountedReader } from '../../readers/reader';
import type { Context } from '../../runtime/context';
import { requireCapability } from '../../runtime/require';
import { performRenewal } from './perform-renewal';

/** Renews the book in the reader's hand, by the barcode of the copy or the ISBN on its back. */
export async function renewScannedLoan(
  context: Context,
  { text, requestId }: v.InferOutput<typeof RenewScannedInput>,
): Promise<RenewScannedOutput> {
  const reader = await requireCountedReader(context, 'loans.renew');
  const { library, access } = reader;
  const answer = await requireCapability(library.loans, 'loans').list(access);
  if ('denied' in answer) return { kind: 'denied', denied: answer.denied };
  const loan = await findScanned(library, text, answer.loans);
  if (!loan) return { kind: 'not-yours', text };
  const key = { requestId, asked: ['loans.renewScanned', reader.binding.bindingId, loan.loanId] };
  const { outcomes, denied } = await performRenewal(context, reader, key, (loans) => {
    const current = loans.find(({ loanId }) => loanId === loan.loanId);
    return [
      current ? { ask: current } : { answer: { loanId: loan.loanId, status: 'refused', code: 'NOT_YOURS' } },
    ];
  });
  const [outcome] = outcomes;
  if (outcome) return { kind: 'outcome', outcome, title: loan.title };
  return denied ? { kind: 'denied', denied } : { kind: 'not-yours', text };
}

async function findScanned(
  library: LibrarySystem,
  text: string,
  loans: readonly Loan[],
): Promise<Loan | undefined> {
  const scan = classifyScan(text);
  if (scan.kind === 'unknown') return undefined;
  for (const barcode of scan.barcodes) {
    const found = loans.find(({ itemBarcode }) => itemBarcode.toUpperCase() === barcode.toUpperCase());
    if (found) return found;
  }
  return scan.kind === 'isbn' ? findByIsbn(library, scan.isbn13, loans) : undefined;
}

/** Two copies of one title are two loans: then only the copy's barcode says which is meant. */
async function findByIsbn(
  library: LibrarySystem,
  isbn13: string,
  loans: readonly Loan[],
): Promise<Loan | undefined> {
  const query = {
    field: 'isbn',
    text: isbn13,
    sort: 'relevance',
    page: 1,
    pageSize: 10,
    filters: {},
  } as const;
  const found = await library.catalog?.search(query);
  const bibIds = new Set(found?.items.map(({ bibId }) => bibId));
  const [loan, another] = loans.filter(({ bibId }) => bibId !== undefined && bibIds.has(bibId));
  return another ? undefined : loan;
}
