import type { Denied } from '../../../contracts/denials';
import type { PageInput } from '../../../contracts/fields';
import type { PastLoan } from '../../../contracts/personal';
import { accessTo, requireBinding } from '../../readers/reader';
import type { Context } from '../../runtime/context';
import type { OpenBinding } from '../../stores/bindings';
import { findSeenLoans } from '../../stores/seen-loans';

export interface HistoryPage {
  source: 'library' | 'seen';
  items: PastLoan[];
  total: number;
  denied?: Denied;
}

/**
 * One page of what the reader has read: from the library's own records where it
 * has them, else what Shutong has seen. Only for readers who have switched it on.
 */
export async function readHistory(
  context: Context,
  binding: OpenBinding,
  { page, pageSize }: PageInput,
): Promise<HistoryPage> {
  const library = await context.library();
  const fromLibrary = library.loans?.history;
  if (fromLibrary) {
    const answer = await fromLibrary(accessTo(library, binding), { page, pageSize });
    if ('denied' in answer) return { source: 'library', items: [], total: 0, denied: answer.denied };
    return { source: 'library', ...answer };
  }
  const seen = (await findSeenLoans(context.desk(), binding)).sort(newestFirst);
  return {
    source: 'seen',
    items: seen.slice((page - 1) * pageSize, page * pageSize),
    total: seen.length,
  };
}

/** The caller's binding when their history is on. */
export async function findOptedIn(context: Context): Promise<OpenBinding | undefined> {
  const binding = await requireBinding(context);
  return binding.historySince === undefined ? undefined : binding;
}

const newestFirst = (a: PastLoan, b: PastLoan): number =>
  a.loanedAt === b.loanedAt ? (a.loanId < b.loanId ? -1 : 1) : a.loanedAt < b.loanedAt ? 1 : -1;
