import type { Loan } from '../../contracts/loans';
import { LibraryFault } from '../library-fault';
import { branchNamed } from './connection';
import type { Koha } from './connection';
import { entriesOf, numberOf, readPatronInfo } from './read-patron-info';
import { isOver, readDue } from './read-time';
import { textOf } from './read-xml';
import type { XmlNode } from './read-xml';

/** A loan with Koha's number of the copy, by which ILS-DI renews. */
export interface KohaLoan {
  loan: Loan;
  itemNumber: string;
}

/**
 * A reader's own loans, by due date; their ids are Koha's issue_id (the checkout_id of the REST interface).
 * @returns `undefined` when Koha knows no such reader @throws {LibraryFault}
 */
export async function readLoans(koha: Koha, ref: string): Promise<KohaLoan[] | undefined> {
  const info = await readPatronInfo(koha.ask, ref, 'loans');
  if (info === undefined) return undefined;
  const loans = entriesOf(info, 'loans', 'loan').map((node) => describeLoan(koha, node));
  return loans.sort((a, b) => (a.loan.dueAt < b.loan.dueAt ? -1 : a.loan.dueAt > b.loan.dueAt ? 1 : 0));
}

/** One `<loan>` holds the columns of the issue, its item, biblio and biblioitem; those of the issue win. */
function describeLoan(koha: Koha, node: XmlNode): KohaLoan {
  const { timeZone } = koha.config;
  const dueAt = readDue(textOf(node, 'date_due'), timeZone);
  if (dueAt === undefined) throw new LibraryFault('GARBLED', 'ILS-DI GetPatronInfo left out date_due');
  const loanedAt = readDue(textOf(node, 'issuedate'), timeZone);
  const author = textOf(node, 'author');
  const callNumber = textOf(node, 'itemcallnumber');
  const bibId = textOf(node, 'biblionumber');
  const branch = textOf(node, 'branchcode');
  return {
    itemNumber: numberOf(node, 'itemnumber'),
    loan: {
      loanId: numberOf(node, 'issue_id'),
      ...(bibId !== undefined && { bibId }),
      itemBarcode: textOf(node, 'barcode') ?? '',
      title: textOf(node, 'title') ?? '',
      ...(author !== undefined && { author }),
      ...(callNumber !== undefined && { callNumber }),
      ...(branch !== undefined && { branch: branchNamed(koha, branch) }),
      ...(loanedAt !== undefined && { loanedAt }),
      dueAt,
      overdue: isOver(dueAt, koha.clock.now(), timeZone),
      // ILS-DI tells only when it is asked to renew.
      renewal: { allowed: true, unsure: true },
    },
  };
}
